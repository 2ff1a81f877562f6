// Plan → directory. Knows nothing of where a plan comes from; refuses one that the project has moved away from.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "generator/apply/changes.hpp"
#include "generator/plan/make_plan.hpp"
#include "generator/plan/plan.hpp"
#include "generator/support/filesystem.hpp"

namespace tenon::gen {

/// Every path that is not as `p` found it (content and mode), the manifest and the bases included; empty when the plan
/// still holds.
outcome<std::vector<std::string>> stale_paths(const plan& p, filesystem& project);

/// `p` as it is saved in a project, together with its digest.
struct saved_plan {
    plan content;
    digest bytes = absent;
};

/// The digest of the plan.json that was applied last and has nothing left to apply; `absent` when there is none.
outcome<digest> load_applied(filesystem& project);
/// What `applied_path` holds for it.
std::string applied_text(const digest& plan_bytes);

/// What has to be staged for the pending entries of `p`.
std::set<digest> wanted_stage(const plan& p);

/// plan.json of a project, if there is one; that of a Tenon before too, which left it in the project's root.
outcome<std::optional<saved_plan>> load_plan(filesystem& project);

/// Writes plan.json, conflicts.json and the content the plan needs under .tenon/local/stage/, as one change set. Writes
/// nothing when all of that is there already, or when there is nothing to do and the plan last applied is still there.
/// Says whether it wrote. The project must be locked and recovered.
outcome<bool> save_plan(const plan& p, const tree& contents, filesystem& project);

/// The entries whose path matches one of `only` (all when it is empty). With one file of a migration come all that is
/// planned of migrations: their files and records hold only together.
std::vector<plan_entry> selected_entries(const plan& p, const std::vector<std::string>& only);

struct applied_plan {
    std::vector<plan_entry> entries;  ///< As they were planned.
    left_alone saved;  ///< Saved by somebody in the meantime: their entries are what is left in plan.json.
};

/// Applies the pending ones of `selected_entries`, from the staged content, and records them in the manifest. What is
/// left over stays in plan.json. `stale` when somebody saved a file before anything was written. Requires: locked,
/// recovered, and not stale.
outcome<applied_plan> apply_saved_plan(const saved_plan& p, const std::vector<std::string>& only, filesystem& project);

/// Applies a plan at once, with the content from the tree it was made of: for a directory that is no project yet.
outcome<void> apply_in_place(const plan& p, const tree& contents, filesystem& project);

/// Writes a whole new project beside its place and renames it there: `parent`/`name` is absent or an empty directory
/// before, complete afterwards, and nothing in between. `p` must consist of creations.
outcome<void> create_project(const plan& p, const tree& contents, filesystem& parent, const std::string& name);

/// The sibling directory, below `parent`, in which `create_project` builds `name`. Lock it to build alone.
std::string building_place(const std::string& name);

/// The files that wait beside conflicting ones, as the manifest knows them and the disk still has them.
outcome<std::vector<std::string>> waiting_files(const manifest& m, filesystem& project);
/// Paths whose conflict the user ended by deleting the file beside, which the manifest does not know yet. Only reads.
outcome<std::vector<std::string>> settled_by_hand(const known_manifest& known, filesystem& project);
/// Parts of the runtime that are not as the manifest knows them: edited, and not in conflict. Only reads.
outcome<std::vector<std::string>> edited_vendored(const manifest& m, filesystem& project);

/// The manifest after `applied` entries of `p`.
manifest next_manifest(const manifest& before, const plan& p, const std::vector<plan_entry>& applied);

}  // namespace tenon::gen
