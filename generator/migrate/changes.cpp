// Compares two schemas.
#include "generator/migrate/changes.hpp"

#include <algorithm>
#include <set>

#include "generator/migrate/bins.hpp"
#include "generator/migrate/conversions.hpp"
#include "generator/types/type_sizes.hpp"

namespace tenon::gen {

namespace {

bool same_values(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::set<std::string>(a.begin(), a.end()) == std::set<std::string>(b.begin(), b.end());
}

bool same(const schema_check& a, const schema_check& b) {
    return a.column == b.column && a.max_length == b.max_length && same_values(a.values, b.values);
}
bool same(const schema_index& a, const schema_index& b) {
    return a.columns == b.columns && a.unique == b.unique && a.live_only == b.live_only && a.bin_only == b.bin_only;
}
bool same(const schema_foreign_key& a, const schema_foreign_key& b) {
    return a.columns == b.columns && a.table == b.table && a.target_columns == b.target_columns &&
           a.on_delete == b.on_delete;
}
bool same(const schema_policy& a, const schema_policy& b) {
    return a.name == b.name && a.rule == b.rule && a.restrictive == b.restrictive && a.command == b.command &&
           a.owner == b.owner;
}

bool same(const schema_table& before, const before_after<schema_column>& one) {
    return one.before.name == one.after.name && one.before.field == one.after.field &&
           same_values(one.before.item_values, one.after.item_values) && same_type(one.before, one.after) &&
           !wants_form(before, one.before, one.after) && one.before.nullable == one.after.nullable &&
           same_default(one.before.initial, one.after.initial);
}

/// Values that items of a list can no longer have, with what they become, if anything.
std::vector<value_change> lost_items(const schema_column& before, const schema_column& after) {
    std::vector<value_change> out;
    const auto& now = after.item_values;
    if (now.empty()) return out;
    for (const std::string& value : before.item_values) {
        if (std::find(now.begin(), now.end(), value) != now.end()) continue;
        const auto& were = after.item_values_were;
        const auto renamed =
            std::find_if(were.begin(), were.end(), [&](const auto& one) { return one.second == value; });
        out.push_back({after.name, value, renamed == were.end() ? std::string() : renamed->first, true});
    }
    return out;
}

/// Turns the renames around, and looks for what the new values would leave behind.
void reverse_values(table_change& one) {
    std::vector<value_change> back;
    for (value_change value : one.values) {
        if (value.to.empty()) continue;
        const auto column = std::find_if(one.columns.begin(), one.columns.end(),
                                         [&](const auto& each) { return each.after.name == value.column; });
        std::swap(value.from, value.to);
        if (column != one.columns.end()) value.column = column->before.name;
        back.push_back(value);
    }
    for (const before_after<schema_column>& column : one.columns) {
        for (value_change lost : lost_items(column.after, column.before)) {
            lost.to.clear();
            const bool comes_from_a_rename = std::any_of(back.begin(), back.end(), [&](const value_change& each) {
                return each.in_list && each.column == lost.column && each.from == lost.from;
            });
            if (!comes_from_a_rename) back.push_back(lost);
        }
    }
    one.values = std::move(back);
}

/// Compares one table that is there before and after. `old` is `before` in the names of `after`.
class table_comparer {
  public:
    table_comparer(const schema_table& before, const schema_table& old, const schema_table& after) : old_(old) {
        change_.before = before;
        change_.after = after;
    }

    table_change run(const std::vector<paired>& columns) {
        compare_columns(columns);
        split(change_.before.foreign_keys, old_.foreign_keys, change_.after.foreign_keys, change_.dropped_keys,
              change_.added_keys, change_.renamed_constraints);
        split(change_.before.checks, old_.checks, change_.after.checks, change_.dropped_checks, change_.added_checks,
              change_.renamed_constraints);
        split(change_.before.indexes, old_.indexes, change_.after.indexes, change_.dropped_indexes,
              change_.added_indexes, change_.renamed_indexes);
        std::vector<renaming> no_renames;
        split(change_.before.policies, old_.policies, change_.after.policies, change_.dropped_policies,
              change_.added_policies, no_renames);
        find_values();
        return std::move(change_);
    }

