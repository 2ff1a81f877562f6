// The variables, parameters and members that lines of C++ declare.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "generator/rename/tokens.hpp"

namespace tenon::gen {

/// Adds the names that `line` declares, as far as a line tells: "title" of `std::string title;` and of `f(auto&
/// title)`.
void add_declared(const token_line& line, std::set<std::string, std::less<>>& names);

}  // namespace tenon::gen
