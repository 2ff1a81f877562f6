// One condition on an item for each type, in the JSON paths of PostgreSQL (the expression of ALTER TYPE may have no
// sub-select) and in SQLite's json_each.
#include "generator/migrate/list_conversions.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "generator/migrate/column_table.hpp"
#include "generator/migrate/postgres_forms.hpp"
#include "generator/migrate/sql_text.hpp"
#include "generator/migrate/sqlite_forms.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

bool is_text(const std::string& items) {
    return items == "string" || items == "text" || items == "email" || items == "url";
}

std::string matches(const std::string& form) {
    return "@ like_regex \"^" + form + "$\"";
}

/// Of a day that there is: the error of what is none makes the whole condition unknown.
std::string is_time(const std::string& form, const std::string& written) {
    return matches(form) + " && @.datetime(\"" + written + "\").type() != \"\"";
}

std::string is_value_path(const schema_column& list) {
    std::string out;
    for (const std::string& value : list.item_values)
        out += std::string(out.empty() ? "" : " || ") + "@ == \"" + json_escaped(value) + "\"";
    return "(" + out + ")";
}

/// The condition on an item in a JSON path.
std::string path_condition(const schema_column& list) {
    const std::string& items = list.items;
    const std::string day = postgres_date_form;
    const std::string after_christ = " && @ >= \"0001\"";
    if (items == "bool") return "@.type() == \"boolean\"";
    if (items == "int")
        return "@.type() == \"number\" && @ == @.floor() && @ >= -9223372036854775808 && @ <= 9223372036854775807";
    if (items == "float")
        return "@.type() == \"number\" && @ >= -1.7976931348623157e308 && @ <= 1.7976931348623157e308";
    const std::string text = "@.type() == \"string\"";
    if (items == "date") return text + " && " + is_time(day, "YYYY-MM-DD") + after_christ;
    if (items == "datetime")
        return text + " && ((" + is_time(day + postgres_time_form + "Z", R"(YYYY-MM-DD\"T\"HH24:MI:SS\"Z\")") +
               ") || (" + is_time(day + postgres_time_form + "[.][0-9]{6}Z", R"(YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\")") +
               "))" + after_christ;
    if (items == "enum") return text + " && " + is_value_path(list);
    if (const text_form* form = form_of_items(items)) return text + " && " + matches(std::string(form->expression));
    return text;
}

/// A number that is whole although it is written with a point or an exponent. Where it has more digits than come
/// through a floating number, SQLite does not know any more which number it was.
constexpr const char* is_whole_real =
    "value BETWEEN -9.2e18 AND 9.2e18 AND value = CAST(CAST(value AS INTEGER) AS REAL) AND "
    "length(rtrim(ltrim(CAST(CAST(value AS INTEGER) AS TEXT), '-'), '0')) <= 15";

/// The condition on an item of json_each.
std::string item_condition(const schema_column& list) {
    const std::string& items = list.items;
    if (items == "bool") return "type IN ('true', 'false')";
    if (items == "int")
        return "CASE type WHEN 'integer' THEN typeof(value) = 'integer' WHEN 'real' THEN " +
               std::string(is_whole_real) + " ELSE false END";
    if (items == "float")
        return "type IN ('integer', 'real') AND value BETWEEN -1.7976931348623157e308 AND 1.7976931348623157e308";
    if (items == "datetime") return "type = 'text' AND " + sqlite_is_instant("value");
    if (const text_form* form = form_of_items(items)) return "type = 'text' AND " + form->sqlite_fits("value");
    if (items == "enum") return "type = 'text' AND value IN (" + quoted_texts(list.item_values) + ")";
    return "type = 'text'";
}

}  // namespace

bool is_told_from_json(const schema_column& list) {
    static constexpr std::array<std::string_view, 4> known = {"int", "float", "bool", "datetime"};
    if (list.items == "enum") return !list.item_values.empty();
    return is_text(list.items) || form_of_items(list.items) != nullptr ||
           std::find(known.begin(), known.end(), list.items) != known.end();
}

std::string postgres_is_list(const std::string& json, const schema_column& list) {
    return "jsonb_typeof(" + json + ") = 'array' AND jsonb_array_length(" + json +
           ") = jsonb_array_length(jsonb_path_query_array(" + json + ", " +
           quoted_text("strict $[*] ? (" + path_condition(list) + ")") + "))";
}

std::string postgres_as_list(const std::string& json, const schema_column& list) {
    return list.items == "int" ? "jsonb_path_query_array(" + json + ", 'strict $[*].floor()')" : json;
}

std::string sqlite_is_list(const std::string& json, const schema_column& list) {
    return "json_type(" + json + ") = 'array' AND NOT EXISTS (SELECT 1 FROM json_each(" + json +
           ") WHERE NOT coalesce(" + item_condition(list) + ", false))";
}

std::string sqlite_as_list(const std::string& json, const schema_column& list) {
    if (list.items != "int") return json;
    return "(SELECT json_group_array(CAST(value AS INTEGER)) FROM json_each(" + json + "))";
}

}  // namespace tenon::gen
