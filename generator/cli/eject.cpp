// Writes embedded files out.
#include "generator/cli/eject.hpp"

#include <algorithm>
#include <iostream>

#include "generator/cli/editor_schema.hpp"
#include "generator/cli/folders.hpp"
#include "generator/support/resources.hpp"

namespace tenon::gen {
namespace {

bool is_wanted(std::string_view path, const std::vector<std::string>& parts) {
    return parts.empty() || std::any_of(parts.begin(), parts.end(),
                                        [&](const std::string& part) { return path.starts_with(part + "/"); });
}

}  // namespace

outcome<exit_code> eject(const std::vector<std::string>& parts, const std::string& folder, const console& out) {
    TRY_ASSIGN(const auto place, open_or_make(folder));
    std::vector<const resource*> missing;
    for (const resource& one : resources()) {
        if (!is_wanted(one.path, parts)) continue;
        TRY_ASSIGN(const auto there, place->read(one.path, max_file_bytes));
        if (!there) missing.push_back(&one);
        if (!there || there->content == one.content) continue;
        return failure{failure_kind::refused, "'" + folder + "/" + std::string(one.path) + "' is there and differs",
                       "eject into a new directory"};
    }
    for (const resource* one : missing) {
        TRY(place->make_directories(directory_of(one->path)));
        TRY(place->write(one->path, one->content, {}));
    }
    out.say("Wrote " + std::to_string(missing.size()) + " files to " + folder);
    return exit_code::clean;
}

outcome<exit_code> print_schema(const std::string& name) {
    const auto text = find_resource("schemas/" + name + ".schema.json");
    if (!text) return failure{failure_kind::refused, "there is no schema '" + name + "'"};
    std::cout << (name == "spec" ? editor_schema() : *text);
    return exit_code::clean;
}

}  // namespace tenon::gen
