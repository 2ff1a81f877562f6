// Conflicts that the user ended by deleting the file beside: nothing is left to do but to write that down.
#pragma once

#include <string>
#include <vector>

#include "generator/support/filesystem.hpp"

namespace tenon::gen {

/// Locks the project if such conflicts are still to be recorded, and says so. Fails with `interrupted_run` when an
/// earlier run was killed half way; it is not locked then.
outcome<bool> lock_to_record(filesystem& project);

/// Records them, and returns their paths. Requires: locked, and recovered or not interrupted.
outcome<std::vector<std::string>> record_by_hand(filesystem& project);

}  // namespace tenon::gen
