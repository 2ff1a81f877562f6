// How much a value of a type may hold, whether the spec says it or not.
#pragma once

#include <cstdint>

#include "generator/types/field_type.hpp"

namespace tenon::gen {

/// The longest string that a field without an upper bound may hold, in code points; what the language allows at most
/// when its lower bound is above that.
inline constexpr std::int64_t default_string_max = 255;
inline constexpr std::int64_t default_text_max = 100'000;
inline constexpr std::int64_t longest_string_max = 10'000;
inline constexpr std::int64_t longest_text_max = 1'000'000;
/// Of the forms themselves, in bytes: RFC 5321, and what browsers take.
inline constexpr int longest_email = 254;
inline constexpr int longest_url = 2048;
/// The most elements that an array without bounds may have: what the JSON decoder lets through.
inline constexpr int default_items_max = 1000;

/// The longest value of a field of text, in code points, whether the spec says it or not.
inline std::int64_t max_length_of(const field_type& type) {
    if (type.max) return type.max->integer;
    const bool is_text = type.kind == type_kind::text;
    const std::int64_t usual = is_text ? default_text_max : default_string_max;
    if (!type.min || type.min->integer <= usual) return usual;
    return is_text ? longest_text_max : longest_string_max;
}

/// The most bytes that one value takes in an index: texts in UTF-8, an enum's longest name, a number, a time, an id.
std::int64_t max_index_bytes_of(const field_type& type);

}  // namespace tenon::gen
