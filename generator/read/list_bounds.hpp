// Bounds of lists: what is filtered by `valid` also takes `valid_from` and `valid_to` where values have an order.
#pragma once

#include <array>
#include <string_view>

#include "generator/read/field_type.hpp"

namespace tenon::gen {

inline constexpr std::string_view lower_bound_end = "_from";
inline constexpr std::string_view upper_bound_end = "_to";
inline constexpr std::array bound_ends{lower_bound_end, upper_bound_end};

/// Whether a filter by a field of this type takes bounds.
inline bool has_bounds(const field_type& type) {
    switch (type.kind) {
        case type_kind::integer:
        case type_kind::floating:
        case type_kind::decimal:
        case type_kind::money:
        case type_kind::date:
        case type_kind::datetime:
            return !type.array;
        default:
            return false;
    }
}

/// The same of a column that every table has beside its fields.
inline bool has_bounds(std::string_view generated_column) {
    return generated_column.ends_with("_at");
}

}  // namespace tenon::gen
