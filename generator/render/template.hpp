// One compiled template, in the Mustache language without escaping and partials, and strict: a name that nothing
// defines is an error with its line, never an empty text.
#pragma once

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

/// Tags: `{{name}}`, `{{a.b}}`, `{{.}}` (the item itself), `{{#x}}…{{/x}}` (once when true, per item of a list, where
/// `{{#first}}` and `{{#last}}` are known), `{{^x}}…{{/x}}`, `{{! comment}}`, `{{=<% %>=}}`. A line that holds nothing
/// but one section, comment or delimiter tag leaves nothing in the output.
class compiled_template {
  public:
    /// `file` is the name used in errors.
    static result<compiled_template, template_error> compile(std::string file, std::string_view text);

    /// Appends to `out`. `scopes` are searched from the last to the first.
    result<void, template_error> render(const std::vector<const view*>& scopes, std::string& out) const;

    const std::string& file() const { return file_; }

    enum class kind { text, variable, section, inverted };
    struct node {
        kind type = kind::text;
        std::string text;            ///< The text, or the name as written.
        std::vector<view_key> path;  ///< The parts of the name; empty for `.`.
        std::size_t line = 0;
        std::size_t end = 0;  ///< Sections: index behind their last node.
    };

  private:
    friend class template_parser;
    std::string file_;
    std::vector<node> nodes_;
};

}  // namespace tenon::gen
