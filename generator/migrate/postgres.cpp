// PostgreSQL: the passes of a migration, and what of it waits for the online part.
#include "generator/migrate/postgres.hpp"

#include <algorithm>
#include <set>

#include "generator/migrate/bins.hpp"
#include "generator/migrate/conversions.hpp"
#include "generator/migrate/postgres_look.hpp"
#include "generator/migrate/postgres_rows.hpp"
#include "generator/migrate/postgres_text.hpp"
#include "generator/migrate/rename_order.hpp"
#include "generator/migrate/sql_text.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen::postgres {

namespace {

enum class mode {
    up,    ///< Short locks: what scans or writes rows is put off.
    down,  ///< All at once.
};

std::string column_of(const std::string& table, const schema_column& column) {
    return alter(table) + "ALTER COLUMN " + quoted_name(column.name) + " ";
}

class emitter {
  public:
    emitter(const schema_changes& changes, mode how) : changes_(changes), mode_(how) {
        walk_ = {changes.tenant_table, how == mode::up};
    }

    up_steps run() {
        if (!changes_.first) put("SET LOCAL lock_timeout = '5s';\n");
        put(mode_ == mode::up ? look_ahead(changes_) : look_for_forms(changes_));
        for (const table_change& one : changes_.changed) drop_parts(one);
        drop_tables();
        rename_relations();
        for (const table_change& one : changes_.changed) rename_parts(one);
        for (const table_change& one : changes_.changed) change_columns(one);
        create_tables();
        // Before any rows are looked at: where no policy permits a row, the owner sees none either.
        for (const table_change& one : changes_.changed) add_policies(one);
        for (const table_change& one : changes_.changed) add_parts(one);
        for (const table_change& one : changes_.changed) fill_columns(one);
        for (const table_change& one : changes_.changed) add_indexes(one);
        if (!out_.online.empty()) {
            out_.online.insert(out_.online.begin(), "SET lock_timeout = '5s';\n");
            out_.online.push_back("RESET lock_timeout;\n");
        }
        return std::move(out_);
    }

  private:
    void put(const std::string& statement) { out_.at_once += statement; }
    /// Online when that is how the migration runs.
    void later(const std::string& statement) {
        if (mode_ == mode::up)
            out_.online.push_back(statement);
        else
            put(statement);
    }
    const char* if_there() const { return mode_ == mode::down ? "IF EXISTS " : ""; }

    void drop_parts(const table_change& change) {
        const std::string& table = change.before.name;
        for (const schema_policy& one : change.dropped_policies) put(drop_policy(change.before, one));
        for (const schema_foreign_key& one : change.dropped_keys)
            put(alter(table) + "DROP CONSTRAINT " + quoted_name(one.name) + ";\n");
        for (const schema_check& one : change.dropped_checks)
            put(alter(table) + "DROP CONSTRAINT " + quoted_name(one.name) + ";\n");
        for (const schema_index& one : change.dropped_indexes)
            put("DROP INDEX " + std::string(if_there()) + quoted_name(one.name) + ";\n");
    }

    /// References in a circle would stand in the way of dropping the tables one by one, last first.
    void drop_tables() {
        for (const schema_table& table : changes_.dropped) {
            for (const schema_policy& one : table.policies) {
                if (!one.reads.empty()) put(drop_policy(table, one));
            }
        }
        std::set<std::string> to_come;
        for (const schema_table& table : changes_.dropped) to_come.insert(table.name);
        for (const schema_table& table : changes_.dropped) {
            to_come.erase(table.name);
            for (const schema_foreign_key& key : table.foreign_keys) {
                if (to_come.contains(key.table))
                    put(alter(table.name) + "DROP CONSTRAINT " + quoted_name(key.name) + ";\n");
            }
        }
        for (auto table = changes_.dropped.rbegin(); table != changes_.dropped.rend(); ++table)
            put("DROP TABLE " + quoted_name(table->name) + ";\n");
    }

