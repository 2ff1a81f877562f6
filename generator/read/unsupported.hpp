// What the language has but this version does not generate.
#pragma once

#include <span>
#include <string_view>

#include "generator/read/reading.hpp"

namespace tenon::gen {

struct unsupported_construct {
    std::string_view context;  ///< As given to `map_reader`; "deploy": a word of that list.
    std::string_view key;
    std::string_view what;  ///< For the message: "… not supported yet".
};

/// All of them. The editors' schema marks the same ones.
std::span<const unsupported_construct> unsupported_constructs();

/// Reports a key that is for a later version; true: do not read it. A value that says "off" is let pass.
bool refuse_unsupported(reading& in, std::string_view context, const name& key, const yaml_node& value);

/// The same for one word of a list.
bool refuse_unsupported_word(reading& in, std::string_view context, const name& word);

}  // namespace tenon::gen
