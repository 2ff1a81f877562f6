// PostgreSQL: tables, references, indexes, row-level security, and taking them back.
#include "generator/migrate/postgres.hpp"

#include <set>

#include "generator/migrate/sql_text.hpp"
#include "generator/support/literal.hpp"

namespace tenon::gen::postgres {

namespace {

std::string type_text(const schema_column& column) {
    switch (column.type) {
        case sql_type::uuid:
            return "uuid";
        case sql_type::text:
            return "text";
        case sql_type::integer:
            return "bigint";
        case sql_type::real:
            return "double precision";
        case sql_type::boolean:
            return "boolean";
        case sql_type::instant:
            return "timestamptz";
        case sql_type::date:
            return "date";
        case sql_type::json:
            return "jsonb";
        case sql_type::decimal:
            return "numeric(" + std::to_string(column.precision) + ", " + std::to_string(column.scale) + ")";
    }
    return "text";
}

std::string default_text(const schema_column& column) {
    const default_value& value = *column.initial;
    switch (value.kind) {
        case default_kind::boolean:
            return value.integer != 0 ? "true" : "false";
        case default_kind::integer:
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
    std::string out = quoted_name(column.name) + " " + type_text(column);
    if (!column.nullable) out += " NOT NULL";
    return column.initial ? out + " DEFAULT " + default_text(column) : out;
}

std::string check_text(const schema_check& check) {
    const std::string column = quoted_name(check.column);
    const std::string rule = check.values.empty() ? "char_length(" + column + ") <= " + std::to_string(check.max_length)
                                                  : column + " IN (" + quoted_texts(check.values) + ")";
    return "CONSTRAINT " + quoted_name(check.name) + " CHECK (" + rule + ")";
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

std::string alter(const std::string& table) {
    return "ALTER TABLE " + quoted_name(table) + " ";
}

std::string row_security(const schema_table& table) {
    if (!table.row_security) return {};
    const std::string on = " ON " + quoted_name(table.name);
    const std::string mine =
        quoted_name(table.tenant_column) + " = (SELECT nullif(current_setting('app.tenant', true), '')::uuid)";
    return alter(table.name) + "ENABLE ROW LEVEL SECURITY;\n" + alter(table.name) + "FORCE ROW LEVEL SECURITY;\n" +
           "CREATE POLICY \"rows\"" + on + " USING (true) WITH CHECK (true);\n" + "CREATE POLICY \"own_tenant\"" + on +
           " AS RESTRICTIVE\n    USING (" + mine + ")\n    WITH CHECK (" + mine + ");\n";
}

/// `late`: references to tables that come further down; they are added when all tables are there.
std::string create_table(const schema_table& table, const std::set<std::string>& to_come, std::string& late) {
    std::vector<std::string> lines;
    for (const schema_column& column : table.columns) lines.push_back(column_text(column));
    lines.push_back("PRIMARY KEY (" + quoted_names(table.primary_key) + ")");
    for (const schema_check& check : table.checks) lines.push_back(check_text(check));
    for (const schema_foreign_key& key : table.foreign_keys) {
        if (to_come.contains(key.table))
            late += alter(table.name) + "ADD " + key_text(key) + ";\n";
        else
            lines.push_back(key_text(key));
    }
    std::string out = "\nCREATE TABLE " + quoted_name(table.name) + " (\n" + sql_lines(lines) + "\n);\n";
    for (const schema_index& index : table.indexes) out += create_index(table, index);
    return out + row_security(table);
}

const schema_check* check_before(const table_change& change, const schema_check& now) {
    for (const schema_check& was : change.before_checks) {
        if (was.column == now.column) return &was;
    }
    return nullptr;
}

std::string set_default(const std::string& table, const schema_column& column) {
    return alter(table) + "ALTER COLUMN " + quoted_name(column.name) +
           (column.initial ? " SET DEFAULT " + default_text(column) : " DROP DEFAULT") + ";\n";
}

std::string change_table(const table_change& change) {
    const std::string& table = change.after.name;
    std::string out = "\n";
    for (const schema_column& column : change.added_columns)
        out += alter(table) + "ADD COLUMN " + column_text(column) + ";\n";
    for (const changed_default& one : change.defaults) out += set_default(table, one.after);
    for (const schema_check& check : change.after_checks) {
        const schema_check* was = check_before(change, check);
        const std::string dropped = was ? "DROP CONSTRAINT " + quoted_name(was->name) + ", " : "";
        out += alter(table) + dropped + "ADD " + check_text(check) + ";\n";
    }
    for (const schema_foreign_key& key : change.added_keys) out += alter(table) + "ADD " + key_text(key) + ";\n";
    for (const schema_index& index : change.dropped_indexes) out += drop_index(index);
    for (const schema_index& index : change.added_indexes) out += create_index(change.after, index);
    return out;
}

/// Keys and checks of added columns go with their columns.
std::string change_back(const table_change& change) {
    const std::string& table = change.after.name;
    std::string out = "\n";
    for (const schema_index& index : change.added_indexes) out += drop_index(index);
    for (const schema_check& check : change.after_checks) {
        const schema_check* was = check_before(change, check);
        if (was == nullptr) continue;
        out += alter(table) + "DROP CONSTRAINT " + quoted_name(check.name) + ", ADD " + check_text(*was) + ";\n";
    }
    for (const changed_default& one : change.defaults) out += set_default(table, one.before);
    for (auto column = change.added_columns.rbegin(); column != change.added_columns.rend(); ++column)
        out += alter(table) + "DROP COLUMN " + quoted_name(column->name) + ";\n";
    for (const schema_index& index : change.dropped_indexes) out += create_index(change.before, index);
    return out;
}

/// References among created tables that stand in the way of dropping them one by one, last first.
std::string drop_late_keys(const std::vector<schema_table>& created) {
    std::set<std::string> to_come;
    for (const schema_table& table : created) to_come.insert(table.name);
    std::string out;
    for (const schema_table& table : created) {
        to_come.erase(table.name);
        for (const schema_foreign_key& key : table.foreign_keys) {
            if (to_come.contains(key.table))
                out += alter(table.name) + "DROP CONSTRAINT " + quoted_name(key.name) + ";\n";
        }
    }
    return out;
}

}  // namespace

std::string up_sql(const schema_changes& changes) {
    std::set<std::string> to_come;
    for (const schema_table& table : changes.created) to_come.insert(table.name);
    std::string out;
    std::string late;
    for (const schema_table& table : changes.created) {
        to_come.erase(table.name);
        out += create_table(table, to_come, late);
    }
    if (!late.empty()) out += "\n" + late;
    for (const table_change& change : changes.changed) out += change_table(change);
    return out;
}

std::string down_sql(const schema_changes& changes) {
    std::string out;
    for (auto change = changes.changed.rbegin(); change != changes.changed.rend(); ++change)
        out += change_back(*change);
    if (changes.created.empty()) return out;
    out += "\n" + drop_late_keys(changes.created);
    for (auto table = changes.created.rbegin(); table != changes.created.rend(); ++table)
        out += "DROP TABLE " + quoted_name(table->name) + ";\n";
    return out;
}

}  // namespace tenon::gen::postgres
