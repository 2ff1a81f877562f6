// A plan as a person reads it: what is going to happen, on one screen.
#pragma once

#include <string>
#include <vector>

#include "generator/plan/plan.hpp"
#include "generator/support/terminal.hpp"

namespace tenon::gen {

/// The entries somebody should look at, grouped, then the totals: all that is in error or conflict, merged, deleted or
/// no longer generated; of what else changes or comes no more than make `max_lines` in all, and how many more. Ends
/// with a newline.
std::string summarize(const std::vector<plan_entry>& entries, const painter& paint, std::size_t max_lines = 30);

/// What an entry is counted as: one that moves into a conflict, or whose conflict is open, is in conflict.
plan_action counted_as(const plan_entry& entry);

/// The totals alone: "2 to create, 1 to update; 210 unchanged, 3 kept". No newline.
std::string totals(const std::vector<plan_entry>& entries);

/// The same for entries that have been applied: "2 created, 1 updated, 1 recorded".
std::string applied_totals(const std::vector<plan_entry>& entries);

/// What a reason means, for a person.
std::string_view explain(plan_reason reason);

}  // namespace tenon::gen
