// Two permission matrices, and what the second lets people do that the first did not, or no longer.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "generator/impact/access_record.hpp"
#include "generator/plan/impact.hpp"

namespace tenon::gen {

/// `renamed`: nouns of permissions as they were -> as they are ("ticket" -> "task"). Places are not filled in: each
/// impact comes with the role or the permission that it is about.
struct access_impact {
    impact what;
    std::string role;
    std::string permission;  ///< Empty: the impact is about the role.
};

std::vector<access_impact> compare_access(const access_matrix& before, const access_matrix& after,
                                          const std::map<std::string, std::string>& renamed);

}  // namespace tenon::gen
