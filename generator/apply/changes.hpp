// A set of file changes that happens whole or not at all, whenever the process is killed.
//
//   write every new content beside its target, under a journal "prepared"
//   barrier                                        killed before here: the next run removes the temporary files
//   rename the journal to "committed"              killed after here:  the next run finishes
//   rename into place, remove, prune directories
//   barrier, then the last change (the manifest), then the journal goes
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "generator/support/filesystem.hpp"
#include "generator/support/sha256.hpp"

namespace tenon::gen {

struct change {
    enum class kind { write, remove, set_mode };

    kind what = kind::write;
    std::string path;
    digest before =
        absent;             ///< On disk before. Finishing after a crash spares a file that is neither this nor `after`.
    digest after = absent;  ///< The content to be written; `absent` for a removal.
    /// Wanted of a new file, or where the generator changed it. Without it, a file that is replaced keeps its
    /// permissions.
    std::optional<bool> executable{};
    /// Exactly these, whatever is there; goes before `executable`.
    std::optional<mode_t> permissions{};
};

/// Adds the change that makes `path` hold `wanted` (or vanish, when that is `absent`), unless it does already.
outcome<void> want_content(std::vector<change>& changes, filesystem& project, std::string_view path,
                           const digest& wanted);

/// What is at a path: the digest of a file, `absent`, or a text that is no digest for anything else.
outcome<digest> digest_on_disk(filesystem& project, std::string_view path);

/// Gives the content of a digest; it is checked against that digest before use.
using content_source = std::function<outcome<std::string>(const digest&)>;

/// Does all of `changes`, in their order; the last one after everything else is on disk. When it fails before the
/// commit everything is as it was; when it fails after, `recover` finishes. The project must be locked.
outcome<void> commit_changes(filesystem& project, const std::vector<change>& changes, const content_source& contents);

enum class recovery {
    nothing,      ///< There was no interrupted run.
    rolled_back,  ///< One was undone.
    finished,     ///< One was completed.
};

struct recovery_report {
    recovery what = recovery::nothing;
    /// Files edited after the interruption: left alone, the new content went beside them.
    std::vector<std::string> set_aside;
};

/// Finishes or undoes what an interrupted `commit_changes` left. Call it under the lock, before anything else.
outcome<recovery_report> recover(filesystem& project);

/// Where the content for `path` waits until the commit.
std::string temporary_path(std::string_view path);

}  // namespace tenon::gen
