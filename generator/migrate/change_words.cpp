// Names of kinds and types, look-alikes, refusals, and what a migration is called.
#include "generator/migrate/change_words.hpp"

#include <algorithm>
#include <set>

#include "generator/migrate/change_list.hpp"
#include "generator/migrate/changes.hpp"
#include "generator/migrate/column_table.hpp"

namespace tenon::gen {

namespace {

const schema_foreign_key* key_on(const schema_table& table, const std::string& column) {
    const auto at = std::find_if(table.foreign_keys.begin(), table.foreign_keys.end(),
                                 [&](const schema_foreign_key& key) { return key.columns.back() == column; });
    return at == table.foreign_keys.end() ? nullptr : &*at;
}

/// The fields of an entity as "name type", without the columns that every table has.
std::set<std::string> fields_of(const schema_table& table) {
    std::set<std::string> out;
    for (const schema_column& one : table.columns) {
        if (!one.field.empty() && one.field != tenant_mark) out.insert(one.field + " " + type_in_words(one));
    }
    return out;
}

/// What a migration that only makes this change would be called.
std::string slug_of(const schema_change& one) {
    const std::string column = one.column.empty() ? "" : "_" + one.column;
    switch (one.kind) {
        case change_kind::table_added:
            return "create_" + one.table;
        case change_kind::table_dropped:
            return "drop_" + one.table;
        case change_kind::table_renamed:
            return "rename_to_" + one.table;
        case change_kind::column_added:
            return "add_" + one.table + column;
        case change_kind::column_dropped:
            return "drop_" + one.table + column;
        case change_kind::column_renamed:
            return "rename_" + one.table + column;
        case change_kind::column_required:
            return "require_" + one.table + column;
        case change_kind::default_changed:
            return "default_" + one.table + column;
        case change_kind::values_added:
        case change_kind::rule_changed:
            return "widen_" + one.table + column;
        case change_kind::values_removed:
        case change_kind::column_narrowed:
            return "narrow_" + one.table + column;
        case change_kind::index_changed:
        case change_kind::unique_added:
        case change_kind::unique_dropped:
            return "index_" + one.table;
        case change_kind::policy_changed:
            return "policies_of_" + one.table;
        case change_kind::bin_added:
        case change_kind::bin_dropped:
            return "bin_of_" + one.table;
        case change_kind::column_changed:
        case change_kind::column_optional:
        case change_kind::values_renamed:
        case change_kind::reference_changed:
            break;
    }
    return "change_" + one.table + column;
}

bool is_index(const schema_change& one) {
    return one.kind == change_kind::index_changed || one.kind == change_kind::unique_added ||
           one.kind == change_kind::unique_dropped;
}

/// The new column of what looks like a rename: told once, with the old one.
bool is_other_half(const schema_change& one, const std::vector<schema_change>& list) {
    return one.kind == change_kind::column_added &&
           std::any_of(list.begin(), list.end(), [&](const schema_change& other) {
               return other.kind == change_kind::column_dropped && other.table == one.table &&
                      other.looks_like == "'" + one.column + "'";
           });
}

diagnostic refusal_of(const schema_change& one) {
    diagnostic out;
    out.at = one.at;
    out.hint = one.hint;
    if (one.effect == change_effect::impossible) {
        out.id = code::impossible_change;
        out.message = "this " + one.sentence;
        return out;
    }
    out.id = one.looks_like.empty() ? code::data_loss : code::unnamed_rename;
    out.message = "this " + one.sentence;
    if (!one.looks_like.empty()) out.message += ", while " + one.looks_like + " comes and looks the same";
    const std::string flag = "--allow-destructive";
    const std::string allow = flag + "=" + loss_name(one);
    if (const auto at = out.hint.find(flag); at != std::string::npos) {
        out.hint.replace(at, flag.size(), allow);
        return out;
    }
    const std::string meant = allow + (one.looks_like.empty() ? " if that is meant" : " if both are meant");
    out.hint += (out.hint.empty() ? "" : "; or ") + meant;
    return out;
}

}  // namespace

std::string loss_name(const schema_change& change) {
    return change.column.empty() ? "table:" + change.table : "column:" + change.table + "." + change.column;
}

std::string_view to_string(change_kind kind) {
    constexpr std::string_view words[] = {"table_added",     "table_dropped",   "table_renamed",     "column_added",
                                          "column_dropped",  "column_renamed",  "column_changed",    "column_narrowed",
                                          "column_required", "column_optional", "default_changed",   "values_added",
                                          "values_removed",  "values_renamed",  "rule_changed",      "index_changed",
                                          "unique_added",    "unique_dropped",  "reference_changed", "policy_changed",
                                          "bin_added",       "bin_dropped"};
    return words[static_cast<std::size_t>(kind)];
}

std::string type_in_words(const schema_column& column) {
    if (!column.items.empty()) return "a list of " + column.items;
    const std::string_view words = row_of(column.type).in_words;
    if (!words.empty()) return std::string(words);
    return "a decimal(" + std::to_string(column.precision) + "," + std::to_string(column.scale) + ")";
}

std::string misfit_in_words(const schema_table& table, const schema_column& was, const schema_column& now) {
    return table.name + "." + now.name + ": rows have " + type_in_words(was) + " that cannot become " +
           type_in_words(now);
}

std::string columns_in_words(const schema_index& index) {
    std::string out;
    for (std::size_t i = index.columns.size() > 1 ? 1 : 0; i < index.columns.size(); ++i)
        out += (out.empty() ? "" : " and ") + index.columns[i];
    return out;
}

bool same_shape(const schema_column& was, const schema_column& now, const schema_table& before,
                const schema_table& after) {
    if (was.field.empty() || now.field.empty() || !same_type(was, now)) return false;
    const schema_foreign_key* from = key_on(before, was.name);
    const schema_foreign_key* to = key_on(after, now.name);
    if (from == nullptr || to == nullptr) return from == to;
    return from->table == to->table;
}

bool same_shape(const schema_table& was, const schema_table& now) {
    const std::set<std::string> old = fields_of(was);
    const std::set<std::string> fresh = fields_of(now);
    const auto shared = std::count_if(old.begin(), old.end(), [&](const auto& one) { return fresh.contains(one); });
    return shared > 0 && 2 * static_cast<std::size_t>(shared) >= std::max(old.size(), fresh.size());
}

diagnostics refusals_of(const std::vector<schema_change>& list, const std::vector<rename_clash>& clashes,
                        const meant_losses& meant) {
    constexpr std::size_t most = 100;
    std::vector<diagnostic> found;
    for (const rename_clash& one : clashes)
        found.push_back({code::name_clash, one.at,
                         one.what + " cannot be what '" + one.was + "' was: the database has both",
                         "take 'was' out, or drop one of them in a version of its own"});
    for (const schema_change& one : list) {
        const bool refused =
            one.effect == change_effect::impossible || (one.effect == change_effect::loses && !meant.have(one));
        if (refused && !is_other_half(one, list)) found.push_back(refusal_of(one));
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const diagnostic& a, const diagnostic& b) { return a.at.offset < b.at.offset; });
    diagnostics out;
    out.suppressed = found.size() > most ? found.size() - most : 0;
    found.resize(std::min(found.size(), most));
    out.items = std::move(found);
    return out;
}

std::string slug_of(const std::vector<schema_change>& list, bool first) {
    if (first) return "initial";
    constexpr std::size_t longest = 50;
    std::vector<std::string> parts;
    std::set<std::string> tables;
    for (const schema_change& one : list) {
        // Indexes come with what they are for.
        if (is_index(one) && tables.contains(one.table)) continue;
        tables.insert(one.table);
        parts.push_back(slug_of(one));
    }
    if (parts.empty()) return "names";
    std::string out = parts.front().substr(0, longest);
    while (out.ends_with('_')) out.pop_back();
    return parts.size() > 1 ? out + "_and_more" : out;
}

}  // namespace tenon::gen
