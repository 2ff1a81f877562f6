// Walks over the changes and says of each what it does to rows that are there.
#include "generator/migrate/change_list.hpp"

#include <algorithm>
#include <map>

#include "generator/migrate/bins.hpp"
#include "generator/migrate/change_words.hpp"
#include "generator/migrate/conversions.hpp"
#include "generator/migrate/text_forms.hpp"
#include "generator/types/entity_columns.hpp"

namespace tenon::gen {

namespace {

using enum change_effect;
using enum change_kind;

constexpr const char* add_another = "add a field under another name, copy what you need, and drop this one later";

std::string quoted(const std::string& text) {
    return "'" + text + "'";
}

std::string of_table(const std::string& column, const schema_table& table) {
    return quoted(column) + " of " + quoted(table.name);
}

/// The values of `a` that are not in `b`, quoted, with commas between them.
std::string missing(const std::vector<std::string>& a, const std::vector<std::string>& b,
                    const std::vector<std::string>& ignored) {
    std::string out;
    for (const std::string& one : a) {
        const bool there = std::find(b.begin(), b.end(), one) != b.end() ||
                           std::find(ignored.begin(), ignored.end(), one) != ignored.end();
        if (!there) out += (out.empty() ? "" : ", ") + quoted(one);
    }
    return out;
}

class table_lister {
  public:
    table_lister(const table_change& change, const std::map<std::string, std::string>& renamed_tables,
                 std::vector<schema_change>& out)
        : change_(change), renamed_(renamed_tables), out_(out) {}

    void run() {
        if (change_.renamed())
            add(table_renamed, look, {},
                "renames the table " + quoted(change_.before.name) + " to " + quoted(change_.after.name));
        for (const before_after<schema_column>& one : change_.columns) compare(one);
        for (const schema_column& one : change_.added_columns) add_column(one);
        for (const schema_column& one : change_.dropped_columns) drop_column(one);
        for (const before_after<schema_column>& one : change_.columns) {
            compare_checks(one);
            compare_items(one);
            compare_keys(one);
        }
        compare_bins();
        compare_takers();
        compare_indexes();
        const bool policies = !change_.added_policies.empty() || !change_.dropped_policies.empty() ||
                              change_.before.row_security != change_.after.row_security;
        if (policies) add(policy_changed, look, {}, "changes who sees the rows of " + quoted(change_.after.name));
    }

  private:
    schema_change& add(change_kind kind, change_effect effect, const schema_column& column, std::string sentence,
                       std::string hint = {}) {
        schema_change one;
        one.kind = kind;
        one.effect = effect;
        one.table = change_.after.name;
        one.column = column.name;
        one.sentence = std::move(sentence);
        one.hint = std::move(hint);
        one.at = column.at.length > 0 ? column.at : change_.after.at;
        out_.push_back(std::move(one));
        return out_.back();
    }

    void compare(const before_after<schema_column>& column) {
        const auto& [was, now] = column;
        const std::string what = of_table(now.name, change_.after);
        if (was.name != now.name)
            add(column_renamed, look, now,
                "renames the column " + of_table(was.name, change_.after) + " to " + quoted(now.name));
        if (!same_type(was, now)) retype(was, now);
        if (was.nullable && !now.nullable) require(now);
        if (!was.nullable && now.nullable) add(column_optional, safe, now, "lets " + what + " be empty");
        if (!same_default(was.initial, now.initial)) add(default_changed, safe, now, "changes the default of " + what);
    }

    void retype(const schema_column& was, const schema_column& now) {
        const std::string sentence = "makes " + of_table(now.name, change_.after) + " " + type_in_words(now) +
                                     " instead of " + type_in_words(was);
        switch (fit_of(was, now)) {
            case fit::same:
            case fit::lossless:
                add(column_changed, look, now, sentence + ", which rewrites the table", add_another);
                return;
            case fit::may_fail:
                add(column_changed, loses, now, sentence + ", and fails when a row has a value that does not fit",
                    add_another)
                    .irreversible = true;
                return;
            case fit::none:
                add(column_changed, impossible, now, sentence + ", and there is no way from one to the other",
                    add_another);
        }
    }

    void require(const schema_column& now) {
        const std::string what = "requires " + of_table(now.name, change_.after);
        if (now.initial)
            add(column_required, look, now, what + "; rows without a value get the default");
        else
            add(column_required, loses, now, what + ", and fails when a row has none",
                "give it a default; or fill the rows, then --allow-destructive");
    }

    void add_column(const schema_column& now) {
        const std::string what = "adds the column " + of_table(now.name, change_.after);
        if (now.nullable || now.initial)
            add(column_added, safe, now, what);
        else
            add(column_added, loses, now, what + ", which is required, and fails when there are rows",
                "give it a default; or make it optional (?), fill it, and require it in a later version; or, while "
                "there are no rows, --allow-destructive");
    }

