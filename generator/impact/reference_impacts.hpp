// What a changed rule of a ref does: whom a deletion takes along from now on, when it is refused, which refs it
// empties.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "generator/impact/access_record.hpp"
#include "generator/plan/impact.hpp"

namespace tenon::gen {

struct reference_impact {
    impact what;            ///< Without its place.
    std::string reference;  ///< "task.project"
};

/// How names of the former record are written now.
struct present_names {
    std::map<std::string, std::string> entities;  ///< As they were -> as they are: "ticket" -> "task".
    std::map<std::string, std::string> fields;    ///< Below their entity's present name: "task.chief" -> "task.lead".
    std::set<std::string> known;                  ///< Present names of what is not new.
};

/// Between records that were there, whoever deletes the target needs no right on what cascades: that is told as a
/// right that people get. What a new entity refers to or is referred to by is not told, nor are refs to User: their
/// rules never act.
std::vector<reference_impact> compare_references(const reference_record& before, const reference_record& after,
                                                 const present_names& names);

}  // namespace tenon::gen
