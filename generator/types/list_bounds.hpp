// Bounds of lists: what is filtered by `valid` also takes `valid_from` and `valid_to` where values have an order.
#pragma once

#include <array>
#include <string_view>

#include "generator/types/entity_columns.hpp"
#include "generator/types/type_row.hpp"

namespace tenon::gen {

inline constexpr std::string_view lower_bound_end = "_from";
inline constexpr std::string_view upper_bound_end = "_to";
inline constexpr std::array bound_ends{lower_bound_end, upper_bound_end};

/// Whether a filter by a field of this type takes bounds.
inline bool has_bounds(const field_type& type) {
    return row_of(type.kind).ordered && !type.array;
}

inline bool has_bounds(const entity_column& column) {
    return column.type == sql_type::instant;
}

}  // namespace tenon::gen
