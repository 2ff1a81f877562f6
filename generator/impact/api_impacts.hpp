// Two versions of openapi.yaml, and what the second means for clients written against the first.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generator/impact/schema_diff.hpp"

namespace tenon::gen {

/// What operations of renamed entities were called -> what they are called.
using renamed_operations = std::map<std::string, std::string>;

/// Parses only the blocks that differ. Differences that no client can see (descriptions, examples) are none. When the
/// documents cannot be understood, the one finding says so.
std::vector<api_finding> compare_api(std::string_view before, std::string_view after,
                                     const renamed_operations& renamed = {});

}  // namespace tenon::gen
