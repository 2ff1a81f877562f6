// Texts as lines, each with its line end.
#pragma once

#include <string_view>
#include <vector>

namespace tenon::gen {

/// Takes the first line off `text`, which is not empty.
inline std::string_view take_line(std::string_view& text) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end == std::string_view::npos ? text.size() : end + 1);
    text.remove_prefix(line.size());
    return line;
}

/// Views of `text`.
inline std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) lines.push_back(take_line(text));
    return lines;
}

}  // namespace tenon::gen
