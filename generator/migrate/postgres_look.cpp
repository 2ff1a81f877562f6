// What the online part wants of rows, asked in the words of the schema before.
#include "generator/migrate/postgres_look.hpp"

#include <algorithm>

#include "generator/migrate/bins.hpp"
#include "generator/migrate/conversions.hpp"
#include "generator/migrate/postgres_rows.hpp"
#include "generator/migrate/postgres_text.hpp"
#include "generator/migrate/sql_text.hpp"
#include "generator/migrate/text_forms.hpp"
#include "generator/support/text.hpp"
#include "generator/types/entity_columns.hpp"

namespace tenon::gen::postgres {

namespace {

using column_pair = before_after<schema_column>;

bool fills(const column_pair& column) {
    return column.before.nullable && !column.after.nullable && column.after.initial;
}

class table_look {
  public:
    table_look(const schema_changes& changes, const table_change& change) : changes_(changes), change_(change) {}

    std::string forms() {
        for (const column_pair& column : change_.columns) {
            if (!wants_form(change_.before, column.before, column.after)) continue;
            look("NOT (" + postgres_has_form(value_of(column), column.after.format) + ")",
                 formless_in_words(change_.after, column.after));
        }
        return std::move(out_);
    }

    std::string run() {
        out_ = forms();
        for (const schema_foreign_key& key : change_.added_keys) look_for_dangling(key);
        for (const schema_check& check : change_.added_checks) look_for_broken(check);
        for (const value_change& one : change_.values) {
            if (one.in_list && one.to.empty()) look_for_item(one);
        }
        for (const column_pair& column : change_.columns) {
            const bool required = column.before.nullable && !column.after.nullable && !column.after.initial;
            if (required)
                look("source." + quoted_name(column.before.name) + " IS NULL",
                     not_null_name(change_.after, column.after) + ": rows have none");
        }
        for (const schema_index& index : change_.after.indexes) {
            if (index.unique && may_be_shared(index)) look_for_shared(index);
        }
        return std::move(out_);
    }

  private:
    void look(const std::string& condition, const std::string& message) {
        out_ += look_for_rows(change_.before, condition, message, {changes_.former_tenant_table, false});
    }

    /// The column that will be called so, if it is there already.
    const column_pair* kept(const std::string& name) const {
        const auto at = std::find_if(change_.columns.begin(), change_.columns.end(),
                                     [&](const column_pair& one) { return one.after.name == name; });
        return at == change_.columns.end() ? nullptr : &*at;
    }

    bool joins_values(const column_pair& column) const {
        return std::any_of(change_.values.begin(), change_.values.end(),
                           [&](const value_change& one) { return one.column == column.after.name && !one.in_list; });
    }

    /// What a row will have there when the online part is done.
    std::string value_of(const column_pair& column) const {
        std::string out = "source." + quoted_name(column.before.name);
        if (retypes(column.before, column.after)) out = postgres_conversion(out, column.before, column.after);
        std::string cases;
        for (const value_change& one : change_.values) {
            if (one.column == column.after.name && !one.in_list)
                cases += " WHEN " + quoted_text(one.from) + " THEN " + quoted_text(one.to);
        }
        if (!cases.empty()) out = "CASE " + out + cases + " ELSE " + out + " END";
        return fills(column) ? "coalesce(" + out + ", " + default_text(column.after) + ")" : out;
    }

    void look_for_broken(const schema_check& check) {
        const column_pair* column = kept(check.column);
        if (column == nullptr) return;
        schema_check either = check;
        for (const value_change& one : change_.values) {
            if (one.column == check.column && !one.in_list) either.values.push_back(one.from);
        }
        const schema_check* was = check_on(change_.before.checks, column->before.name);
        const bool retyped = retypes(column->before, column->after);
        if (was != nullptr && !retyped && widens(*was, either)) return;
        const std::int64_t longest = longest_text(change_.before, column->before);
        if (was == nullptr && check.values.empty() && longest > 0 && longest <= check.max_length) return;
        look(broken(check, value_of(*column)),
             check.name + (check.values.empty() ? ": rows have a longer text" : ": rows have another value"));
    }

    void look_for_item(const value_change& one) {
        const column_pair* column = kept(one.column);
        if (column == nullptr) return;
        look(
            "source." + quoted_name(column->before.name) + " @> " + quoted_text("[\"" + json_escaped(one.from) + "\"]"),
            rows_have_item(change_.after, one.column, one.from));
    }

