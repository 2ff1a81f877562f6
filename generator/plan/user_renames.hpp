// Generated files that their user gave another name: the plan says where they seem to be.
#pragma once

#include "generator/plan/judge_path.hpp"

namespace tenon::gen {

/// Looks for the content of each file that its user deleted among the files that Tenon does not know. A file found is
/// not touched: it no longer follows the spec, and the entry says so (`renamed_by_user`, `now_at`). Reads the project's
/// sources only if such a file was deleted.
outcome<void> find_user_renames(plan_work& work);

}  // namespace tenon::gen
