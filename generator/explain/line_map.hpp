// Which line of an edited file is which line of the file as generated.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace tenon::gen {

/// The lines of a text, without their ends.
std::vector<std::string_view> lines_of_text(std::string_view text);

/// The line of `to` (from 1) that `line` of `from` is, when it is the same line; nothing for an inserted or changed
/// one, and for a line that is not there. Texts beyond 100,000 lines are compared only at their equal ends.
std::optional<std::size_t> same_line(std::string_view from, std::string_view to, std::size_t line);

}  // namespace tenon::gen