    /// Tables, primary keys and indexes, which have their names in common. To rename the index of a primary key is to
    /// rename its constraint.
    void rename_relations() {
        std::vector<renaming> wanted;
        std::set<std::size_t> tables;
        for (const table_change& one : changes_.changed) {
            if (one.renamed()) tables.insert(wanted.size());
            if (one.renamed()) wanted.push_back({one.before.name, one.after.name});
            if (one.before.primary_key_name != one.after.primary_key_name)
                wanted.push_back({one.before.primary_key_name, one.after.primary_key_name});
            wanted.insert(wanted.end(), one.renamed_indexes.begin(), one.renamed_indexes.end());
        }
        for (const rename_step& step : in_order(wanted)) {
            const std::string what = tables.contains(step.of) ? "TABLE " : "INDEX " + std::string(if_there());
            put("ALTER " + what + quoted_name(step.from) + " RENAME TO " + quoted_name(step.to) + ";\n");
        }
    }

    void rename_parts(const table_change& change) {
        const std::string& table = change.after.name;
        for (const schema_column& one : change.dropped_columns)
            put(alter(table) + "DROP COLUMN " + quoted_name(one.name) + ";\n");
        std::vector<renaming> columns;
        for (const auto& [was, now] : change.columns) columns.push_back({was.name, now.name});
        for (const rename_step& step : in_order(columns))
            put(alter(table) + "RENAME COLUMN " + quoted_name(step.from) + " TO " + quoted_name(step.to) + ";\n");
        for (const rename_step& step : in_order(change.renamed_constraints))
            put(alter(table) + "RENAME CONSTRAINT " + quoted_name(step.from) + " TO " + quoted_name(step.to) + ";\n");
    }

    void change_columns(const table_change& change) {
        const std::string& table = change.after.name;
        for (const auto& [was, now] : change.columns) {
            const bool retyped = retypes(was, now);
            if (retyped) retype(table, was, now);
            if (!same_default(was.initial, now.initial) || (retyped && now.initial))
                put(column_of(table, now) + (now.initial ? "SET DEFAULT " + default_text(now) : "DROP DEFAULT") +
                    ";\n");
            if (was.nullable || !now.nullable) continue;
            if (mode_ == mode::down)
                put(alter(table) + "DROP CONSTRAINT IF EXISTS " + quoted_name(not_null_name(change.before, was)) +
                    ";\n");
            put(column_of(table, now) + "DROP NOT NULL;\n");
        }
        for (const schema_column& one : change.added_columns)
            put(alter(table) + "ADD COLUMN " + column_text(one) + ";\n");
    }

    void retype(const std::string& table, const schema_column& was, const schema_column& now) {
        if (was.initial) put(column_of(table, now) + "DROP DEFAULT;\n");
        put(column_of(table, now) + "TYPE " + postgres_type(now) + " USING " +
            postgres_conversion(quoted_name(now.name), was, now) + ";\n");
    }

    void create_tables() {
        std::set<std::string> to_come;
        for (const schema_table& table : changes_.created) to_come.insert(table.name);
        std::string late;
        for (const schema_table& table : changes_.created) {
            to_come.erase(table.name);
            std::string keys;
            for (const schema_foreign_key& key : table.foreign_keys) {
                if (to_come.contains(key.table))
                    late += alter(table.name) + "ADD " + key_text(key) + ";\n";
                else
                    keys += ",\n    " + key_text(key);
            }
            put(create_table(table, keys));
            for (const schema_policy& one : table.policies) {
                if (!one.reads.empty()) late += create_policy(table, one);
            }
        }
        if (!late.empty()) put("\n" + late);
    }

    void add_policies(const table_change& change) {
        if (change.before.row_security != change.after.row_security) put(switch_row_security(change.after));
        for (const schema_policy& one : change.added_policies) put(create_policy(change.after, one));
    }

    void add_parts(const table_change& change) {
        const schema_table& table = change.after;
        for (const schema_foreign_key& key : change.added_keys) {
            if (may_dangle(change, key)) later(look_for_dangling(table, key, walk_));
            add_constraint(table.name, key.name, key_text(key));
        }
        for (const schema_check& check : change.added_checks) add_check(change, check);
    }

    /// From now on at once, for the rows that are there later: looking at them takes no lock that anybody waits for.
    void add_constraint(const std::string& table, const std::string& called, const std::string& text) {
        const bool wait = mode_ == mode::up;
        put(alter(table) + "ADD " + text + (wait ? " NOT VALID;\n" : ";\n"));
        if (wait) later(alter(table) + "VALIDATE CONSTRAINT " + quoted_name(called) + ";\n");
    }