  private:
    void compare_columns(const std::vector<paired>& columns) {
        std::set<std::size_t> staying;
        std::set<std::size_t> known;
        for (const auto& [from, to] : columns) {
            staying.insert(from);
            known.insert(to);
            change_.columns.push_back({change_.before.columns[from], change_.after.columns[to]});
        }
        for (std::size_t i = 0; i < change_.before.columns.size(); ++i) {
            if (!staying.contains(i)) change_.dropped_columns.push_back(change_.before.columns[i]);
        }
        for (std::size_t i = 0; i < change_.after.columns.size(); ++i) {
            if (!known.contains(i)) change_.added_columns.push_back(change_.after.columns[i]);
        }
    }

    /// What is the same in `old` and `after` stays, perhaps under another name; the rest goes or comes.
    template <class Thing>
    static void split(const std::vector<Thing>& before, const std::vector<Thing>& old, const std::vector<Thing>& after,
                      std::vector<Thing>& dropped, std::vector<Thing>& added, std::vector<renaming>& renamed) {
        std::vector<bool> stays(after.size(), false);
        for (std::size_t i = 0; i < old.size(); ++i) {
            std::size_t found = 0;
            while (found < after.size() && (stays[found] || !same(old[i], after[found]))) ++found;
            if (found == after.size()) {
                dropped.push_back(before[i]);
                continue;
            }
            stays[found] = true;
            if (before[i].name != after[found].name) renamed.push_back({before[i].name, after[found].name});
        }
        for (std::size_t i = 0; i < after.size(); ++i) {
            if (!stays[i]) added.push_back(after[i]);
        }
    }

    /// A value that is gone, and said to be what another one was.
    void find_values() {
        for (const before_after<schema_column>& column : change_.columns) {
            const auto lost = lost_items(column.before, column.after);
            change_.values.insert(change_.values.end(), lost.begin(), lost.end());
        }
        for (const schema_check& now : change_.added_checks) {
            const schema_check* was = check_on(old_.checks, now.column);
            if (was == nullptr) continue;
            for (const auto& [to, from] : now.was) {
                if (std::find(was->values.begin(), was->values.end(), from) != was->values.end())
                    change_.values.push_back({now.column, from, to});
            }
        }
    }

