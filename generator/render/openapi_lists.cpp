// Filters with their several values, bounds and null; orders and where records without a value stand.
#include "generator/render/openapi_lists.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "generator/render/openapi_schema.hpp"
#include "generator/support/text.hpp"
#include "generator/types/list_bounds.hpp"
#include "generator/types/type_row.hpp"

namespace tenon::gen {

namespace {

bool is_time(const list_column_model& column) {
    return column.type == list_column_type::instant || column.type == list_column_type::date;
}

/// One value of a filter.
yaml_lines value_lines(const entity_model& entity, const list_column_model& column) {
    switch (column.type) {
        case list_column_type::integer:
            return {"type: integer", "format: int64"};
        case list_column_type::real:
            return {"type: number", "format: double"};
        case list_column_type::boolean:
            return {"type: boolean"};
        case list_column_type::uuid:
            return {"type: string", "format: uuid"};
        case list_column_type::instant:
            return {"type: string", "format: date-time"};
        case list_column_type::date:
            return {"type: string", "format: date"};
        case list_column_type::decimal:
            return {"type: string", "pattern: " + json_text(decimal_pattern(column.precision, column.scale))};
        case list_column_type::written: {
            const type_row& row = row_of(entity.fields[*column.field].type.kind);
            return {"type: string", "format: " + std::string(row.schema_format),
                    "pattern: " + json_text(row.counted->pattern)};
        }
        case list_column_type::text:
        case list_column_type::enumeration:
            break;
    }
    return {"type: string"};
}

/// One value, or the word null.
yaml_lines item_lines(const entity_model& entity, const list_column_model& column) {
    if (column.type == list_column_type::enumeration) {
        const field_model& field = entity.fields[*column.field];
        std::vector<std::string> names = names_of(field);
        if (!finds_missing(entity, column)) return {"$ref: '#/components/schemas/" + field.schema + "'"};
        names.emplace_back("null");
        return {"type: string", enum_line(names, false)};
    }
    yaml_lines value = value_lines(entity, column);
    if (!column.nullable || column.type == list_column_type::text) return value;
    yaml_lines out{"anyOf:"};
    for (const std::string& line : value) out.push_back((out.size() == 1 ? "  - " : "    ") + line);
    out.push_back("  - const: \"null\"");
    return out;
}

yaml_lines indented(std::string_view key, const yaml_lines& inner) {
    yaml_lines out{std::string(key)};
    for (const std::string& line : inner) out.push_back("  " + line);
    return out;
}

view parameter(const entity_model& entity, const list_column_model& column, const std::string& name,
               const std::string& description, const yaml_lines& schema) {
    view out;
    out.set("name", json_text(name)).set("description_json", json_text(description)).set("schema_lines", views(schema));
    if (column.field) set_place(out, entity.fields[*column.field].at);
    return out;
}

view values_parameter(const entity_model& entity, const list_column_model& column, const std::string& plural) {
    std::string text =
        "Only " + plural +
        (column.list ? " that have one of these in `" + column.parameter + "`." : " with one of these values.");
    text += column.type == list_column_type::text ? " Several are given by repeating the parameter."
                                                  : " Several are separated by commas, or given by repeating it.";
    if (finds_missing(entity, column))
        text += " `null` finds " + plural + (column.list ? " without a list" : " without a value") +
                (column.type == list_column_type::text ? ", and none whose value is this word." : ".");
    yaml_lines schema{"type: array", "maxItems: 32"};
    for (const std::string& line : indented("items:", item_lines(entity, column))) schema.push_back(line);
    return parameter(entity, column, column.parameter, text, schema);
}

/// No filter is called like one of them: `read` refuses it.
void add_bounds(const entity_model& entity, const list_column_model& column, const std::string& plural,
                view::list& out) {
    const auto add = [&](std::string_view end, const char* more) {
        const std::string name = column.parameter + std::string(end);
        const std::string text = "Only " + plural + " with this value or " + more + ".";
        out.push_back(parameter(entity, column, name, text, value_lines(entity, column)));
    };
    add(lower_bound_end, is_time(column) ? "a later one" : "a greater one");
    add(upper_bound_end, is_time(column) ? "an earlier one" : "a smaller one");
}

}  // namespace

bool finds_missing(const entity_model& entity, const list_column_model& column) {
    if (column.type != list_column_type::enumeration) return column.nullable;
    const std::vector<std::string> names = names_of(entity.fields[*column.field]);
    return column.nullable && std::find(names.begin(), names.end(), "null") == names.end();
}

std::string usual_sort(const entity_model& entity) {
    const list_column_model& first = entity.sorts.front();
    return (is_time(first) ? "-" : "") + first.parameter;
}

void set_list_parameters(view& out, const entity_model& entity) {
    std::string plural = entity.name.plural_snake;
    std::replace(plural.begin(), plural.end(), '_', ' ');
    view::list filters;
    for (const list_column_model& column : entity.filters) {
        filters.push_back(values_parameter(entity, column, plural));
        if (column.bounds) add_bounds(entity, column, plural, filters);
    }
    std::string sorts;
    bool nullable = false;
    for (const list_column_model& column : entity.sorts) {
        nullable = nullable || column.nullable;
        for (const std::string direction : {"", "-"})
            sorts += (sorts.empty() ? "" : ", ") + json_text(direction + column.parameter);
    }
    const std::string usual = usual_sort(entity);
    std::string text = "What to sort by; with a `-`, the greatest first. Without it: `" + usual + "`.";
    if (nullable) text += " Records without a value come first; with a `-`, last.";
    out.set("filter_parameters", std::move(filters)).set("sort_values", sorts);
    out.set("default_sort", json_text(usual)).set("sort_description_json", json_text(text));
    out.set("searched", sentence_of(entity.search));
}

}  // namespace tenon::gen
