// .tenon/base/: the last generated content of each file that may have to be merged one day.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "generator/apply/changes.hpp"
#include "generator/plan/manifest.hpp"

namespace tenon::gen {

/// Path below the project -> digest of every base copy that a project with this manifest has.
std::map<std::string, digest> base_copies(const manifest& m);

/// The changes that lead from the copies of one manifest to those of another.
std::vector<change> base_changes(const manifest& before, const manifest& after);

}  // namespace tenon::gen
