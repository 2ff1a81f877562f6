// Tree × manifest × project directory → plan. Reads the project, writes nothing.
#pragma once

#include "generator/plan/manifest.hpp"
#include "generator/plan/plan.hpp"
#include "generator/support/filesystem.hpp"

namespace tenon::gen {

/// What a plan says about its origin.
struct plan_origin {
    std::string generator_version;
    digest spec = absent;
};

/// A manifest together with the digest of its bytes; both empty (`absent`) in a directory without one.
struct known_manifest {
    manifest content;
    digest bytes = absent;
};

/// Refuses a tree with a path that `why_path_refused` or `why_paths_clash` objects to: nothing of it is planned.
outcome<void> check_tree(const tree& t);

/// The manifest of a project; an absent one is empty. `malformed` when it cannot be understood.
outcome<known_manifest> load_manifest(filesystem& project);

/// Judges every path of the tree and of the manifest. Only reads `project`.
outcome<plan> make_plan(const tree& t, const known_manifest& before, filesystem& project, const plan_origin& origin);

}  // namespace tenon::gen
