// What the generator carries inside itself: templates, schemas and the runtime's sources.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tenon::gen {

/// One embedded file. Both views are into the program itself and live as long as it runs.
struct resource {
    std::string_view path;  ///< As in the source tree: "templates/src/app/main.cpp", "schemas/spec.schema.json", …
    std::string_view content;
};

/// All of them, sorted by path.
std::span<const resource> resources();

std::optional<std::string_view> find_resource(std::string_view path);

/// Those below `folder` ("templates/"), by their path below it.
std::map<std::string, std::string_view> resources_below(std::string_view folder);

}  // namespace tenon::gen
