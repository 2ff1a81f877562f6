// Where a project stands: what `apply-plan` reports, and the exit code that goes with it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/apply/apply.hpp"
#include "generator/support/exit_code.hpp"

namespace tenon::gen {

struct project_status {
    exit_code code = exit_code::clean;
    std::optional<saved_plan> saved;   ///< Nothing without a plan.json.
    bool applied = false;              ///< The saved plan is done; there is nothing left in it.
    bool interrupted = false;          ///< An earlier run was killed half way: the next one that writes finishes it.
    std::vector<std::string> stale;    ///< Paths that changed since the plan was made.
    std::vector<std::string> waiting;  ///< `.new` files left beside others.
    std::vector<std::string> settled;  ///< Paths of conflicts ended by hand, which is still to be recorded.
    std::vector<std::string> edited;   ///< Parts of the runtime that the user edited: no upgrade is merged into them.
    std::vector<std::string> wrong;    ///< Paths in error that still are as the plan found them.
};

/// What helps a project in which an earlier run was killed half way.
failure interrupted_run();
/// Fails with `interrupted_run` in such a project: it is partly of before and partly new, so there is nothing true to
/// say about its files. Only reads.
outcome<void> refuse_interrupted(filesystem& project);

/// Locks a project to write to it without finishing what an earlier run has begun; fails as `refuse_interrupted` does,
/// and then it is not locked.
outcome<void> lock_uninterrupted(filesystem& project);

/// Only reads.
outcome<project_status> status_of(filesystem& project);

}  // namespace tenon::gen
