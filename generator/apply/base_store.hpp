// .tenon/base/: the last generated content of each file that may have to be merged one day.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "generator/apply/changes.hpp"
#include "generator/plan/manifest.hpp"
#include "generator/plan/plan.hpp"

namespace tenon::gen {

/// Path below the project -> digest of every base copy that a project has which consists of these entries.
std::map<std::string, digest> base_copies(const std::vector<plan_entry>& entries);

/// The changes that lead from the copies on disk to those that applying `entries` leaves.
outcome<std::vector<change>> base_changes(filesystem& project, const std::vector<plan_entry>& entries,
                                          const manifest& before);

}  // namespace tenon::gen
