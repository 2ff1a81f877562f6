// What a changed retention deletes or keeps: records in the bin are gone for good once they have been there for `keep`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "generator/impact/access_record.hpp"
#include "generator/plan/impact.hpp"

namespace tenon::gen {

struct retention_impact {
    impact what;         ///< Without its place.
    std::string entity;  ///< As in permissions: "task".
};

/// Bins that begin to be emptied, or are emptied earlier, or later, or no longer. An entity that had none loses
/// nothing: what was deleted was gone. `renamed`: entities as they were -> as they are.
std::vector<retention_impact> compare_retention(const bin_record& before, const bin_record& after,
                                                const std::map<std::string, std::string>& renamed);

}  // namespace tenon::gen
