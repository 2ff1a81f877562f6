// What two sequences have in common, as git's diff finds it.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace tenon::gen {

/// Positions in two sequences.
using item_pair = std::pair<std::size_t, std::size_t>;

/// Pairs of equal items, ascending on both sides. Empty when libgit2 fails: then nothing is known to be common.
std::vector<item_pair> common_items(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b);

}  // namespace tenon::gen
