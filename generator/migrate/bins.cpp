// Follows cascades from a table up to the bins that its rows can be taken into.
#include "generator/migrate/bins.hpp"

#include <algorithm>
#include <set>

#include "generator/migrate/sql_text.hpp"
#include "generator/types/entity_columns.hpp"

namespace tenon::gen {

namespace {

/// `tables` in the words of `named`. Columns that go are called otherwise there, so nothing can be said of bins by it.
std::vector<bin_place> places_of(const std::vector<schema_table>& tables, const std::vector<schema_table>& named) {
    std::vector<bin_place> out;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        // Tenants and users take nothing into a bin.
        if (tables[i].tenant_column.empty()) continue;
        bin_place& one = out.emplace_back();
        one.name = named[i].name;
        one.own_bin = has_own_bin(tables[i]) != false;
        for (const schema_foreign_key& key : named[i].foreign_keys) {
            if (key.on_delete == on_delete_rule::cascade) one.cascades.push_back(key.table);
        }
    }
    return out;
}

const bin_place* find(const std::vector<bin_place>& all, const std::string& name) {
    const auto at = std::find_if(all.begin(), all.end(), [&](const bin_place& one) { return one.name == name; });
    return at == all.end() ? nullptr : &*at;
}

bool has_own_bin(const std::vector<bin_place>& all, const std::string& name) {
    const bin_place* one = find(all, name);
    return one != nullptr && one->own_bin;
}

/// The tables from whose own bins cascades lead to `of`, over any number of others.
std::set<std::string> takers_of(const std::vector<bin_place>& all, const std::string& of) {
    std::set<std::string> out;
    std::set<std::string> seen;
    std::vector<std::string> open{of};
    while (!open.empty()) {
        const bin_place* one = find(all, open.back());
        open.pop_back();
        if (one == nullptr) continue;
        for (const std::string& target : one->cascades) {
            if (!seen.insert(target).second) continue;
            if (has_own_bin(all, target)) out.insert(target);
            open.push_back(target);
        }
    }
    return out;
}

/// Where rows have a bin of their own they stay in it, and can be restored one by one, as long as what took them along
/// is in the bin; elsewhere they can only be restored with it.
takers compare_takers(const std::string& table, const std::vector<bin_place>& from, const std::vector<bin_place>& to) {
    const std::set<std::string> now = takers_of(to, table);
    takers out;
    for (const std::string& one : takers_of(from, table)) {
        const bool has_bin = has_own_bin(to, one);
        if (now.contains(one) || (has_bin && has_own_bin(to, table))) {
            out.left.push_back({one, one});
            continue;
        }
        out.fewer = true;
        out.cut_off = out.cut_off || has_bin;
    }
    return out;
}

/// Of rows that went along with what is not in a bin any more, or in none that leads here. No column and no table has a
/// blank in its name.
std::string lost_its_taker(const std::string& row, const std::string& tenant_column,
                           const std::vector<std::string>& tables) {
    const std::string taker = "\"the taker\".";
    std::string out = row + "\"deleted_with\" IS NOT NULL";
    for (const std::string& one : tables)
        out += " AND NOT EXISTS (SELECT 1 FROM " + quoted_name(one) + " \"the taker\" WHERE " + taker +
               quoted_name(tenant_column) + " = " + row + quoted_name(tenant_column) + " AND " + taker +
               "\"id\" = " + row + "\"deleted_with\" AND " + taker + "\"deleted_at\" IS NOT NULL)";
    return out;
}

}  // namespace

bins_compared::bins_compared(const schema& before, const std::vector<schema_table>& old, const schema& after)
    : before_(before), old_(old), was_(places_of(before.tables, old)), now_(places_of(after.tables, after.tables)) {}

void bins_compared::note_takers(table_change& change) const {
    const bool went_along = find_column(change.before, along_column) != nullptr;
    if (!went_along || find_column(change.after, along_column) == nullptr) return;
    change.along = compare_takers(change.after.name, was_, now_);
    change.along_back = compare_takers(change.after.name, now_, was_);
    for (std::size_t i = 0; i < old_.size(); ++i) {
        for (renaming& one : change.along.left) {
            if (one.to == old_[i].name) one.from = before_.tables[i].name;
        }
        for (renaming& one : change.along_back.left) {
            if (one.from == old_[i].name) one.to = before_.tables[i].name;
        }
    }
}

bool brings_back(const table_change& change) {
    return find_column(change.after, bin_column) != nullptr && has_own_bin(change.after) == false &&
           has_own_bin(change.before) != false;
}

std::vector<row_change> returns(const table_change& change) {
    std::vector<row_change> out;
    if (brings_back(change))
        out.push_back({"\"deleted_at\" = NULL", "\"deleted_at\" IS NOT NULL AND \"deleted_with\" IS NULL"});
    if (!change.along.fewer) return out;
    std::vector<std::string> tables;
    for (const renaming& one : change.along.left) tables.push_back(one.to);
    out.push_back({"\"deleted_at\" = NULL, \"deleted_with\" = NULL",
                   lost_its_taker(quoted_name(change.after.name) + ".", change.after.tenant_column, tables)});
    return out;
}

std::string live_afterwards(const table_change& change) {
    const bool goes_along = find_column(change.before, along_column) != nullptr;
    if (find_column(change.after, bin_column) == nullptr || (brings_back(change) && !goes_along)) return {};
    std::string out = "source.\"deleted_at\" IS NULL";
    if (brings_back(change)) out += " OR source.\"deleted_with\" IS NULL";
    if (!change.along.fewer) return out;
    std::vector<std::string> tables;
    for (const renaming& one : change.along.left) tables.push_back(one.from);
    return out + " OR (" + lost_its_taker("source.", change.before.tenant_column, tables) + ")";
}

}  // namespace tenon::gen
