// Files of an entity that has a new name: they go along, with what the user made of them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "generator/plan/judge_path.hpp"

namespace tenon::gen {

struct planned_moves {
    std::map<std::string_view, std::string> former;  ///< New path -> former path.
    std::set<std::string_view> gone;                 ///< The former paths: there is nothing else to say of them.
};

/// What has to move: the manifest knows the former path and not the new one, and at most one of them is on disk (the
/// user may have moved the file already). Two entities that take each other's names do not move.
outcome<planned_moves> find_moves(const plan_work& work);

/// Adds the entry of the new path. Both sides are taken over under the new names, then judged and merged as ever.
outcome<void> judge_move(plan_work& work, std::string_view path, const std::string& former);

}  // namespace tenon::gen
