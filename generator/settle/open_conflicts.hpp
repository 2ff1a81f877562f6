// The conflicts that wait in a project, each with its three sides.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/merge/merge.hpp"
#include "generator/plan/make_plan.hpp"
#include "generator/support/filesystem.hpp"
#include "generator/support/terminal.hpp"

namespace tenon::gen {

struct waiting_conflict {
    std::string path;
    std::string beside;  ///< "src/a.cpp.new"
    std::optional<std::string>
        base;  ///< As last generated; nothing when the file was there before Tenon, or is vendored.
    std::optional<std::string> mine;  ///< On disk; nothing when the user has deleted it.
    std::string theirs;               ///< What the file beside holds now.
    std::string written;              ///< What Tenon wrote there. Differs from `theirs` when the user edited it.
    merged_text merged;               ///< Of what is on disk now; clean when only one side is left to take.
};

/// Those whose file beside is still there, by path. `patterns`: only these (globs); each has to find one.
outcome<std::vector<waiting_conflict>> open_conflicts(const known_manifest& known, filesystem& project,
                                                      const std::vector<std::string>& patterns);

/// Those that the user ended by deleting the file beside, by path: `theirs` is what was written there.
outcome<std::vector<waiting_conflict>> ended_conflicts(const known_manifest& known, filesystem& project);

std::string conflicts_text(const std::vector<waiting_conflict>& all, const painter& paint);
/// `settled`: paths decided in this run.
std::string conflicts_json(const std::vector<waiting_conflict>& open, const std::vector<std::string>& settled);

}  // namespace tenon::gen
