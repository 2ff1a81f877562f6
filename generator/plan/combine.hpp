// Both sides changed a file: what the merge, or the policy for conflicts, makes of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/merge/merge.hpp"
#include "generator/plan/make_plan.hpp"

namespace tenon::gen {

struct combination {
    bool clean = false;   ///< `text` has the changes of both sides.
    bool chosen = false;  ///< Not clean, but the policy decided every conflict: `text` is the outcome.
    std::string text;
    std::vector<conflict_hunk> hunks;  ///< What is in conflict.
};

/// Merges; where that leaves conflicts, follows the policy (`beside` and `abort` leave them).
outcome<combination> combine(std::string_view path, const three_texts& sides, conflict_policy policy);

/// The places of a conflict. Without a base (a file that was the user's before) it is the whole file.
outcome<std::vector<conflict_hunk>> conflict_hunks(std::string_view path, const std::optional<std::string>& base,
                                                   const std::string& mine, const std::string& theirs);

}  // namespace tenon::gen
