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

/// Structs, classes and unions, and their members, functions too.
struct declared_types {
    std::set<std::string, std::less<>> names{};
    std::set<std::string, std::less<>> members{};
};

/// Those that other lines than the known ones declare.
declared_types types_declared_in(const std::vector<token_line>& text, const std::set<std::string_view>& known);

}  // namespace tenon::gen
