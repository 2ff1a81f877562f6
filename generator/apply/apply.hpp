// Plan → directory. Knows nothing of where a plan comes from; refuses one that the project has moved away from.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "generator/apply/changes.hpp"
#include "generator/plan/make_plan.hpp"
#include "generator/plan/plan.hpp"
#include "generator/support/filesystem.hpp"

namespace tenon::gen {

/// Every path that is not as `p` found it, the manifest included; empty when the plan still holds.
outcome<std::vector<std::string>> stale_paths(const plan& p, filesystem& project);

/// `p` as it is saved in a project, together with the digest the manifest will know it by.
struct saved_plan {
    plan content;
    digest bytes = absent;
};

/// plan.json of a project, if there is one.
outcome<std::optional<saved_plan>> load_plan(filesystem& project);

/// Writes plan.json, conflicts.json and the content the plan needs under .tenon/stage/, as one change set. Writes
/// nothing when all of that is there already, or when there is nothing to do and the plan last applied is still there.
/// Says whether it wrote. The project must be locked and recovered.
outcome<bool> save_plan(const plan& p, const known_manifest& known, const tree& contents, filesystem& project);

/// Applies the pending entries of `p` whose path matches one of `only` (all when it is empty), from the staged content,
/// and records them in the manifest. What is left over stays in plan.json. Requires: locked, recovered, and not stale.
outcome<std::vector<plan_entry>> apply_saved_plan(const saved_plan& p, const std::vector<std::string>& only,
                                                  filesystem& project);

/// Applies a plan at once, with the content from the tree it was made of: for a directory that is no project yet.
outcome<void> apply_in_place(const plan& p, const tree& contents, filesystem& project);

/// Writes a whole new project beside its place and renames it there: `parent`/`name` is absent or an empty directory
/// before, complete afterwards, and nothing in between. `p` must consist of creations.
outcome<void> create_project(const plan& p, const tree& contents, filesystem& parent, const std::string& name);

/// The sibling directory, below `parent`, in which `create_project` builds `name`. Lock it to build alone.
std::string building_place(const std::string& name);

/// The files that wait beside conflicting ones, as the manifest knows them and the disk still has them.
outcome<std::vector<std::string>> waiting_files(const manifest& m, filesystem& project);

/// The manifest after `applied` entries of `p`. `complete`: nothing of `p` is left to do.
manifest next_manifest(const manifest& before, const plan& p, const std::vector<plan_entry>& applied, bool complete);

}  // namespace tenon::gen
