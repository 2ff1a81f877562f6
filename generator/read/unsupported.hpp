// What the language has but this version does not generate.
#pragma once

#include <string_view>

#include "generator/read/reading.hpp"

namespace tenon::gen {

/// Reports a key that is for a later version; true: do not read it. A value that says "off" is let pass.
bool refuse_unsupported(reading& in, std::string_view context, const name& key, const yaml_node& value);

/// The same for one word of a list.
bool refuse_unsupported_word(reading& in, std::string_view context, const name& word);

}  // namespace tenon::gen