    /// Renamed values: both are allowed until the rows have the new one.
    void add_check(const table_change& change, const schema_check& check) {
        const std::string& table = change.after.name;
        std::vector<value_change> mine;
        for (const value_change& one : change.values) {
            if (one.column == check.column && !one.in_list) mine.push_back(one);
        }
        if (mine.empty()) return add_constraint(table, check.name, check_text(check));
        schema_check either = check;
        for (const value_change& one : mine) either.values.push_back(one.from);
        if (mode_ == mode::up) put(alter(table) + "ADD " + check_text(either) + " NOT VALID;\n");
        for (const value_change& one : mine) {
            const std::string column = quoted_name(one.column);
            later(update_rows(change.after, column + " = " + quoted_text(one.to),
                              column + " = " + quoted_text(one.from), walk_));
        }
        if (mode_ == mode::down) return put(alter(table) + "ADD " + check_text(check) + ";\n");
        later(alter(table) + "DROP CONSTRAINT IF EXISTS " + quoted_name(check.name) + ", ADD " + check_text(check) +
              " NOT VALID;\n");
        later(alter(table) + "VALIDATE CONSTRAINT " + quoted_name(check.name) + ";\n");
    }

    /// Items of lists, over which no rule watches.
    void change_items(const table_change& change) {
        for (const value_change& one : change.values) {
            if (!one.in_list) continue;
            const std::string column = quoted_name(one.column);
            if (one.to.empty())
                later(look_for_item(change.after, one.column, one.from, walk_));
            else
                later(update_rows(change.after, column + " = " + with_item(column, one.from, one.to),
                                  column + " @> " + quoted_text("[\"" + json_escaped(one.from) + "\"]"), walk_));
        }
    }

    void fill_columns(const table_change& change) {
        change_items(change);
        for (const row_change& one : returns(change))
            later(update_rows(change.after, one.assignment, one.condition, walk_));
        for (const auto& [was, now] : change.columns) {
            if (was.nullable && !now.nullable) require(change.after, now);
        }
    }

    /// Rows without a value get the default if there is one; else they make the migration fail.
    void require(const schema_table& table, const schema_column& column) {
        const std::string on = alter(table.name);
        const std::string proof = quoted_name(not_null_name(table, column));
        const std::string name = quoted_name(column.name);
        if (mode_ == mode::up)
            later(on + "DROP CONSTRAINT IF EXISTS " + proof + ", ADD CONSTRAINT " + proof + " CHECK (" + name +
                  " IS NOT NULL) NOT VALID;\n");
        if (column.initial) later(update_rows(table, name + " = DEFAULT", name + " IS NULL", walk_));
        if (mode_ == mode::up) later(on + "VALIDATE CONSTRAINT " + proof + ";\n");
        later(column_of(table.name, column) + "SET NOT NULL;\n");
        if (mode_ == mode::up) later(on + "DROP CONSTRAINT " + proof + ";\n");
    }

    /// An index that could not be built stays behind unusable, so each attempt begins by dropping it. Waiting for the
    /// lock harms nobody here.
    void add_indexes(const table_change& change) {
        for (const schema_index& index : change.added_indexes) {
            if (mode_ == mode::down) {
                put(create_index(change.after, index));
                continue;
            }
            if (!waits_for_indexes_) later("SET lock_timeout = 0;\n");
            waits_for_indexes_ = true;
            later("DROP INDEX CONCURRENTLY IF EXISTS " + quoted_name(index.name) + ";\n");
            later(create_index(change.after, index, "CONCURRENTLY "));
        }
    }

    const schema_changes& changes_;
    const mode mode_;
    row_walk walk_;
    bool waits_for_indexes_ = false;
    up_steps out_;
};

}  // namespace

up_steps up_sql(const schema_changes& changes) {
    return emitter(changes, mode::up).run();
}

std::string down_sql(const schema_changes& changes) {
    return emitter(changes.reversed(), mode::down).run().at_once;
}

}  // namespace tenon::gen::postgres
