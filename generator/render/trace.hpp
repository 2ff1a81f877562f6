// Where each line of a generated file comes from. Worked out only when somebody asks.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "generator/render/render.hpp"

namespace tenon::gen {

struct line_origin {
    std::size_t template_line = 0;    ///< From 1; 0: Tenon itself added the line (the header that names the owner).
    std::optional<std::size_t> spec;  ///< Offset in the spec of what the line is about.
};

struct traced_file {
    tree_file file;
    std::vector<line_origin> lines;  ///< One for each line of `file.content`.
};

/// Renders the template that writes `path`, once more; nothing when no template does (the vendored runtime, spec.yaml,
/// migrations). The content is the same as that of `render`.
result<std::optional<traced_file>, template_error> trace(const model& product, const render_input& input,
                                                         std::string_view path);

}  // namespace tenon::gen