    const schema_table& old_;
    table_change change_;
};

void find_bystanders(const schema& before, const schema& after, const schema_pairing& pairs, schema_changes& out) {
    std::set<std::string> moving;
    for (const table_change& one : out.changed) moving.insert(one.after.name);
    for (const table_pairing& one : pairs.tables) {
        const schema_table& now = after.tables[one.table.second];
        const bool refers = std::any_of(now.foreign_keys.begin(), now.foreign_keys.end(), [&](const auto& key) {
            return key.on_delete == on_delete_rule::set_null && moving.contains(key.table);
        });
        if (refers && !moving.contains(now.name)) out.bystanders.push_back({before.tables[one.table.first], now});
    }
}

/// A policy that looks into another table speaks of that one's columns: when they are renamed, PostgreSQL has nothing
/// to do, but the record needs the new words.
bool policies_are_written_alike(const schema_table& a, const schema_table& b) {
    return std::is_permutation(a.policies.begin(), a.policies.end(), b.policies.begin(), b.policies.end(),
                               [](const schema_policy& one, const schema_policy& other) { return same(one, other); });
}

}  // namespace

bool table_change::empty() const {
    const bool columns_stay =
        std::all_of(columns.begin(), columns.end(), [&](const auto& one) { return same(before, one); });
    return columns_stay && !renamed() && before.primary_key_name == after.primary_key_name &&
           entity_key(before.entity) == entity_key(after.entity) && before.row_security == after.row_security &&
           added_columns.empty() && dropped_columns.empty() && added_keys.empty() && dropped_keys.empty() &&
           added_checks.empty() && dropped_checks.empty() && added_indexes.empty() && dropped_indexes.empty() &&
           added_policies.empty() && dropped_policies.empty() && renamed_constraints.empty() &&
           renamed_indexes.empty() && has_own_bin(before) == has_own_bin(after) && !along.fewer && !along_back.fewer &&
           policies_are_written_alike(before, after);
}

schema_changes schema_changes::reversed() const {
    schema_changes out = *this;
    out.first = false;
    std::swap(out.created, out.dropped);
    std::swap(out.tenant_table, out.former_tenant_table);
    std::reverse(out.changed.begin(), out.changed.end());
    for (before_after<schema_table>& one : out.bystanders) std::swap(one.before, one.after);
    for (table_change& one : out.changed) {
        reverse_values(one);
        std::swap(one.before, one.after);
        std::swap(one.along, one.along_back);
        for (before_after<schema_column>& column : one.columns) std::swap(column.before, column.after);
        std::swap(one.added_columns, one.dropped_columns);
        std::swap(one.added_keys, one.dropped_keys);
        std::swap(one.added_checks, one.dropped_checks);
        std::swap(one.added_indexes, one.dropped_indexes);
        std::swap(one.added_policies, one.dropped_policies);
        for (renaming& name : one.renamed_constraints) std::swap(name.from, name.to);
        for (renaming& name : one.renamed_indexes) std::swap(name.from, name.to);
    }
    return out;
}

schema_changes compare_schemas(const schema& before, const schema& after, const schema_pairing& pairs) {
    schema_changes out;
    out.first = before.tables.empty();
    out.tenant_table = tenant_table_of(after);
    out.former_tenant_table = tenant_table_of(before);
    std::set<std::size_t> staying;
    std::set<std::size_t> known;
    const std::vector<schema_table> old = in_new_words(before, after, pairs);
    const bins_compared bins(before, old, after);
    for (const table_pairing& one : pairs.tables) {
        const auto [from, to] = one.table;
        staying.insert(from);
        known.insert(to);
        table_change change = table_comparer(before.tables[from], old[from], after.tables[to]).run(one.columns);
        if (change.empty() && bins.are_the_same()) continue;
        bins.note_takers(change);
        if (!change.empty()) out.changed.push_back(std::move(change));
    }
    find_bystanders(before, after, pairs, out);
    for (std::size_t i = 0; i < after.tables.size(); ++i) {
        if (!known.contains(i)) out.created.push_back(after.tables[i]);
    }
    for (std::size_t i = 0; i < before.tables.size(); ++i) {
        if (!staying.contains(i)) out.dropped.push_back(before.tables[i]);
    }
    return out;
}

namespace {

/// Texts without a rule are addresses and links; which of them, records did not always say.
bool has_some_form(const schema_table& table, const schema_column& column) {
    return column.type == sql_type::text && column.items.empty() && check_on(table.checks, column.name) == nullptr;
}

}  // namespace

bool wants_form(const schema_table& before, const schema_column& was, const schema_column& now) {
    if (now.format.empty() || was.format == now.format) return false;
    return !was.format.empty() || !has_some_form(before, was);
}

std::int64_t longest_text(const schema_table& table, const schema_column& column) {
    if (column.format == "email") return longest_email;
    return has_some_form(table, column) ? longest_url : longest_as_text(column);
}

bool same_type(const schema_column& a, const schema_column& b) {
    return a.type == b.type && a.precision == b.precision && a.scale == b.scale && a.items == b.items;
}

bool widens(const schema_check& a, const schema_check& b) {
    if (!a.values.empty() && b.values.empty()) {
        return std::all_of(a.values.begin(), a.values.end(), [&](const std::string& value) {
            return static_cast<std::int64_t>(value.size()) <= b.max_length;
        });
    }
    if (a.values.empty() != b.values.empty()) return false;
    if (a.values.empty()) return a.max_length <= b.max_length;
    return std::all_of(a.values.begin(), a.values.end(), [&](const std::string& value) {
        return std::find(b.values.begin(), b.values.end(), value) != b.values.end();
    });
}

bool replaces(const schema_index& one, const std::vector<schema_index>& others, bool stricter) {
    return std::any_of(others.begin(), others.end(), [&](const schema_index& other) {
        return other.unique && other.columns == one.columns && (!stricter || !other.live_only);
    });
}

bool holds_for_existing(const table_change& change, const schema_index& added) {
    const bool empty = std::any_of(change.added_columns.begin(), change.added_columns.end(), [&](const auto& one) {
        const bool in = std::find(added.columns.begin(), added.columns.end(), one.name) != added.columns.end();
        return in && one.nullable && !one.initial;
    });
    return empty || replaces(added, change.dropped_indexes, true);
}

const schema_check* check_on(const std::vector<schema_check>& checks, const std::string& column) {
    const auto at =
        std::find_if(checks.begin(), checks.end(), [&](const schema_check& one) { return one.column == column; });
    return at == checks.end() ? nullptr : &*at;
}

std::string tenant_table_of(const schema& all) {
    for (const schema_table& table : all.tables) {
        if (table.entity == tenant_mark) return table.name;
    }
    return {};
}

}  // namespace tenon::gen
