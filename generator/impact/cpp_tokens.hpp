// C++ as a flat sequence of what counts: names and signs, without comments, without what stands in literals and without
// what `#if 0` leaves out.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace tenon::gen {

enum class cpp_kind {
    name,     ///< An identifier or a keyword.
    sign,     ///< One character, "::" or "->".
    literal,  ///< A string, a character or part of SQL: nothing that names anything.
    header,   ///< The file of an #include, without its brackets or quotes.
};

struct cpp_token {
    std::string_view text;
    cpp_kind kind = cpp_kind::sign;
    std::size_t line = 0;  ///< From 1.
};

/// Views into `text`, which must outlive them. Reads any text.
std::vector<cpp_token> cpp_tokens(std::string_view text);

}  // namespace tenon::gen
