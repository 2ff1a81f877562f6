// One PostgreSQL for all tests of a program.
#pragma once

#include <memory>
#include <string>

#include "tests/unit/generator/migrate/postgres_cluster.hpp"

namespace tenon::test {

/// Started when it is first asked for, and stopped at the end of the program.
struct shared_cluster {
    std::string missing;  ///< Why there is none: PostgreSQL's programs are not installed.
    const std::unique_ptr<gen::postgres_cluster> server = gen::postgres_cluster::start(missing);

    static shared_cluster& get() {
        static shared_cluster only;
        return only;
    }
};

/// Null where PostgreSQL is not installed.
inline gen::postgres_cluster* cluster() {
    return shared_cluster::get().server.get();
}

}  // namespace tenon::test
