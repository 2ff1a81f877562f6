// The examples' specs, read from their texts, as first migrations.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "generator/migrate/migrate.hpp"
#include "generator/read/read.hpp"
#include "generator/resolve/resolve.hpp"

namespace tenon::gen::sample {

/// "up" and "down" of one database, by the example's folder.
inline std::map<std::string, std::map<std::string, std::string>> example_migrations(const std::string& database) {
    std::map<std::string, std::map<std::string, std::string>> out;
    for (const auto& folder : std::filesystem::directory_iterator(EXAMPLES_FOLDER)) {
        const std::filesystem::path path = folder.path() / "spec.yaml";
        if (!std::filesystem::exists(path)) continue;
        std::ostringstream text;
        text << std::ifstream(path).rdbuf();
        const source_text source{path.string(), text.str()};
        const auto checked = read_spec(source);
        if (!checked) {
            ADD_FAILURE() << print(checked.error(), source, diagnostic_format::text);
            continue;
        }
        const auto made = migrate(resolve(*checked));
        for (const char* direction : {"up", "down"})
            out[folder.path().filename()][direction] =
                made->files.files.at("migrations/" + database + "/0001_initial." + direction + ".sql").content;
    }
    return out;
}

}  // namespace tenon::gen::sample
