// The tables of all features, for a product whose tenant is called "workspace".
#pragma once

#include <fstream>
#include <sstream>
#include <string>

namespace tenon::test {

/// What the first migration of such a product does; `database` is "sqlite" or "postgres". Written by the test
/// Golden.TablesOfFeatures of the generator, from what runtime/features/ declares.
inline std::string feature_tables(const std::string& database) {
    std::ostringstream out;
    out << std::ifstream(std::string(RUNTIME_TEST_DIR) + "/schema." + database + ".sql").rdbuf();
    return out.str();
}

}  // namespace tenon::test
