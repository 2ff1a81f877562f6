// Strings in double quotes, as CMake and JSON write them.
#pragma once

#include <string_view>

namespace tenon::gen {

/// One past the quote that ends the string whose first quote stands at `at`; `npos` when nothing ends it. A backslash
/// takes the character behind it along.
inline std::string_view::size_type past_quoted(std::string_view text, std::string_view::size_type at) {
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == '"') {
            return at + 1;
        }
    }
    return std::string_view::npos;
}

}  // namespace tenon::gen
