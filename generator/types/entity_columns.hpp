// The columns that tables of entities have beside those of their fields: a row for each.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "generator/types/type_kinds.hpp"

namespace tenon::gen {

/// Which entities' tables have a column.
enum class column_owners {
    all,
    with_bin,     ///< Records can be in the bin; those that get there by themselves only show it.
    going_along,  ///< Records get into the bin, and out of it, with others.
};

/// All texts are ASCII and live for ever. The tenant's column is none of these: the product names it.
struct entity_column {
    std::string_view name;
    sql_type type{};
    column_owners owners = column_owners::all;
    bool starts_at_one = false;
    std::string_view refers_to = {};  ///< A table, by its id: no row of that one goes before this one.
    bool is_shown = true;             ///< Records in the API have it.
    std::optional<list_column_type> parameter = std::nullopt;  ///< Lists and indexes can name it. None: they cannot.
    std::string_view not_sorted = {};                          ///< Why lists do not sort by it.
};

/// Records in the bin have a time in it, others null.
inline constexpr std::string_view bin_column = "deleted_at";
/// Of what went into the bin with another record: that deletion's id.
inline constexpr std::string_view along_column = "deleted_with";

/// In the order of tables. The fields' columns stand behind the first, which is the id.
std::span<const entity_column> entity_columns();
std::span<const entity_column> columns_behind_fields();
/// Whether records of an entity have it in the API, by whether they can get into the bin by themselves.
bool is_shown(const entity_column& column, bool soft_delete);
/// Null when there is none of this name.
const entity_column* find_entity_column(std::string_view name);

}  // namespace tenon::gen
