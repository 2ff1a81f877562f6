// What is written the same way in every PostgreSQL migration.
#include "generator/migrate/postgres_text.hpp"

#include "generator/migrate/column_table.hpp"
#include "generator/migrate/sql_text.hpp"
#include "generator/support/literal.hpp"

namespace tenon::gen {

std::string postgres_type(const schema_column& column) {
    const std::string_view word = row_of(column.type).postgres;
    if (!word.empty()) return std::string(word);
    return "numeric(" + std::to_string(column.precision) + ", " + std::to_string(column.scale) + ")";
}

namespace postgres {

std::string alter(const std::string& table) {
    return "ALTER TABLE " + quoted_name(table) + " ";
}

std::string default_text(const schema_column& column) {
    const default_value& value = *column.initial;
    switch (value.kind) {
        case default_kind::boolean:
            return value.integer != 0 ? "true" : "false";
        case default_kind::integer:
            if (const auto literal = row_of(column.type).literal) return literal(value.integer);
            return decimal_text(value.integer, column.type == sql_type::decimal ? column.scale : 0);
        case default_kind::number:
            return json_double(value.number);
        case default_kind::now:
            return column.type == sql_type::date ? "((now() AT TIME ZONE 'UTC')::date)" : "now()";
        case default_kind::empty_list:
            return "'[]'";
        case default_kind::string:
        case default_kind::json:
            return quoted_text(value.text);
    }
    return "NULL";
}

std::string column_text(const schema_column& column) {
    std::string out = quoted_name(column.name) + " " + postgres_type(column);
    if (!column.nullable) out += " NOT NULL";
    return column.initial ? out + " DEFAULT " + default_text(column) : out;
}

std::string rule_text(const schema_check& check) {
    const std::string column = quoted_name(check.column);
    return check.values.empty() ? "char_length(" + column + ") <= " + std::to_string(check.max_length)
                                : column + " IN (" + quoted_texts(check.values) + ")";
}

std::string broken(const schema_check& check, const std::string& value) {
    return check.values.empty() ? "char_length(" + value + ") > " + std::to_string(check.max_length)
                                : value + " NOT IN (" + quoted_texts(check.values) + ")";
}

std::string check_text(const schema_check& check) {
    return "CONSTRAINT " + quoted_name(check.name) + " CHECK (" + rule_text(check) + ")";
}

std::string key_text(const schema_foreign_key& key) {
    std::string out = "CONSTRAINT " + quoted_name(key.name) + " FOREIGN KEY (" + quoted_names(key.columns) +
                      ") REFERENCES " + quoted_name(key.table) + " (" + quoted_names(key.target_columns) + ")" +
                      on_delete_text(key.on_delete);
    // Of a key of (tenant, reference), only the reference may be cleared.
    if (key.on_delete == on_delete_rule::set_null && key.columns.size() > 1)
        out += " (" + quoted_name(key.columns.back()) + ")";
    return out;
}

std::string create_policy(const schema_table& table, const schema_policy& policy) {
    std::string command = policy.command;
    for (char& c : command) c = static_cast<char>(c - 'a' + 'A');
    std::string out = "CREATE POLICY " + quoted_name(policy.name) + " ON " + quoted_name(table.name);
    if (policy.restrictive) out += " AS RESTRICTIVE";
    if (!policy.command.empty()) out += " FOR " + command;
    // The name of the one who runs this.
    if (policy.owner) out += " TO CURRENT_USER";
    const char* const gap = policy.rule == "true" ? " " : "\n    ";
    if (policy.command != "insert") out += gap + ("USING (" + policy.rule + ")");
    const bool writes = policy.command != "select" && policy.command != "delete";
    if (writes) out += gap + ("WITH CHECK (" + policy.rule + ")");
    return out + ";\n";
}

std::string drop_policy(const schema_table& table, const schema_policy& policy) {
    return "DROP POLICY " + quoted_name(policy.name) + " ON " + quoted_name(table.name) + ";\n";
}

std::string switch_row_security(const schema_table& table) {
    const std::string on = alter(table.name);
    if (!table.row_security) return on + "NO FORCE ROW LEVEL SECURITY;\n" + on + "DISABLE ROW LEVEL SECURITY;\n";
    return on + "ENABLE ROW LEVEL SECURITY;\n" + on + "FORCE ROW LEVEL SECURITY;\n";
}

std::string create_table(const schema_table& table, const std::string& keys) {
    std::vector<std::string> lines;
    for (const schema_column& column : table.columns) lines.push_back(column_text(column));
    lines.push_back("CONSTRAINT " + quoted_name(table.primary_key_name) + " PRIMARY KEY (" +
                    quoted_names(table.primary_key) + ")");
    for (const schema_check& check : table.checks) lines.push_back(check_text(check));
    std::string out = "\nCREATE TABLE " + quoted_name(table.name) + " (\n" + sql_lines(lines) + keys + "\n);\n";
    for (const schema_index& index : table.indexes) out += create_index(table, index);
    if (!table.row_security) return out;
    out += switch_row_security(table);
    for (const schema_policy& policy : table.policies) {
        if (policy.reads.empty()) out += create_policy(table, policy);
    }
    return out;
}

}  // namespace postgres

}  // namespace tenon::gen
