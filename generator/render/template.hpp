// One compiled template, in the Mustache language without escaping and partials, and strict: a name that nothing
// defines is an error with its line, never an empty text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/result.hpp>

#include "generator/render/view.hpp"

namespace tenon::gen {

/// A mistake in a template: a bug of whoever wrote it, never of the spec.
struct template_error {
    std::string file;
    std::size_t line = 0;
    std::string message;
};

/// A piece of output and where it came from. Pieces stand in the order of the output.
struct trace_piece {
    std::size_t output = 0;           ///< Offset of its first byte.
    std::size_t template_ = 0;        ///< Offset in the template: of the first byte of a text, or of the tag.
    bool is_text = false;             ///< Copied from the template, byte by byte.
    std::optional<std::size_t> spec;  ///< Offset in the spec of the innermost thing being printed, if it has a place.
};
using render_trace = std::vector<trace_piece>;

/// Tags: `{{name}}`, `{{a.b}}`, `{{.}}` (the item itself), `{{#x}}…{{/x}}` (once when true, per item of a list, where
/// `{{#first}}` and `{{#last}}` are known), `{{^x}}…{{/x}}`, `{{! comment}}`, `{{=<% %>=}}`. A line that holds nothing
/// but one section, comment or delimiter tag leaves nothing in the output.
class compiled_template {
  public:
    /// `file` is the name used in errors.
    static result<compiled_template, template_error> compile(std::string file, std::string_view text);

    /// Appends to `out`. `scopes` are searched from the last to the first. With a `trace`, says where the pieces of the
    /// output come from; their places in the spec are texts called `spec_at` in the scopes.
    result<void, template_error> render(const std::vector<const view*>& scopes, std::string& out,
                                        render_trace* trace = nullptr) const;

    const std::string& file() const { return file_; }

    enum class kind { text, variable, section, inverted };
    struct node {
        kind type = kind::text;
        std::string text;            ///< The text, or the name as written.
        std::vector<view_key> path;  ///< The parts of the name; empty for `.`.
        std::size_t line = 0;
        std::size_t offset = 0;  ///< In the template.
        std::size_t end = 0;     ///< Sections: index behind their last node.
    };

  private:
    friend class template_parser;
    std::string file_;
    std::vector<node> nodes_;
};

}  // namespace tenon::gen
