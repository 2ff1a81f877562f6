// SQL parts: quoted column lists with their parameter numbers. $1 is always the tenant.
#include "generator/render/sql_view.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "generator/render/field_view.hpp"
#include "generator/support/literal.hpp"
#include "generator/types/entity_columns.hpp"
#include "generator/types/type_row.hpp"

namespace tenon::gen {

namespace {

std::string quoted(std::string_view column) {
    return "\"" + std::string(column) + "\"";
}

std::string dollar(std::size_t number) {
    return "$" + std::to_string(number);
}

/// A new line where this one would become too long.
void append(std::string& list, std::string_view item) {
    constexpr std::size_t width = 84;
    const std::size_t line = list.size() - (list.rfind('\n') == list.npos ? 0 : list.rfind('\n') + 1);
    if (!list.empty()) list += line + item.size() > width ? ",\n    " : ", ";
    list += item;
}

/// id, the fields' columns, then the columns that every entity has.
std::string select_list(const entity_model& entity) {
    std::string list = quoted("id");
    for (const field_model& field : entity.fields) {
        for (const column_model& column : field.columns) append(list, quoted(column.name));
    }
    for (const entity_column& column : columns_behind_fields()) {
        if (is_shown(column, entity.soft_delete)) append(list, quoted(column.name));
    }
    return list;
}

std::string live_filter(const entity_model& entity) {
    return entity.has_bin() ? " AND " + quoted(bin_column) + " IS NULL" : "";
}

void set_positions(view& out, const entity_model& entity) {
    std::size_t next = 1;
    for (const field_model& field : entity.fields) next += field.columns.size();
    for (const entity_column& column : columns_behind_fields()) {
        if (column.is_shown) out.set(std::string(column.name) + "_index", std::to_string(next++));
    }
}

/// $2 is the id; the last two parameters are the creator and the moment, which all instants share.
void set_insert(view& out, const entity_model& entity) {
    std::string columns = quoted("id"), parameters = dollar(2);
    std::size_t next = 3;
    for (const field_model& field : entity.fields) {
        for (const column_model& column : field.columns) {
            append(columns, quoted(column.name));
            append(parameters, dollar(next++));
        }
    }
    for (const entity_column& column : columns_behind_fields()) {
        if (column.owners != column_owners::all) continue;
        append(columns, quoted(column.name));
        const std::size_t number = column.type == sql_type::instant ? next + 1 : next;
        append(parameters, column.starts_at_one ? "1" : dollar(number));
    }
    out.set("insert_columns", columns).set("insert_parameters", parameters);
}

/// $2 is the id, $3 the version that is replaced.
void set_update(view& out, const entity_model& entity) {
    std::string assignments;
    std::size_t next = 4;
    for (const field_model& field : entity.fields) {
        if (field.immutable) continue;
        for (const column_model& column : field.columns)
            append(assignments, quoted(column.name) + " = " + dollar(next++));
    }
    append(assignments, quoted("updated_at") + " = " + dollar(next));
    append(assignments, "\"version\" = \"version\" + 1");
    out.set("update_assignments", assignments);
}

/// Members that have their usual value are left out. Each is on a line of its own where one line would be too long.
std::string list_column_initializer(const list_column_model& column) {
    std::vector<std::string> members = {".parameter = " + cpp_literal(column.parameter),
                                        ".name = " + cpp_literal(column.column),
                                        ".type = tenon::paging::column_type::" + column.type_name};
    if (column.precision != 0) members.push_back(".precision = " + std::to_string(column.precision));
    if (column.scale != 0) members.push_back(".scale = " + std::to_string(column.scale));
    if (column.type == list_column_type::enumeration)
        members.push_back(".names = tenon::enum_names<domain::" + column.enum_type + ">::list");
    if (!column.written_type.empty())
        members.push_back(".form = &tenon::paging::written_as<" + column.written_type + ">");
    if (!column.nullable) members.emplace_back(".nullable = false");
    if (column.list) members.emplace_back(".list = true");
    return braced_within(members, 115, 8);
}

view list_column_view(const entity_model& entity, const list_column_model& column) {
    view out;
    out.set("initializer", list_column_initializer(column))
        .set("parameter", column.parameter)
        .set("type_name", column.type_name);
    out.set("example", column.example);
    if (column.field) set_place(out, entity.fields[*column.field].at);
    return out;
}

view::list list_columns(const entity_model& entity, const std::vector<list_column_model>& columns) {
    view::list out;
    for (const list_column_model& column : columns) out.push_back(list_column_view(entity, column));
    return out;
}

/// A uuid, an instant, a decimal of 18 digits, a currency.
constexpr std::size_t number_bytes = 32;

/// What a column of this field takes at most, as databases give it; nothing where only a request's body bounds it.
std::optional<std::size_t> column_bytes_max(const field_model& field) {
    constexpr std::size_t code_point = 4;
    if (field.array || field.type.kind == type_kind::json) return std::nullopt;
    if (row_of(field.type.kind).is_text) {
        if (!field.max_length) return std::nullopt;
        return code_point * static_cast<std::size_t>(*field.max_length);
    }
    if (field.type.kind != type_kind::enumeration) return number_bytes;
    std::size_t longest = 0;
    for (const enum_value_model& each : field.values) longest = std::max(longest, each.name.size());
    return longest;
}

/// A list's row has the column that it is sorted by twice. 0: nothing bounds it.
std::size_t row_bytes_max(const entity_model& entity) {
    const auto shown = std::count_if(entity_columns().begin(), entity_columns().end(),
                                     [](const entity_column& column) { return column.is_shown; });
    std::size_t all = static_cast<std::size_t>(shown) * number_bytes, longest = 0;
    for (const field_model& field : entity.fields) {
        const auto bytes = column_bytes_max(field);
        if (!bytes) return 0;
        all += *bytes * field.columns.size();
        longest = std::max(longest, *bytes);
    }
    return all + longest;
}

}  // namespace

void set_sql(view& out, const entity_model& entity) {
    out.set("select_list", select_list(entity));
    out.set("live", live_filter(entity));
    set_positions(out, entity);
    set_insert(out, entity);
    set_update(out, entity);
    std::vector<std::string> searched;
    for (const std::string& column : entity.search) searched.push_back(cpp_literal(column));
    out.set("has_filters", !entity.filters.empty()).set("filters", list_columns(entity, entity.filters));
    out.set("sorts", list_columns(entity, entity.sorts));
    out.set("row_bytes_max", std::to_string(row_bytes_max(entity)));
    out.set("has_search", !entity.search.empty()).set("search_initializer", braced(searched));
}

}  // namespace tenon::gen