    bool goes_along() const { return find_column(change_.before, along_column) != nullptr; }
    std::string comes_back() const {
        return std::string(": what was deleted softly comes back") +
               (goes_along() ? ", also while what it refers to is still in the bin" : "");
    }
    std::string empty_the_bin() const {
        return goes_along() ? "restore or purge those targets before, then --allow-destructive" : "";
    }

    void drop_column(const schema_column& was) {
        const bool bin = was.name == bin_column && was.field.empty();
        schema_change& one =
            add(column_dropped, loses, was,
                "drops the column " + of_table(was.name, change_.before) + (bin ? comes_back() : " with its values"),
                bin ? empty_the_bin() : "");
        one.irreversible = true;
        one.at = change_.after.at;
        for (const schema_column& now : change_.added_columns) {
            if (!same_shape(was, now, change_.before, change_.after)) continue;
            one.looks_like = quoted(now.name);
            one.at = now.at;
            one.hint = "write 'was: " + was.field + "' on " + quoted(now.field) + " to keep its values";
            return;
        }
    }

    /// A bin whose columns come or go is told with them.
    void compare_bins() {
        const std::optional<bool> was = has_own_bin(change_.before);
        const schema_column* column = find_column(change_.after, bin_column);
        if (column == nullptr || was == has_own_bin(change_.after)) return;
        const std::string table = quoted(change_.after.name);
        const bool old_column = find_column(change_.before, bin_column) != nullptr;
        if (!brings_back(change_)) {
            if (old_column)
                add(bin_added, safe, *column,
                    was ? "gives " + table + " a bin of its own" : "notes that " + table + " has a bin of its own");
        } else if (!was) {
            add(bin_dropped, look, *column,
                "notes that " + table + " has no bin of its own: what an earlier version left there comes back");
        } else {
            add(bin_dropped, loses, *column, "takes the bin of its own from " + table + comes_back(), empty_the_bin())
                .irreversible = true;
        }
    }

    /// Where the bin of what took them along is gone, that is a loss told at its own table.
    void compare_takers() {
        const schema_column* column = find_column(change_.after, bin_column);
        if (!change_.along.fewer || column == nullptr || brings_back(change_)) return;
        const std::string what = "brings back in " + quoted(change_.after.name) + " what went along with records ";
        if (change_.along.cut_off)
            add(bin_dropped, loses, *column,
                what + "from which no cascade leads here any more, also while they are still in the bin",
                empty_the_bin())
                .irreversible = true;
        else
            add(bin_dropped, look, *column, what + "that have no bin any more");
    }

    void compare_checks(const before_after<schema_column>& column) {
        const schema_check* was = check_on(change_.dropped_checks, column.before.name);
        const schema_check* now = check_on(change_.added_checks, column.after.name);
        const std::string what = of_table(column.after.name, change_.after);
        const bool none_fits = fit_of(column.before, column.after) == fit::none;
        if (!none_fits && wants_form(change_.before, column.before, column.after)) {
            add(column_narrowed, loses, column.after,
                "wants " + what + " to be " + form_in_words(column.after.format) + ", and fails when a row is not",
                "change the rows, then --allow-destructive");
            if (now == nullptr) return;
        }
        if (now == nullptr) {
            if (was != nullptr) add(rule_changed, safe, column.after, "lets " + what + " have any value");
            return;
        }
        if (!now->values.empty() && was != nullptr && !was->values.empty())
            return compare_values(*was, *now, column.after);
        if (was != nullptr && widens(*was, *now)) return add_quietly(rule_changed, column.after, "widens " + what);
        const std::int64_t longest = longest_text(change_.before, column.before);
        if (was == nullptr && now->values.empty() && longest > 0 && longest <= now->max_length)
            return add_quietly(rule_changed, column.after, "limits the length of " + what);
        const std::string rule = now->values.empty() ? "at most " + std::to_string(now->max_length) + " characters long"
                                                     : "one of " + missing(now->values, {}, {});
        add(column_narrowed, loses, column.after, "wants " + what + " to be " + rule + ", and fails when a row is not",
            "change the rows, then --allow-destructive");
    }

    /// What a list of an enum may hold.
    void compare_items(const before_after<schema_column>& column) {
        if (column.after.item_values.empty() || column.before.item_values.empty()) return;
        schema_check was;
        schema_check now;
        was.values = column.before.item_values;
        now.values = column.after.item_values;
        compare_values(was, now, column.after);
    }

    void add_quietly(change_kind kind, const schema_column& column, std::string sentence) {
        add(kind, safe, column, std::move(sentence));
    }

