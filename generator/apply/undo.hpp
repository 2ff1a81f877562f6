// Taking back what was applied last: its record is written together with the changes themselves.
#pragma once

#include <string>
#include <vector>

#include "generator/apply/changes.hpp"
#include "generator/apply/contents.hpp"
#include "generator/plan/plan.hpp"

namespace tenon::gen {

/// One file as it was before and as it is since.
struct undo_step {
    std::string path;
    digest before = absent;
    digest after = absent;
    mode_t before_mode = 0;  ///< 0 for an absent file.
    mode_t after_mode = 0;   ///< 0 where nobody can tell beforehand (a new file) or the file is gone.
};

/// What the last apply did, by path. Contents from before are in `undo_directory`, by digest.
struct undo_record {
    std::vector<undo_step> steps;
};

std::string write_undo_record(const undo_record& r);
/// Distrusts what it reads: refuses paths that Tenon would not write.
outcome<undo_record> read_undo_record(std::string_view text);

/// Puts in front of `changes` those that keep what they overwrite or remove, in place of what was kept before: only the
/// last apply can be undone. The contents are found through `contents`.
outcome<void> keep_for_undo(std::vector<change>& changes, filesystem& project, project_contents& contents);

struct undo_report {
    std::vector<std::string> changed;  ///< Edited since: nothing was undone. Empty when all is as it was before.
    std::vector<std::string> saved;    ///< Saved while the rest was undone: left as they are.
    std::vector<std::string> undone;   ///< The user's files among those that were brought back or taken away.
};

/// Brings back the bytes and modes of before the last apply, as one change set, its plan included: it can be applied
/// again. Requires: locked and recovered. `refused` when there is nothing to undo.
outcome<undo_report> undo_last_apply(filesystem& project);

}  // namespace tenon::gen
