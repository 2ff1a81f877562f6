// The changes of a plan as unified diffs, for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/apply/apply.hpp"
#include "generator/support/terminal.hpp"

namespace tenon::gen {

/// A unified diff with three lines of context; empty when both are equal. Contents that are binary or larger than
/// 1 MiB are only said to differ.
std::string unified_diff(std::string_view before, std::string_view after, const std::string& before_name,
                         const std::string& after_name, const painter& paint);

/// Diffs of all entries that write, update, delete or set something beside: what is on disk against staged content.
outcome<std::string> diff_of(const std::vector<plan_entry>& entries, filesystem& project, const painter& paint);

}  // namespace tenon::gen
