// How SQLite keeps each type, and the triggers that stand in for checks.
#include "generator/migrate/sqlite_column.hpp"

#include <charconv>
#include <chrono>

#include "generator/migrate/column_table.hpp"
#include "generator/migrate/sql_text.hpp"
#include "generator/support/literal.hpp"

namespace tenon::gen::sqlite {

namespace {

std::string type_check(const schema_column& column) {
    const std::string name = quoted_name(column.name);
    if (column.type == sql_type::boolean) return " CHECK (" + name + " IN (0, 1))";
    if (column.type == sql_type::json) {
        // Before SQLite 3.45, json_valid(NULL) is 0 and not NULL.
        return " CHECK (" + (column.nullable ? name + " IS NULL OR " : std::string()) + "json_valid(" + name + "))";
    }
    if (column.type != sql_type::decimal) return {};
    const std::string most(static_cast<std::size_t>(column.precision), '9');
    return " CHECK (" + name + " BETWEEN -" + most + " AND " + most + ")";
}

std::string rules_of(const schema_table& table) {
    std::string out;
    for (const schema_check& check : table.checks)
        out += "    SELECT RAISE(ABORT, " + quoted_text(check.name) + ") WHERE " +
               broken(check, "NEW." + quoted_name(check.column)) + ";\n";
    return out;
}

std::string trigger_name(const schema_table& table, const char* event) {
    return quoted_name(table.name + "_rules_" + event);
}

/// `digits` decimal digits at `at`, or -1.
int digits_at(const std::string& text, std::size_t at, std::size_t digits) {
    int value = -1;
    if (at + digits > text.size()) return -1;
    const char* end = text.data() + at + digits;
    return std::from_chars(text.data() + at, end, value).ptr == end ? value : -1;
}

}  // namespace

std::int64_t micros_of(const std::string& text) {
    const int year = digits_at(text, 0, 4);
    const int month = digits_at(text, 5, 2);
    const int day = digits_at(text, 8, 2);
    const int hour = digits_at(text, 11, 2);
    const int minute = digits_at(text, 14, 2);
    const int second = digits_at(text, 17, 2);
    if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0 || second < 0) return 0;
    std::int64_t fraction = 0;
    std::int64_t unit = 100'000;
    for (std::size_t at = 20; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
        fraction += (text[at] - '0') * unit;
    using namespace std::chrono;
    const sys_days midnight = std::chrono::year(year) / month / day;
    const seconds whole = midnight.time_since_epoch() + hours(hour) + minutes(minute) + seconds(second);
    return whole.count() * 1'000'000 + fraction;
}

std::string default_text(const schema_column& column) {
    const default_value& value = *column.initial;
    switch (value.kind) {
        case default_kind::integer:
            if (const auto literal = row_of(column.type).literal) return literal(value.integer);
            return std::to_string(value.integer);
        case default_kind::boolean:
            return std::to_string(value.integer);
        case default_kind::number:
            return json_double(value.number);
        case default_kind::string:
            return column.type == sql_type::instant ? std::to_string(micros_of(value.text)) : quoted_text(value.text);
        case default_kind::now:
            return column.type == sql_type::date ? "(date('now'))" : "(unixepoch() * 1000000)";
        case default_kind::empty_list:
            return "'[]'";
        case default_kind::json:
            return quoted_text(value.text);
    }
    return "NULL";
}

std::string broken(const schema_check& check, const std::string& column) {
    if (check.values.empty()) return "length(" + column + ") > " + std::to_string(check.max_length);
    return column + " NOT IN (" + quoted_texts(check.values) + ")";
}

std::string column_text(const schema_column& column) {
    std::string out = quoted_name(column.name) + " " + std::string(row_of(column.type).sqlite);
    if (!column.nullable) out += " NOT NULL";
    if (column.initial) out += " DEFAULT " + default_text(column);
    return out + type_check(column);
}

bool can_be_added(const schema_column& column) {
    if (!column.initial) return column.nullable;
    return column.initial->kind != default_kind::now;
}

std::string create_rules(const schema_table& table) {
    const std::string rules = rules_of(table);
    if (rules.empty()) return {};
    const std::string on = " ON " + quoted_name(table.name) + " BEGIN\n" + rules + "END;\n";
    return "CREATE TRIGGER " + trigger_name(table, "insert") + " BEFORE INSERT" + on + "CREATE TRIGGER " +
           trigger_name(table, "update") + " BEFORE UPDATE" + on;
}

std::string drop_rules(const schema_table& table) {
    if (rules_of(table).empty()) return {};
    return "DROP TRIGGER " + trigger_name(table, "insert") + ";\nDROP TRIGGER " + trigger_name(table, "update") + ";\n";
}

}  // namespace tenon::gen::sqlite
