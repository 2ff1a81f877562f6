// Every code that a problem document of the runtime can have: those that features declare. docs/problems.md and the
// pages under /problems/ are made of this; a code that is missing is found by problem_kinds_test.
#include <algorithm>
#include <vector>

#include <tenon/http/problem.hpp>

#include "feature/feature.hpp"

namespace tenon::http {
namespace {

std::vector<problem_kind> kinds_of_features() {
    std::vector<problem_kind> out;
    for (const feature::problem& each : feature::problems_of(feature::all_features()))
        out.push_back({each.code, each.status, each.meaning, each.remedy});
    return out;
}

const std::vector<problem_kind>& kinds() {
    static const std::vector<problem_kind> all = kinds_of_features();
    return all;
}

}  // namespace

std::span<const problem_kind> problem_kinds() {
    return kinds();
}

const problem_kind* find_problem_kind(std::string_view code) {
    const auto found =
        std::lower_bound(kinds().begin(), kinds().end(), code,
                         [](const problem_kind& one, std::string_view wanted) { return one.code < wanted; });
    return found != kinds().end() && found->code == code ? &*found : nullptr;
}

}  // namespace tenon::http
