// The words for types: Tenon's own, and those of other languages that people try.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/types/field_type.hpp"

namespace tenon::gen {

std::optional<type_kind> type_of_word(std::string_view word);
/// Every word, for hints.
std::vector<std::string> type_words();
/// What to write instead of a word of SQL or another language ("varchar" is "string(..255)"); empty if not known.
std::string_view foreign_type(std::string_view word);

}  // namespace tenon::gen
