// Compares two schemas, and refuses what is not an addition.
#include "generator/migrate/changes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace tenon::gen {

namespace {

using found = std::vector<diagnostic>;

std::string quoted_column(const schema_table& table, const std::string& column) {
    return "the column '" + column + "' of the table '" + table.name + "'";
}

void refuse(found& out, const schema_table& at, std::string what, std::string hint) {
    out.push_back({code::not_supported, at.at, "not supported yet: " + std::move(what), std::move(hint)});
}

bool same_values(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::set<std::string>(a.begin(), a.end()) == std::set<std::string>(b.begin(), b.end());
}

bool same_check(const schema_check& a, const schema_check& b) {
    return a.max_length == b.max_length && same_values(a.values, b.values);
}

/// True when every value that passes `a` passes `b`.
bool widens(const schema_check& a, const schema_check& b) {
    if (a.values.empty() != b.values.empty()) return false;
    if (a.values.empty()) return a.max_length <= b.max_length;
    return std::all_of(a.values.begin(), a.values.end(), [&](const std::string& value) {
        return std::find(b.values.begin(), b.values.end(), value) != b.values.end();
    });
}

const schema_index* matching_index(const std::vector<schema_index>& all, const schema_index& one) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const schema_index& other) {
        return other.columns == one.columns && other.unique == one.unique && other.live_only == one.live_only;
    });
    return at == all.end() ? nullptr : &*at;
}

const schema_foreign_key* matching_key(const schema_table& table, const schema_foreign_key& one) {
    for (const schema_foreign_key& other : table.foreign_keys) {
        if (other.columns == one.columns) return &other;
    }
    return nullptr;
}

/// Compares one table that is there before and after.
class table_comparer {
  public:
    table_comparer(const schema_table& before, schema_table& after, found& refused)
        : before_(before), after_(after), refused_(refused) {}

    table_change run() {
        for (const schema_column& column : before_.columns) compare(column);
        for (const schema_column& column : after_.columns) add(column);
        compare_keys();
        compare_checks();
        compare_indexes();
        change_.before = before_;
        change_.after = after_;
        return std::move(change_);
    }

  private:
    bool is_added(const std::string& column) const { return find_column(before_, column) == nullptr; }

    void compare(const schema_column& was) {
        const schema_column* now = find_column(after_, was.name);
        const std::string what = quoted_column(before_, was.name);
        if (now == nullptr)
            return refuse(refused_, after_, "dropping " + what,
                          "write the field again; if it was renamed, that comes with a later version");
        if (was.type != now->type || was.precision != now->precision || was.scale != now->scale)
            return refuse(refused_, after_, "another type for " + what, "add a field under another name");
        if (was.nullable != now->nullable)
            return refuse(refused_, after_, std::string("making ") + what + (now->nullable ? " optional" : " required"),
                          "leave it as it was, or add a field under another name");
        if (!same_default(was.initial, now->initial)) change_.defaults.push_back({was, *now});
    }

    void add(const schema_column& now) {
        if (!is_added(now.name)) return;
        if (!now.nullable && !now.initial)
            return refuse(refused_, after_, "adding " + quoted_column(after_, now.name) + " without a default",
                          "rows that exist need a value: make the field optional (?) or give it a default");
        change_.added_columns.push_back(now);
    }

    void compare_keys() {
        for (schema_foreign_key& now : after_.foreign_keys) {
            const schema_foreign_key* was = matching_key(before_, now);
            const std::string what = quoted_column(after_, now.columns.back());
            if (was == nullptr && is_added(now.columns.back())) {
                now.added_later = now.columns.size() > 1;
                change_.added_keys.push_back(now);
            } else if (was == nullptr || was->table != now.table || was->on_delete != now.on_delete) {
                refuse(refused_, after_, "another target or on_delete for " + what, "leave the reference as it was");
            }
        }
        for (const schema_foreign_key& was : before_.foreign_keys) {
            const bool column_stays = find_column(after_, was.columns.back()) != nullptr;
            if (column_stays && matching_key(after_, was) == nullptr)
                refuse(refused_, after_, quoted_column(after_, was.columns.back()) + " no longer being a reference",
                       "leave the reference as it was");
        }
    }

    void compare_checks() {
        for (const schema_check& was : before_.checks) {
            const schema_check* now = find_check(after_, was.column);
            if (find_column(after_, was.column) == nullptr) continue;
            if (now == nullptr || !widens(was, *now)) {
                refuse(refused_, after_, "narrowing " + quoted_column(after_, was.column),
                       "keep the enum's values and the text's length, or add a field under another name");
            } else if (!same_check(was, *now)) {
                change_.before_checks.push_back(was);
                change_.after_checks.push_back(*now);
            }
        }
        for (const schema_check& now : after_.checks) {
            if (find_check(before_, now.column) != nullptr) continue;
            if (is_added(now.column))
                change_.after_checks.push_back(now);
            else
                refuse(refused_, after_, "a new rule for " + quoted_column(after_, now.column), "leave it as it was");
        }
    }

