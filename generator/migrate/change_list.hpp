// What a migration means for the data, change by change, in words for people.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/migrate/changes.hpp"
#include "generator/support/diagnostics.hpp"

namespace tenon::gen {

enum class change_kind {
    table_added,
    table_dropped,
    table_renamed,
    column_added,
    column_dropped,
    column_renamed,
    column_changed,   ///< Another type.
    column_narrowed,  ///< Shorter, or a rule that was not there.
    column_required,
    column_optional,
    default_changed,
    values_added,
    values_removed,
    values_renamed,
    rule_changed,  ///< Longer, or a rule that is gone.
    index_changed,
    unique_added,
    unique_dropped,
    reference_changed,
    policy_changed,
    bin_added,    ///< Records can be deleted into the bin by themselves.
    bin_dropped,  ///< Records go into the bin only with what they refer to.
};

/// "table_added"
std::string_view to_string(change_kind kind);

enum class change_effect {
    safe,
    look,        ///< Nothing is lost, but it may fail over rows that are there, or take its time.
    loses,       ///< Takes something away from rows that are there, or fails over it: only when allowed.
    impossible,  ///< There is no migration for it.
};

struct schema_change {
    change_kind kind = change_kind::table_added;
    change_effect effect = change_effect::safe;
    bool irreversible = false;   ///< What it takes away does not come back.
    bool by_name_alone = false;  ///< Whoever means all losses has not been told of this one.
    std::string table;           ///< As it is called afterwards; a dropped one as it was.
    std::string column;          ///< The same; empty: the whole table.
    std::string sentence;        ///< "drops the column 'notes' of 'tasks'": without a full stop.
    std::string hint;            ///< How to do without, or what to do before; may be empty.
    std::string looks_like;  ///< Something goes and something of the same shape comes: its name, or names, in quotes.
    source_range at;         ///< The field, else the entity; nothing when neither is in the spec any more.
};

/// What a loss is called on the command line: "column:tasks.notes", "table:tasks".
std::string loss_name(const schema_change& change);

/// The losses that are meant.
struct meant_losses {
    bool all = false;
    std::set<std::string> names{};  ///< As `loss_name` gives them.

    bool have(const schema_change& loss) const {
        return (all && !loss.by_name_alone) || names.contains(loss_name(loss));
    }
};

std::vector<schema_change> list_changes(const schema_changes& changes);

/// What cannot be done, and what loses data without being `meant`, all of it, each at its place.
diagnostics refusals_of(const std::vector<schema_change>& list, const std::vector<rename_clash>& clashes,
                        const meant_losses& meant);

/// A few words for the file's name: "initial", "create_tasks", "add_tasks_priority", "…_and_more". At most 60 bytes.
std::string slug_of(const std::vector<schema_change>& list, bool first);

}  // namespace tenon::gen
