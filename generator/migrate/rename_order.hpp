// An order for renames in which no name is taken twice.
#pragma once

#include <string>
#include <vector>

#include "generator/migrate/changes.hpp"

namespace tenon::gen {

/// One statement's worth: from, to, and which of the wanted renames it belongs to.
struct rename_step {
    std::string from;
    std::string to;
    std::size_t of = 0;
};

/// The steps that do all of `wanted`, which happen at once in one set of names: each target is free when its turn
/// comes, because what bears it has moved before. Where they go in a circle, one of them moves out of the way first, to
/// a name with a space in it, which nothing of a spec can have.
std::vector<rename_step> in_order(const std::vector<renaming>& wanted);

}  // namespace tenon::gen
