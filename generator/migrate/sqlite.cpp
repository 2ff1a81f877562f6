// SQLite: tables, rebuilding them, and the triggers between them.
#include "generator/migrate/sqlite.hpp"

#include <algorithm>
#include <set>

#include "generator/migrate/bins.hpp"
#include "generator/migrate/change_words.hpp"
#include "generator/migrate/conversions.hpp"
#include "generator/migrate/name_parts.hpp"
#include "generator/migrate/rename_order.hpp"
#include "generator/migrate/sql_text.hpp"
#include "generator/migrate/sqlite_column.hpp"
#include "generator/migrate/text_forms.hpp"

namespace tenon::gen::sqlite {

namespace {

std::string key_text(const schema_foreign_key& key) {
    const on_delete_rule rule = needs_clearing_trigger(key) ? on_delete_rule::restrict_ : key.on_delete;
    return "CONSTRAINT " + quoted_name(key.name) + " FOREIGN KEY (" + quoted_names(key.columns) + ") REFERENCES " +
           quoted_name(key.table) + " (" + quoted_names(key.target_columns) + ")" + on_delete_text(rule);
}

std::string bare_table(const schema_table& table, const std::string& called) {
    std::vector<std::string> lines;
    for (const schema_column& column : table.columns) lines.push_back(column_text(column));
    lines.push_back("PRIMARY KEY (" + quoted_names(table.primary_key) + ")");
    for (const schema_foreign_key& key : table.foreign_keys) lines.push_back(key_text(key));
    return "CREATE TABLE " + quoted_name(called) + " (\n" + sql_lines(lines) + "\n) STRICT;\n";
}

std::string create_table(const schema_table& table) {
    std::string out = "\n" + bare_table(table, table.name);
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

/// Everything of a column is as it was. SQLite keeps several types as one (decimals of any scale as whole numbers), so
/// that its text alone does not tell.
bool same_column(const before_after<schema_column>& one) {
    return one.before.name == one.after.name && same_type(one.before, one.after) &&
           column_text(one.before) == column_text(one.after);
}

/// The rules stand in triggers, so their names matter no more to the table than those of indexes do.
bool renames_key(const table_change& change) {
    return std::any_of(change.renamed_constraints.begin(), change.renamed_constraints.end(), [&](const renaming& one) {
        return std::any_of(change.after.foreign_keys.begin(), change.after.foreign_keys.end(),
                           [&](const schema_foreign_key& key) { return key.name == one.to; });
    });
}

bool needs_rebuild(const table_change& change) {
    const bool keys = !change.added_keys.empty() || !change.dropped_keys.empty() || renames_key(change) ||
                      change.before.primary_key != change.after.primary_key;
    return change.renamed() || keys || !change.dropped_columns.empty() ||
           !std::all_of(change.columns.begin(), change.columns.end(), same_column) ||
           !std::all_of(change.added_columns.begin(), change.added_columns.end(), can_be_added);
}

bool changes_rules(const table_change& change) {
    return needs_rebuild(change) || !change.added_checks.empty() || !change.dropped_checks.empty() ||
           !change.renamed_constraints.empty();
}

/// A column by its full name: json_each has columns of its own, called value, type, key and the like.
std::string of_row(const schema_table& table, const std::string& column) {
    return quoted_name(table.name) + "." + quoted_name(column);
}

/// Fails with `message` when there are rows: nothing but a trigger can say what is wrong. No table of a spec has a
/// space in its name.
std::string look(const std::string& rows, const std::string& message) {
    return "CREATE TABLE \"tenon look\" (\"found\" INTEGER);\n"
           "CREATE TRIGGER \"tenon found\" BEFORE INSERT ON \"tenon look\" BEGIN\n    SELECT RAISE(ABORT, " +
           quoted_text(message) + ");\nEND;\nINSERT INTO \"tenon look\" SELECT 1 FROM " + rows +
           " LIMIT 1;\nDROP TABLE \"tenon look\";\n";
}

/// What a row of the old table has for a column of the new one.
std::string value_of(const table_change& change, const before_after<schema_column>& column) {
    const std::string name = quoted_name(column.before.name);
    std::string out = name;
    if (!same_type(column.before, column.after))
        out = sqlite_conversion(of_row(change.after, column.before.name), column.before, column.after);
    std::string cases;
    for (const value_change& value : change.values) {
        if (value.column == column.after.name && !value.in_list)
            cases += " WHEN " + quoted_text(value.from) + " THEN " + quoted_text(value.to);
    }
    if (!cases.empty()) out = "CASE " + name + cases + " ELSE " + out + " END";
    const bool fills = column.before.nullable && !column.after.nullable && column.after.initial;
    return fills ? "coalesce(" + out + ", " + default_text(column.after) + ")" : out;
}

class emitter {
  public:
    explicit emitter(const schema_changes& changes) : changes_(changes) {
        for (const table_change& one : changes_.changed) {
            if (needs_rebuild(one)) rebuilt_.insert(one.before.name);
        }
    }

    std::string run() {
        drop_triggers();
        for (const table_change& one : changes_.changed) drop_indexes(one);
        for (auto table = changes_.dropped.rbegin(); table != changes_.dropped.rend(); ++table)
            out_ += "DROP TABLE " + quoted_name(table->name) + ";\n";
        rename_tables();
        for (const schema_table& table : changes_.created) out_ += create_table(table);
        for (const table_change& one : changes_.changed) change_table(one);
        for (const table_change& one : changes_.changed) empty_bins(one);
        create_triggers();
        return std::move(out_);
    }

  private:
    /// ALTER TABLE reads every trigger again, and stumbles over one that names a table or column that is gone; and the
    /// triggers of a table go with it when it is rebuilt.
    void drop_triggers() {
        const auto drop_clearing = [&](const schema_table& table) {
            for (const schema_foreign_key& key : table.foreign_keys) {
                const bool moves = rebuilt_.contains(table.name) || rebuilt_.contains(key.table);
                if (!needs_clearing_trigger(key) || !(moves || is_dropped(table.name))) continue;
                out_ += "DROP TRIGGER " + clearing_trigger_name(key) + ";\n";
                missing_.insert(key.name);
            }
        };
        for (const table_change& one : changes_.changed) {
            if (changes_rules(one)) out_ += drop_rules(one.before);
            drop_clearing(one.before);
        }
        for (const schema_table& table : changes_.dropped) drop_clearing(table);
        for (const before_after<schema_table>& one : changes_.bystanders) drop_clearing(one.before);
    }

    void rename_tables() {
        std::vector<renaming> wanted;
        for (const table_change& one : changes_.changed) wanted.push_back({one.before.name, one.after.name});
        for (const rename_step& step : in_order(wanted))
            out_ += "ALTER TABLE " + quoted_name(step.from) + " RENAME TO " + quoted_name(step.to) + ";\n";
    }

    bool is_dropped(const std::string& table) const {
        return std::any_of(changes_.dropped.begin(), changes_.dropped.end(),
                           [&](const schema_table& one) { return one.name == table; });
    }

    void create_triggers() {
        std::string triggers;
        const auto create_clearing = [&](const schema_table& table, bool all) {
            for (const schema_foreign_key& key : table.foreign_keys) {
                if (needs_clearing_trigger(key) && (all || missing_.contains(key.name)))
                    triggers += clearing_trigger(table, key);
            }
        };
        for (const schema_table& table : changes_.created) create_clearing(table, true);
        for (const table_change& one : changes_.changed) create_clearing(one.after, needs_rebuild(one));
        for (const before_after<schema_table>& one : changes_.bystanders) create_clearing(one.after, false);
        if (!triggers.empty()) out_ += "\n" + triggers;
    }

    void drop_indexes(const table_change& change) {
        const auto& gone = needs_rebuild(change) ? change.before.indexes : change.dropped_indexes;
        for (const schema_index& index : gone) out_ += drop_index(index);
        if (needs_rebuild(change)) return;
        for (const schema_index& index : change.before.indexes) {
            const bool renamed = std::any_of(change.renamed_indexes.begin(), change.renamed_indexes.end(),
                                             [&](const renaming& one) { return one.from == index.name; });
            if (renamed) out_ += drop_index(index);
        }
    }

    void change_table(const table_change& change) {
        out_ += "\n";
        look_for_misfits(change);
        if (needs_rebuild(change)) {
            rebuild(change);
        } else {
            for (const schema_column& column : change.added_columns)
                out_ += "ALTER TABLE " + quoted_name(change.after.name) + " ADD COLUMN " + column_text(column) + ";\n";
            set_values(change);
            create_indexes(change);
        }
        set_items(change);
        if (changes_rules(change)) out_ += create_rules(change.after);
        try_new_rules(change);
    }

    /// Foreign keys are off, so that dropping the old table takes no rows of others along. No table of a spec has a
    /// space in its name.
    void rebuild(const table_change& change) {
        const std::string fresh = "tenon new " + change.after.name;
        const std::string name = quoted_name(change.after.name);
        std::vector<std::string> columns;
        std::string values;
        for (const before_after<schema_column>& column : change.columns) {
            columns.push_back(column.after.name);
            values += (values.empty() ? "" : ", ") + value_of(change, column);
        }
        out_ += bare_table(change.after, fresh) + "INSERT INTO " + quoted_name(fresh) + " (" + quoted_names(columns) +
                ")\n    SELECT " + values + " FROM " + name + ";\nDROP TABLE " + name + ";\nALTER TABLE " +
                quoted_name(fresh) + " RENAME TO " + name + ";\n";
        for (const schema_index& index : change.after.indexes) out_ += create_index(change.after, index);
    }

    void look_for_misfits(const table_change& change) {
        for (const before_after<schema_column>& column : change.columns) {
            const auto& [was, now] = column;
            const std::string rows = quoted_name(change.after.name) + " WHERE ";
            std::string value = of_row(change.after, was.name);
            if (!same_type(was, now)) value = sqlite_conversion(value, was, now);
            if (value.find(sqlite_misfit) != std::string::npos)
                out_ += look(rows + "typeof(" + value + ") = 'blob'", misfit_in_words(change.after, was, now));
            if (wants_form(change.before, was, now))
                out_ += look(rows + "NOT (" + sqlite_has_form(value, now.format) + ")",
                             formless_in_words(change.after, now));
        }
    }

    /// When every table has its new name and columns.
    void empty_bins(const table_change& change) {
        for (const row_change& one : returns(change))
            out_ += "UPDATE " + quoted_name(change.after.name) + " SET " + one.assignment + " WHERE " + one.condition +
                    ";\n";
    }

    void set_values(const table_change& change) {
        for (const value_change& one : change.values) {
            if (one.in_list) continue;
            const std::string column = quoted_name(one.column);
            out_ += "UPDATE " + quoted_name(change.after.name) + " SET " + column + " = " + quoted_text(one.to) +
                    " WHERE " + column + " = " + quoted_text(one.from) + ";\n";
        }
    }

    /// Items of lists, over which no rule watches.
    void set_items(const table_change& change) {
        for (const value_change& one : change.values) {
            if (!one.in_list) continue;
            const std::string table = quoted_name(change.after.name);
            const std::string from = quoted_text(one.from);
            const std::string items = "json_each(" + of_row(change.after, one.column) + ")";
            const std::string there = " WHERE EXISTS (SELECT 1 FROM " + items + " WHERE value = " + from + ")";
            if (one.to.empty())
                out_ += look(table + there, rows_have_item(change.after, one.column, one.from));
            else
                out_ += "UPDATE " + table + " SET " + quoted_name(one.column) +
                        " = (SELECT json_group_array(CASE value WHEN " + from + " THEN " + quoted_text(one.to) +
                        " ELSE value END) FROM " + items + ")" + there + ";\n";
        }
    }

    void create_indexes(const table_change& change) {
        for (const schema_index& index : change.added_indexes) out_ += create_index(change.after, index);
        for (const schema_index& index : change.after.indexes) {
            const bool renamed = std::any_of(change.renamed_indexes.begin(), change.renamed_indexes.end(),
                                             [&](const renaming& one) { return one.to == index.name; });
            if (renamed) out_ += create_index(change.after, index);
        }
    }

    /// Touches the rows that break a new rule, so that its trigger refuses them and with them the migration.
    void try_new_rules(const table_change& change) {
        for (const schema_check& check : change.added_checks) {
            const auto kept = std::find_if(change.columns.begin(), change.columns.end(),
                                           [&](const auto& one) { return one.after.name == check.column; });
            if (kept == change.columns.end()) continue;
            const schema_check* was = check_on(change.before.checks, kept->before.name);
            if (was != nullptr && widens(*was, check)) continue;
            const std::string column = quoted_name(check.column);
            out_ += "UPDATE " + quoted_name(change.after.name) + " SET " + column + " = " + column + " WHERE " +
                    broken(check, column) + ";\n";
        }
    }

    const schema_changes& changes_;
    std::set<std::string> rebuilt_;  ///< Tables that are copied, by their names before.
    std::set<std::string> missing_;  ///< Keys whose clearing triggers were dropped.
    std::string out_;
};

}  // namespace

std::string up_sql(const schema_changes& changes) {
    return emitter(changes).run();
}

std::string down_sql(const schema_changes& changes) {
    return emitter(changes.reversed()).run();
}

}  // namespace tenon::gen::sqlite
