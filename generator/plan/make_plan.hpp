// Tree × manifest × project directory → plan. Reads the project, writes nothing.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "generator/plan/bases.hpp"
#include "generator/plan/manifest.hpp"
#include "generator/plan/plan.hpp"
#include "generator/support/filesystem.hpp"

namespace tenon::gen {

/// What a plan says about its origin.
struct plan_origin {
    std::string generator_version;
    digest spec = absent;
};

/// What to do where both sides changed the same lines.
enum class conflict_policy {
    beside,  ///< The generated content goes to `FILE.new`; the file stays. The default.
    mine,    ///< The user's lines win in each such place, and count as decided.
    theirs,  ///< The generated lines win in each such place; undo has what they replace.
    abort,   ///< There is no plan as long as there is such a place.
};

/// What the caller wants of a plan beyond the rules.
struct plan_wishes {
    conflict_policy on_conflict = conflict_policy::beside;
    std::vector<std::string> restore;  ///< Globs of files that the user deleted and wants back.
    std::set<std::string> replaced;    ///< Frozen files to be removed: migrations emitted anew under another number.
};

/// A manifest together with the digest of its bytes, both empty (`absent`) in a directory without one; and the bases.
struct known_manifest {
    manifest content;
    digest bytes = absent;
    base_texts bases{};
};

/// Refuses a tree with a path that `why_path_refused` or `why_paths_clash` objects to: nothing of it is planned.
outcome<void> check_tree(const tree& t);

/// The manifest and the bases of a project; absent ones are empty. `malformed` when they cannot be understood.
outcome<known_manifest> load_manifest(filesystem& project);

/// Judges every path of the tree and of the manifest. Only reads `project`. When nothing is pending the entries of
/// files that are as generated have no digests (they cost more than all the rest): see `complete_digests`.
/// Refuses: conflict markers in a file that git could not merge either, a restore of what is not deleted, conflicts
/// under `abort`.
outcome<plan> make_plan(const tree& t, const known_manifest& before, filesystem& project, const plan_origin& origin,
                        const plan_wishes& wishes = {});

/// Fills in the digests that `make_plan` left out. `t` is the tree that the plan was made of.
void complete_digests(plan& p, const tree& t);

}  // namespace tenon::gen
