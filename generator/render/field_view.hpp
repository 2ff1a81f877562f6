// A field as templates see it.
#pragma once

#include <string>

#include "generator/render/view.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// `column` is the position of the field's first column in the entity's select list.
view field_view(const model& product, const field_model& field, std::size_t column);

/// Arrays and free documents are kept as JSON text.
bool is_json_column(const field_model& field);

/// Text that is safe behind `///` on one line: no line breaks, no trailing backslash.
std::string comment_text(std::string text);

/// "Line items" inside a sentence; "API keys" keeps its capitals.
std::string lower_first(std::string text);

/// `{"a", "b"}`, `{}` when empty.
std::string braced(const std::vector<std::string>& items);
/// The same, with each item on a line of its own, `indent` spaces deep, when one line would have more than `width`
/// characters.
std::string braced_within(const std::vector<std::string>& items, std::size_t width, std::size_t indent);

}  // namespace tenon::gen
