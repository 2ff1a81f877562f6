// What is to become of each file of a project, and why: the value between planning and applying, and plan.json.
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/merge/merge.hpp"
#include "generator/plan/impact.hpp"
#include "generator/render/tree.hpp"
#include "generator/support/failure.hpp"
#include "generator/support/sha256.hpp"

namespace tenon::gen {

enum class plan_action {
    create,     ///< The path is free: the file is written.
    move,       ///< Its entity has a new name: the file goes along, with the user's changes.
    update,     ///< The user did not touch it: the new content replaces it.
    merge,      ///< Both sides changed it, in different places: it gets the changes of both.
    unchanged,  ///< It already is what is generated; not written.
    keep,       ///< It is the user's, or changed by the user alone; not written.
    conflict,   ///< Both sides changed the same place: the new content goes beside it, the file stays.
    remove,     ///< No longer generated and untouched: deleted.
    orphan,     ///< No longer generated, but edited or the user's: kept and reported.
    respect,    ///< The user deleted it: stays deleted.
    error,      ///< Must not be as it is (an altered migration, a directory in the way); nothing is done.
};

enum class plan_reason {
    new_file,             ///< create: not generated before
    restored,             ///< create: deleted by the user, and wanted back
    renamed,              ///< move
    generated_changed,    ///< update: what is generated differs from last time
    mode_changed,         ///< update: only the executable bit differs
    same_content,         ///< unchanged
    caught_up,            ///< unchanged, keep: the user already made the change; only Tenon's records learn it
    both_merged,          ///< merge: edited by the user, and generated differently elsewhere in the file
    edited_by_user,       ///< keep, orphan: differs from what was generated
    vendored_edited,      ///< keep, conflict: a part of the runtime, edited by the user; no upgrade is merged into it
    seeded_once,          ///< keep, orphan: written once, then the user's
    frozen_once,          ///< keep: emitted migrations stay
    conflict_open,        ///< keep: an earlier conflict is not resolved yet, and nothing new has come
    conflict_closed,      ///< keep, unchanged: the content that waited beside it is no longer needed
    conflict_resolved,    ///< keep, unchanged: the user took what was wanted; only Tenon's records learn it
    both_changed,         ///< conflict, move: edited by the user, and generated differently, in the same place
    unowned,              ///< conflict: there before Tenon generated it
    mine_chosen,          ///< keep, merge: a conflict, decided for what the user has
    theirs_chosen,        ///< merge: a conflict, decided for what is generated
    no_longer_generated,  ///< remove
    migration_replaced,   ///< remove, update: a migration not released yet, emitted anew
    deleted_by_user,      ///< respect
    renamed_by_user,      ///< respect: its content is now in a file that Tenon does not know
    frozen_edited,        ///< error: an emitted migration was edited
    frozen_missing,       ///< error: an emitted migration was deleted
    frozen_rewritten,     ///< error: the generator would emit an old migration differently
    not_a_file,           ///< error: a directory, link or device is where the file or its directory belongs
};

/// The file that is written beside the one in conflict, stays there while the conflict is open (`after` is `before`),
/// or is removed (`after` is `absent`) when it has served.
struct beside_file {
    std::string path;
    digest before = absent;
    digest after = absent;
};

/// Where a moved file comes from.
struct moved_file {
    std::string path;
    digest before = absent;  ///< `absent` when the user had moved or deleted it already.
    mode_t before_mode = 0;
};

/// What happens to one path. Digests are of content; `absent` is one of them.
struct plan_entry {
    std::string path;
    plan_action action = plan_action::unchanged;
    plan_reason reason = plan_reason::same_content;
    owner_class owner = owner_class::generated;
    bool executable = false;   ///< The mode the generator wants: 0755 or 0644.
    mode_t before_mode = 0;    ///< The lower twelve mode bits on disk when the plan was made; 0 for an absent file.
    digest before = absent;    ///< On disk when the plan was made.
    digest base = absent;      ///< As last generated.
    digest after = absent;     ///< On disk once applied.
    digest new_base = absent;  ///< What counts as last generated once applied.
    std::optional<beside_file> beside;
    std::optional<moved_file> from;
    std::string now_at;                ///< Of one that its user renamed: where it seems to be.
    std::vector<conflict_hunk> hunks;  ///< Of a conflict, for conflicts.json; plan.json leaves them out.
};

inline constexpr int plan_format_version = 2;

struct plan {
    std::string generator_version;
    digest spec = absent;
    digest manifest = absent;         ///< Of .tenon/manifest.json when the plan was made.
    std::vector<plan_entry> entries;  ///< Sorted by path, each path once.
    std::vector<impact> impacts{};    ///< What the change means, the worst first.
    /// What merging and moving made: contents that neither the tree nor the disk has. Staged, not part of plan.json.
    std::map<digest, std::string> contents{};
};

std::string_view to_string(plan_action action);
std::string_view to_string(plan_reason reason);
std::string_view to_string(owner_class owner);
std::optional<plan_action> parse_plan_action(std::string_view text);
std::optional<plan_reason> parse_plan_reason(std::string_view text);
std::optional<owner_class> parse_owner_class(std::string_view text);

/// Whether applying the entry changes anything on disk (a file, or what the manifest knows of it).
bool is_pending(const plan_entry& entry);
/// Whether applying the entry writes content to its path.
bool writes_file(const plan_entry& entry);
/// Whether a person should know of the entry although there is nothing to do: the file is there, and nothing keeps it
/// up to date.
bool is_left_behind(const plan_entry& entry);
/// Whether the entry is in the user's hands: a conflict, new or still open, or an error.
bool needs_attention(const plan_entry& entry);

bool has_pending(const plan& p);
bool has_attention(const plan& p);
bool has_left_behind(const plan& p);

/// The digests of content that applying the entry needs and that the disk may not hold: what has to be staged.
std::set<digest> staged_contents(const plan_entry& entry);

/// plan.json: one entry a line, sorted, so that two plans compare line by line.
std::string write_plan(const plan& p);
/// Reads and distrusts: closed keys and enums, digests, safe paths, order, and actions that make sense.
outcome<plan> read_plan(std::string_view text);

/// conflicts.json: what a person, or a tool, has to decide. Empty text when there is nothing.
std::string write_conflicts(const std::vector<plan_entry>& entries);

}  // namespace tenon::gen
