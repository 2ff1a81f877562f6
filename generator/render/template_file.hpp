// One file of templates/: what its path and first line say, and its content rendered for one entity or for the product.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/render/template.hpp"
#include "generator/render/tree.hpp"

namespace tenon::gen {

/// What a template says of itself in its first line.
struct front_matter {
    owner_class owner = owner_class::generated;
    bool executable = false;
    bool verbatim = false;  ///< Not a template: copied without looking for tags.
    std::string condition;  ///< A flag of the product or entity; empty: always.
};

struct template_file {
    std::string path;
    front_matter says;
    compiled_template body;
    std::string_view raw;
    bool per_entity = false;
};

/// `path` is below templates/.
result<template_file, template_error> compile_template_file(const std::string& path, std::string_view text);

/// The path that a template writes for an entity, or for the product when it does not repeat.
std::string output_path(std::string path, const std::string& entity);

/// One file for one set of scopes; nullopt when its condition does not hold. `trace`: see compiled_template.
result<std::optional<tree_file>, template_error> render_one(const template_file& file,
                                                            const std::vector<const view*>& scopes,
                                                            std::string_view path, render_trace* trace = nullptr);

}  // namespace tenon::gen