    void compare_values(const schema_check& was, const schema_check& now, const schema_column& column) {
        const std::string what = of_table(column.name, change_.after);
        std::vector<std::string> renamed;
        std::vector<std::string> made;
        for (const value_change& one : change_.values) {
            if (one.column != column.name || one.to.empty()) continue;
            renamed.push_back(one.from);
            made.push_back(one.to);
            const bool joins = std::find(was.values.begin(), was.values.end(), one.to) != was.values.end();
            const std::string sentence = quoted(one.from) + " of " + what;
            if (joins)
                add(values_renamed, loses, column,
                    "turns " + sentence + " into " + quoted(one.to) + ", which rows have already")
                    .irreversible = true;
            else
                add(values_renamed, look, column, "renames the value " + sentence + " to " + quoted(one.to));
        }
        const std::string gone = missing(was.values, now.values, renamed);
        const std::string fresh = missing(now.values, was.values, made);
        if (!gone.empty()) {
            schema_change& one = add(values_removed, loses, column,
                                     "takes " + gone + " away from " + what + ", and fails when a row has it",
                                     "change the rows, then --allow-destructive");
            // A currency is not renamed: only the values of enums are names.
            if (!fresh.empty() && !column.field.ends_with(".currency")) {
                one.looks_like = fresh;
                one.hint =
                    "if it was renamed, write so: enum [new (was old)]; else change the rows, then --allow-destructive";
            }
        }
        if (!fresh.empty()) add(values_added, safe, column, "adds " + fresh + " to " + what);
    }

    void compare_keys(const before_after<schema_column>& column) {
        const auto on = [](const std::vector<schema_foreign_key>& keys, const std::string& name) {
            const auto at = std::find_if(keys.begin(), keys.end(),
                                         [&](const schema_foreign_key& key) { return key.columns.back() == name; });
            return at == keys.end() ? nullptr : &*at;
        };
        const schema_foreign_key* was = on(change_.dropped_keys, column.before.name);
        const schema_foreign_key* now = on(change_.added_keys, column.after.name);
        if (was == nullptr && now == nullptr) return;
        const std::string what = of_table(column.after.name, change_.after);
        if (now == nullptr)
            return add_quietly(reference_changed, column.after, "no longer ties " + what + " to a record");
        const std::string target = "ties " + what + " to " + quoted(now->table);
        if (was == nullptr)
            add(reference_changed, look, column.after, target + ", and fails when a row refers to nothing");
        else if (now_called(was->table) != now->table)
            add(reference_changed, loses, column.after,
                target + " instead of " + quoted(was->table) + ", and fails when a row refers to nothing", add_another);
        else
            add(reference_changed, safe, column.after,
                "changes what becomes of " + what + " when its target is deleted");
    }

    std::string now_called(const std::string& table) const {
        const auto found = renamed_.find(table);
        return found == renamed_.end() ? table : found->second;
    }

    void compare_indexes() {
        bool plain = false;
        for (const schema_index& now : change_.added_indexes) {
            plain = plain || !now.unique;
            if (!now.unique) continue;
            const bool holds = holds_for_existing(change_, now);
            add(unique_added, holds ? safe : look, {},
                "allows each " + columns_in_words(now) + " of " + quoted(change_.after.name) + " only once" +
                    (holds ? "" : ", and fails when rows share one"));
        }
        for (const schema_index& was : change_.dropped_indexes) {
            plain = plain || !was.unique;
            if (was.unique && !replaces(was, change_.added_indexes, false))
                add(unique_dropped, look, {},
                    "allows the same " + columns_in_words(was) + " of " + quoted(change_.after.name) +
                        " more than once");
        }
        if (plain) add(index_changed, safe, {}, "changes the indexes of " + quoted(change_.after.name));
    }

    const table_change& change_;
    const std::map<std::string, std::string>& renamed_;
    std::vector<schema_change>& out_;
};

schema_change about_table(change_kind kind, const schema_table& table, std::string sentence) {
    schema_change out;
    out.kind = kind;
    out.table = table.name;
    out.sentence = std::move(sentence);
    out.at = table.at;
    return out;
}

}  // namespace

std::vector<schema_change> list_changes(const schema_changes& changes) {
    std::vector<schema_change> out;
    for (const schema_table& table : changes.created)
        out.push_back(about_table(table_added, table, "adds the table " + quoted(table.name)));
    for (const schema_table& table : changes.dropped) {
        schema_change one =
            about_table(table_dropped, table, "drops the table " + quoted(table.name) + " with its rows");
        one.effect = loses;
        one.irreversible = true;
        one.by_name_alone = table.entity.empty();
        for (const schema_table& fresh : changes.created) {
            if (!same_shape(table, fresh)) continue;
            one.looks_like = quoted(fresh.name);
            one.at = fresh.at;
            one.hint = "write 'was: " + table.entity + "' on " + quoted(fresh.entity) + " to keep its rows";
            break;
        }
        out.push_back(std::move(one));
    }
    std::map<std::string, std::string> renamed;
    for (const table_change& one : changes.changed) renamed[one.before.name] = one.after.name;
    for (const table_change& one : changes.changed) table_lister(one, renamed, out).run();
    return out;
}

}  // namespace tenon::gen
