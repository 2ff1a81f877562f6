// The type mini-language: `string(1..120)`, `text?`, `enum [a, b] = a`, `ref User`, `decimal(14,2) = 0`, `string[]`.
#pragma once

#include <optional>
#include <string>

#include "generator/read/reading.hpp"
#include "generator/types/field_type.hpp"

namespace tenon::gen {

/// A value as written, before its type decides what it means.
struct literal {
    std::string text;
    bool quoted = false;
    source_range at;
};

struct parsed_type {
    field_type type;
    std::optional<literal> initial;  ///< What stood behind `=`.
};

/// Parses the scalar `node`. Mistakes are reported at their place within it; `what` names the field in messages.
std::optional<parsed_type> parse_type(reading& in, const yaml_node& node, const std::string& what);

/// Sets a bound given as text, in the unit of the type (see `bound`). False (reported) when it is none.
bool set_bound(reading& in, field_type& type, std::optional<bound>& target, const literal& given,
               const std::string& what);

/// Reports bounds that are out of order, out of range, or stand on a type that has none.
void check_bounds(reading& in, const field_type& type, const std::string& what);

/// What a literal means for a type; reports one that does not fit. `role` is what it is in messages.
std::optional<default_value> check_default(reading& in, const field_type& type, const literal& given,
                                           const std::string& what, const std::string& role = "default");

}  // namespace tenon::gen