    /// Rows that exist cannot break a unique index when one of its columns is new and empty in all of them, or when
    /// there was a stricter one over the same columns.
    bool holds_for_existing(const schema_index& now) const {
        for (const std::string& name : now.columns) {
            const schema_column* column = find_column(after_, name);
            if (is_added(name) && column != nullptr && column->nullable && !column->initial) return true;
        }
        return std::any_of(before_.indexes.begin(), before_.indexes.end(), [&](const schema_index& was) {
            return was.unique && was.columns == now.columns && !was.live_only;
        });
    }

    void compare_indexes() {
        for (const schema_index& now : after_.indexes) {
            if (matching_index(before_.indexes, now) != nullptr) continue;
            if (now.unique && !holds_for_existing(now))
                refuse(refused_, after_, "a new unique index '" + now.name + "' on the table '" + after_.name + "'",
                       "rows that exist may break it; make the field unique when it is new");
            else
                change_.added_indexes.push_back(now);
        }
        for (const schema_index& was : before_.indexes) {
            if (matching_index(after_.indexes, was) != nullptr) continue;
            const bool replaced =
                std::any_of(change_.added_indexes.begin(), change_.added_indexes.end(),
                            [&](const schema_index& now) { return now.unique && now.columns == was.columns; });
            if (was.unique && !replaced)
                refuse(refused_, after_,
                       "dropping the unique index '" + was.name + "' of the table '" + after_.name + "'",
                       "leave it unique");
            else
                change_.dropped_indexes.push_back(was);
        }
    }

    const schema_table& before_;
    schema_table& after_;
    found& refused_;
    table_change change_;
};

/// What a migration that only touches this table would be called.
std::string slug_of(const table_change& change) {
    const std::string& table = change.after.name;
    if (!change.added_columns.empty()) return "add_" + table + "_" + change.added_columns.front().name;
    if (!change.after_checks.empty()) return "widen_" + table + "_" + change.after_checks.front().column;
    if (!change.defaults.empty()) return "default_" + table + "_" + change.defaults.front().after.name;
    return "index_" + table;
}

}  // namespace

bool table_change::empty() const {
    return added_columns.empty() && added_keys.empty() && added_indexes.empty() && dropped_indexes.empty() &&
           after_checks.empty() && defaults.empty();
}

bool schema_changes::creates(const std::string& table) const {
    return std::any_of(created.begin(), created.end(), [&](const schema_table& one) { return one.name == table; });
}

result<schema_changes, diagnostics> compare_schemas(const schema& before, schema& after) {
    std::map<std::string, const schema_table*> old;
    std::set<std::string> kept;
    schema_changes out;
    for (const schema_table& table : before.tables) {
        old.emplace(table.name, &table);
        for (const schema_foreign_key& key : table.foreign_keys) {
            if (key.added_later) out.keyed_before.push_back(key.table);
        }
    }
    found refused;
    for (schema_table& table : after.tables) {
        kept.insert(table.name);
        const auto was = old.find(table.name);
        if (was == old.end()) {
            out.created.push_back(table);
            continue;
        }
        table_change change = table_comparer(*was->second, table, refused).run();
        if (!change.empty()) out.changed.push_back(std::move(change));
    }
    for (const schema_table& table : before.tables) {
        if (kept.contains(table.name)) continue;
        refuse(refused, table, "dropping the table '" + table.name + "'",
               "write the entity again; if it was renamed, that comes with a later version");
    }
    if (refused.empty()) return out;
    std::stable_sort(refused.begin(), refused.end(),
                     [](const diagnostic& a, const diagnostic& b) { return a.at.offset < b.at.offset; });
    return diagnostics{std::move(refused), 0};
}

std::string slug_of(const schema_changes& changes, bool first) {
    if (first) return "initial";
    std::vector<std::string> parts;
    for (const schema_table& table : changes.created) parts.push_back("create_" + table.name);
    for (const table_change& change : changes.changed) parts.push_back(slug_of(change));
    if (parts.empty()) return "nothing";
    constexpr std::size_t longest = 50;
    std::string out = parts.front().substr(0, longest);
    while (out.ends_with('_')) out.pop_back();
    return parts.size() > 1 ? out + "_and_more" : out;
}

}  // namespace tenon::gen
