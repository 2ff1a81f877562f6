// The git program as the judge of merges.
#pragma once

#include <optional>
#include <string>

#include "generator/merge/merge.hpp"

namespace tenon::gen {

/// What `git merge-file` makes of three texts; nothing when it finds conflicts.
std::optional<std::string> git_merge_file(const three_texts& sides);

}  // namespace tenon::gen
