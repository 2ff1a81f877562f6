// Names in every case the generated project needs, and English plurals. Pure functions on ASCII identifiers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::gen {

/// The words of a name, in lower case: "LineItem", "line_item" and "line-item" are all {"line", "item"}. A run of
/// capitals is one word up to the last of them ("HTTPServer" is {"http", "server"}); digits stay with the word before.
std::vector<std::string> words_of(std::string_view name);

std::string snake_case(std::string_view name);      ///< line_item
std::string pascal_case(std::string_view name);     ///< LineItem
std::string camel_case(std::string_view name);      ///< lineItem
std::string kebab_case(std::string_view name);      ///< line-item
std::string screaming_case(std::string_view name);  ///< LINE_ITEM
std::string title_case(std::string_view name);      ///< "Line item": for people; only the first letter is a capital.

/// The plural of an English noun given in any case; only its last word changes and the case of the rest is kept
/// ("LineItem" to "LineItems", "person" to "people"). Uncountable nouns stay ("equipment"). The spec's `plural:` is for
/// what this gets wrong.
std::string plural(std::string_view noun);
/// The singular of an English plural, the reverse of `plural`.
std::string singular(std::string_view noun);

/// Of a name in a spec, and of tables, columns and constraints made from names; in bytes. PostgreSQL cuts longer ones.
inline constexpr std::size_t longest_name = 63;

/// True for [A-Za-z][A-Za-z0-9_]*.
bool is_identifier(std::string_view text);
/// True for the keywords and alternative tokens of C++20 ("class", "co_await", "xor").
bool is_cpp_keyword(std::string_view text);

}  // namespace tenon::gen
