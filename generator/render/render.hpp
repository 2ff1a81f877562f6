// Model + templates -> tree. The templates' paths are the paths they write; nothing touches the disk.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <tenon/core/result.hpp>

#include "generator/render/fragments.hpp"
#include "generator/render/template.hpp"
#include "generator/render/tree.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// What rendering reads. The texts must outlive the call.
struct render_input {
    /// Path below templates/ -> text. A path may hold `{{entity}}`: rendered once per entity. A first line
    /// `{{!tenon seeded when=soft_delete executable}}` (each word optional; also `verbatim`) says what the path cannot.
    std::map<std::string, std::string_view> templates;
    /// Path below runtime/ -> text; copied to third_party/tenon/ as it is.
    std::map<std::string, std::string_view> runtime;
    component_fragments fragments;
    std::string_view spec_text;  ///< Becomes spec.yaml.
    /// Copied to spec.schema.json, beside the spec, whose `$schema` names it; empty: not.
    std::string_view editor_schema;
};

/// Renders everything or nothing. An error is a bug in a template. Deterministic: the same input gives the same bytes.
result<tree, template_error> render(const model& product, const render_input& input);

}  // namespace tenon::gen
