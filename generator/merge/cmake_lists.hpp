// Merging the lists of CMake commands: sources, libraries, options.
#pragma once

#include <string>

#include "generator/merge/merge.hpp"

namespace tenon::gen {

struct three_owned_texts {
    std::string base;
    std::string mine;
    std::string theirs;

    three_texts view() const { return {base, mine, theirs}; }
};

/// The sides with each list that both sides changed replaced by its merge, the same in all: `target_link_libraries`,
/// `add_library`, `set` and the like, argument by argument. A list stays as it is when the command does not occur
/// exactly once in each side, or when its changes contradict each other.
three_owned_texts with_merged_lists(const three_texts& sides);

}  // namespace tenon::gen
