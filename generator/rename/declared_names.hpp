// The variables, parameters and members that lines of C++ declare.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generator/rename/tokens.hpp"

namespace tenon::gen {

/// Adds the names that `line` declares, as far as a line tells: "title" of `std::string title;` and of `f(auto&
/// title)`.
void add_declared(const token_line& line, std::set<std::string, std::less<>>& names);

/// The members that the text's structs, classes and unions declare, functions too, in other lines than the known ones.
std::set<std::string, std::less<>> declared_members(const std::vector<token_line>& text,
                                                    const std::set<std::string_view>& known);

}  // namespace tenon::gen