    /// The name that a table, or a column of it, has before; empty when it is still to come.
    std::string former(const std::string& table) const {
        for (const table_change& one : changes_.changed) {
            if (one.after.name == table) return one.before.name;
        }
        const bool created = std::any_of(changes_.created.begin(), changes_.created.end(),
                                         [&](const schema_table& one) { return one.name == table; });
        return created ? std::string() : table;
    }
    std::string former(const std::string& table, const std::string& column) const {
        for (const table_change& one : changes_.changed) {
            if (one.after.name != table) continue;
            for (const column_pair& each : one.columns) {
                if (each.after.name == column) return each.before.name;
            }
        }
        return column;
    }

    void look_for_dangling(const schema_foreign_key& key) {
        const column_pair* column = kept(key.columns.back());
        if (column == nullptr || !may_dangle(change_, key)) return;
        const std::string value = value_of(*column);
        std::string dangles = value + " IS NOT NULL";
        const std::string target = former(key.table);
        if (!target.empty()) {
            std::string same;
            for (std::size_t i = 0; i < key.columns.size(); ++i) {
                const column_pair* mine = kept(key.columns[i]);
                if (mine == nullptr) return;
                same += std::string(i == 0 ? "" : " AND ") + "target." +
                        quoted_name(former(key.table, key.target_columns[i])) + " = " + value_of(*mine);
            }
            dangles += " AND NOT EXISTS (SELECT FROM " + quoted_name(target) + " target WHERE " + same + ")";
        }
        look(dangles, rows_refer_to_nothing(key));
    }

    /// It is new, or its values move together: one takes the place of another, or of none.
    bool may_be_shared(const schema_index& index) const {
        const bool added = std::any_of(change_.added_indexes.begin(), change_.added_indexes.end(),
                                       [&](const schema_index& one) { return one.name == index.name; });
        if (added && !holds_for_existing(change_, index)) return true;
        if (index.live_only && !returns(change_).empty()) return true;
        return std::any_of(index.columns.begin(), index.columns.end(), [&](const std::string& name) {
            const column_pair* column = kept(name);
            return column != nullptr && (fills(*column) || joins_values(*column));
        });
    }

    /// What is new has one value for all rows: the default, or none, and rows with none share nothing.
    void look_for_shared(const schema_index& index) {
        std::string known;
        std::string group;
        for (const std::string& name : index.columns) {
            const column_pair* column = kept(name);
            if (column == nullptr) {
                const schema_column* fresh = find_column(change_.after, name);
                if (fresh == nullptr || !fresh->initial) return;
                continue;
            }
            const std::string value = value_of(*column);
            known += (known.empty() ? "" : " AND ") + value + " IS NOT NULL";
            group += (group.empty() ? "" : ", ") + value;
        }
        if (group.empty()) return;
        const bool had_bin = find_column(change_.before, bin_column) != nullptr;
        const bool deleted_too = had_bin && (!index.live_only || !returns(change_).empty());
        const std::string live = had_bin && index.live_only ? live_afterwards(change_) : std::string();
        if (!live.empty()) known += " AND (" + live + ")";
        look(known + " GROUP BY " + group + " HAVING count(*) > 1",
             index.name + ": rows share a value" + (deleted_too ? ", the deleted ones included" : ""));
    }

    const schema_changes& changes_;
    const table_change& change_;
    std::string out_;
};

}  // namespace

std::string look_ahead(const schema_changes& changes) {
    std::string out;
    for (const table_change& one : changes.changed) out += table_look(changes, one).run();
    return out;
}

std::string look_for_forms(const schema_changes& changes) {
    std::string out;
    for (const table_change& one : changes.changed) out += table_look(changes, one).forms();
    return out;
}

bool may_dangle(const table_change& change, const schema_foreign_key& key) {
    const auto column = std::find_if(change.columns.begin(), change.columns.end(),
                                     [&](const column_pair& one) { return one.after.name == key.columns.back(); });
    if (column == change.columns.end()) return false;
    return std::none_of(change.dropped_keys.begin(), change.dropped_keys.end(), [&](const schema_foreign_key& was) {
        return was.columns.back() == column->before.name && was.table == key.table;
    });
}

bool retypes(const schema_column& was, const schema_column& now) {
    return postgres_type(was) != postgres_type(now) || was.items.empty() != now.items.empty();
}

std::string not_null_name(const schema_table& table, const schema_column& column) {
    return short_name(table.name + "_" + column.name + "_not_null");
}

}  // namespace tenon::gen::postgres
