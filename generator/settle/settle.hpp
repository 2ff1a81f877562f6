// Deciding open conflicts: afterwards the project is as if the merge had been clean.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/settle/open_conflicts.hpp"

namespace tenon::gen {

/// What a conflict ends with.
struct decided_conflict {
    const waiting_conflict* about = nullptr;
    std::optional<std::string> text;  ///< The file from now on; nothing: it stays deleted.
};

enum class side { mine, theirs, merged };

/// The text of a side; `refused` for a merge that is not clean, with the lines where it is not.
outcome<std::string> take_side(const waiting_conflict& one, side wanted);

/// Writes each file, removes what waited beside it, and makes what Tenon had written there the base: as one change set
/// that `apply-plan --undo` takes back. Requires: locked and recovered.
outcome<void> settle_conflicts(const std::vector<decided_conflict>& decided, filesystem& project);

}  // namespace tenon::gen
