// orphans.cmake: sources that stay in the project although nothing generates them any more, and must not be compiled.
#pragma once

#include <string_view>

#include "generator/plan/make_plan.hpp"

namespace tenon::gen {

/// Included by the project's CMakeLists.txt; exists only while there are such sources.
inline constexpr std::string_view orphan_list_path = "orphans.cmake";

/// Adds orphans.cmake to the tree if a dropped entity leaves sources behind: seeded ones, and generated ones that the
/// user edited. The folders of a layer are globbed, so they would still be compiled, against headers that are gone.
/// Only reads `project`.
outcome<void> add_orphan_list(tree& t, const known_manifest& before, filesystem& project);

}  // namespace tenon::gen
