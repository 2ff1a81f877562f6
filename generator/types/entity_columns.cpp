// A further column has its row here; what sets and reads it is in templates/src/{operations,storage,domain,api}/.
#include "generator/types/entity_columns.hpp"

#include <algorithm>
#include <array>

namespace tenon::gen {

namespace {

constexpr auto all_columns = std::to_array<entity_column>({
    {
        .name = "id",
        .type = sql_type::uuid,
        .parameter = list_column_type::uuid,
    },
    {
        .name = "created_by",
        .type = sql_type::uuid,
        .refers_to = "users",
        .parameter = list_column_type::uuid,
        .not_sorted = "ids of users make no order",
    },
    {
        .name = "created_at",
        .type = sql_type::instant,
        .parameter = list_column_type::instant,
    },
    {
        .name = "updated_at",
        .type = sql_type::instant,
        .parameter = list_column_type::instant,
    },
    {
        .name = "version",
        .type = sql_type::integer,
        .starts_at_one = true,
    },
    {
        .name = bin_column,
        .type = sql_type::instant,
        .owners = column_owners::with_bin,
        .parameter = list_column_type::instant,
    },
    {
        .name = along_column,
        .type = sql_type::uuid,
        .owners = column_owners::going_along,
        .is_shown = false,
    },
});

}  // namespace

std::span<const entity_column> entity_columns() {
    return all_columns;
}

std::span<const entity_column> columns_behind_fields() {
    return entity_columns().subspan(1);
}

bool is_shown(const entity_column& column, bool soft_delete) {
    return column.is_shown && (column.owners == column_owners::all || soft_delete);
}

const entity_column* find_entity_column(std::string_view name) {
    const auto found = std::find_if(all_columns.begin(), all_columns.end(),
                                    [name](const entity_column& each) { return each.name == name; });
    return found == all_columns.end() ? nullptr : &*found;
}

}  // namespace tenon::gen
