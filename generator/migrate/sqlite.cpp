// SQLite: tables, references, indexes, and taking them back.
#include "generator/migrate/sqlite.hpp"

#include <algorithm>
#include <set>

#include "generator/migrate/sql_text.hpp"
#include "generator/migrate/sqlite_column.hpp"

namespace tenon::gen::sqlite {

namespace {

/// SQLite would clear all columns of the key, the tenant's too.
bool needs_clearing_trigger(const schema_foreign_key& key) {
    return key.on_delete == on_delete_rule::set_null && key.columns.size() > 1 && !key.added_later;
}

std::string key_text(const schema_foreign_key& key) {
    const on_delete_rule rule = needs_clearing_trigger(key) ? on_delete_rule::restrict_ : key.on_delete;
    return "CONSTRAINT " + quoted_name(key.name) + " FOREIGN KEY (" + quoted_names(key.columns) + ") REFERENCES " +
           quoted_name(key.table) + " (" + quoted_names(key.target_columns) + ")" + on_delete_text(rule);
}

std::string create_table(const schema_table& table) {
    std::vector<std::string> lines;
    for (const schema_column& column : table.columns) lines.push_back(column_text(column));
    lines.push_back("PRIMARY KEY (" + quoted_names(table.primary_key) + ")");
    for (const schema_foreign_key& key : table.foreign_keys) lines.push_back(key_text(key));
    std::string out = "\nCREATE TABLE " + quoted_name(table.name) + " (\n" + sql_lines(lines) + "\n) STRICT;\n";
    for (const schema_index& index : table.indexes) out += create_index(table, index);
    return out + create_rules(table);
}

std::string clearing_trigger_name(const schema_foreign_key& key) {
    return quoted_name(key.name + "_clear");
}

std::string clearing_trigger(const schema_table& table, const schema_foreign_key& key) {
    const std::string tenant = quoted_name(key.columns.front());
    const std::string column = quoted_name(key.columns.back());
    return "CREATE TRIGGER " + clearing_trigger_name(key) + " BEFORE DELETE ON " + quoted_name(key.table) +
           " BEGIN\n    UPDATE " + quoted_name(table.name) + " SET " + column + " = NULL WHERE " + tenant + " = OLD." +
           quoted_name(key.target_columns.front()) + " AND " + column + " = OLD." +
           quoted_name(key.target_columns.back()) + ";\nEND;\n";
}

template <class Print>
std::string for_clearing_keys(const std::vector<schema_table>& tables, Print print) {
    std::string out;
    for (const schema_table& table : tables) {
        for (const schema_foreign_key& key : table.foreign_keys) {
            if (needs_clearing_trigger(key)) out += print(table, key);
        }
    }
    return out;
}

const schema_foreign_key* key_of_column(const table_change& change, const std::string& column) {
    for (const schema_foreign_key& key : change.added_keys) {
        if (key.columns.back() == column) return &key;
    }
    return nullptr;
}

/// A reference by the target's id alone needs that id to be unique by itself.
std::string id_index_name(const std::string& table) {
    return quoted_name(table + "_id_key");
}

std::string add_column(const table_change& change, const schema_column& column) {
    std::string out;
    std::string reference;
    if (const schema_foreign_key* key = key_of_column(change, column.name)) {
        if (key->added_later)
            out += "CREATE UNIQUE INDEX IF NOT EXISTS " + id_index_name(key->table) + " ON " + quoted_name(key->table) +
                   " (" + quoted_name(key->target_columns.back()) + ");\n";
        reference = " CONSTRAINT " + quoted_name(key->name) + " REFERENCES " + quoted_name(key->table) + " (" +
                    quoted_name(key->target_columns.back()) + ")" + on_delete_text(key->on_delete);
    }
    out += "ALTER TABLE " + quoted_name(change.after.name) + " ADD COLUMN " + column_text(column, true) + reference +
           ";\n";
    return out + backfill(change.after, column);
}

bool rules_change(const table_change& change) {
    const auto& keys = change.added_keys;
    return !change.after_checks.empty() ||
           std::any_of(keys.begin(), keys.end(), [](const schema_foreign_key& key) { return key.added_later; });
}

std::string change_table(const table_change& change) {
    std::string out = "\n";
    for (const changed_default& one : change.defaults)
        out += "-- The default of " + quoted_name(one.after.name) + " in " + quoted_name(change.after.name) +
               " is given by the program; SQLite keeps the one the column was made with.\n";
    for (const schema_column& column : change.added_columns) out += add_column(change, column);
    if (rules_change(change)) out += drop_rules(change.before) + create_rules(change.after);
    for (const schema_index& index : change.dropped_indexes) out += drop_index(index);
    for (const schema_index& index : change.added_indexes) out += create_index(change.after, index);
    return out;
}

std::string change_back(const table_change& change) {
    std::string out = "\n";
    // No trigger may name a column that goes.
    const bool touches_rules = rules_change(change) || !change.added_columns.empty();
    if (touches_rules) out += drop_rules(change.after);
    for (const schema_index& index : change.added_indexes) out += drop_index(index);
    for (auto column = change.added_columns.rbegin(); column != change.added_columns.rend(); ++column)
        out += "ALTER TABLE " + quoted_name(change.after.name) + " DROP COLUMN " + quoted_name(column->name) + ";\n";
    for (const schema_index& index : change.dropped_indexes) out += create_index(change.before, index);
    if (touches_rules) out += create_rules(change.before);
    return out;
}

/// Indexes on ids that the changes made for references added later.
std::string drop_id_indexes(const schema_changes& changes) {
    std::set<std::string> tables;
    for (const table_change& change : changes.changed) {
        for (const schema_foreign_key& key : change.added_keys) {
            const auto& before = changes.keyed_before;
            const bool known = std::find(before.begin(), before.end(), key.table) != before.end();
            if (key.added_later && !known) tables.insert(key.table);
        }
    }
    std::string out;
    for (const std::string& table : tables) out += "DROP INDEX " + id_index_name(table) + ";\n";
    return out;
}

}  // namespace

std::string up_sql(const schema_changes& changes) {
    std::string out;
    for (const schema_table& table : changes.created) out += create_table(table);
    const std::string clearing = for_clearing_keys(changes.created, clearing_trigger);
    if (!clearing.empty()) out += "\n" + clearing;
    for (const table_change& change : changes.changed) out += change_table(change);
    return out;
}

std::string down_sql(const schema_changes& changes) {
    std::string out;
    for (auto change = changes.changed.rbegin(); change != changes.changed.rend(); ++change)
        out += change_back(*change);
    out += drop_id_indexes(changes);
    if (changes.created.empty()) return out;
    // Tables may refer to each other in a circle: what matters is that nothing dangles at the end.
    out += "\nPRAGMA defer_foreign_keys = ON;\n";
    out += for_clearing_keys(changes.created, [](const schema_table&, const schema_foreign_key& key) {
        return "DROP TRIGGER " + clearing_trigger_name(key) + ";\n";
    });
    for (auto table = changes.created.rbegin(); table != changes.created.rend(); ++table)
        out += "DROP TABLE " + quoted_name(table->name) + ";\n";
    return out;
}

}  // namespace tenon::gen::sqlite
