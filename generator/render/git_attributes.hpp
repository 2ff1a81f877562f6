// What git must not do to files that are known by their digests.
#pragma once

#include "generator/render/tree.hpp"

namespace tenon::gen {

/// Adds a `.gitattributes` to `.tenon/` and to `migrations/`, where it wins over one that the project's root has. Both
/// are seeded, so that one of the user's own stays.
void add_git_attributes(tree& files);

}  // namespace tenon::gen
