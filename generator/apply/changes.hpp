// A set of file changes that happens whole or not at all, whenever the process is killed.
//
//   write every new content beside its target, under a journal "prepared"
//   barrier                                        killed before here: the next run removes the temporary files
//   rename the journal to "committed"              killed after here:  the next run finishes
//   the user's files: exchange, remove, prune directories (replace.hpp)
//   Tenon's own files
//   barrier, then the last change (the manifest), then the journal goes
//
// A file that somebody saves in the meantime is left alone, and so is all else of its entry: the journal marks those
// changes as spared, and the records stay as they were for that entry (spare.hpp).
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
    digest before = absent;  ///< On disk before. A file of the user's that is neither this nor `after` is spared.
    digest after = absent;   ///< The content to be written; `absent` for a removal.
    /// Wanted of a new file, or where the generator changed it. Without it, a file that is replaced keeps its
    /// permissions.
    std::optional<bool> executable{};
    /// Exactly these, whatever is there; goes before `executable`.
    std::optional<mode_t> permissions{};
    /// The path of the plan's entry that it is a part of, if that is another one: they happen or are spared together.
    std::string of{};
    bool spared = false;  ///< Not to be done: somebody saved a file of its entry.

    const std::string& entry() const { return of.empty() ? path : of; }
};

/// Adds the change that makes `path` hold `wanted` (or vanish, when that is `absent`), unless it does already.
outcome<void> want_content(std::vector<change>& changes, filesystem& project, std::string_view path,
                           const digest& wanted);

/// What is at a path: the digest of a file, `absent`, or a text that is no digest for anything else.
outcome<digest> digest_on_disk(filesystem& project, std::string_view path);

/// Removes the folders that `path` lay in, as far as they are empty.
outcome<void> prune_directories(filesystem& project, std::string_view path);

/// Gives the content of a digest; it is checked against that digest before use.
using content_source = std::function<outcome<std::string>(const digest&)>;

/// What was saved by somebody else while changes were made.
struct left_alone {
    std::vector<std::string> paths;  ///< Files that hold what was saved there.
    std::vector<std::string> kept;   ///< Files beside them with an earlier save, where there were two.
};

/// Does all of `changes`, the user's files first, each kind in its order; the last one, which must be one of Tenon's
/// own files, after everything else is on disk. When it fails before the commit everything is as it was; when it fails
/// after, `recover` finishes. The project must be locked.
outcome<left_alone> commit_changes(filesystem& project, const std::vector<change>& changes,
                                   const content_source& contents);

enum class recovery {
    nothing,      ///< There was no interrupted run.
    rolled_back,  ///< One was undone.
    finished,     ///< One was completed.
};

struct recovery_report {
    recovery what = recovery::nothing;
    left_alone saved;  ///< Edited since the interruption.
};

/// Finishes or undoes what an interrupted `commit_changes` left. Call it under the lock, before anything else.
outcome<recovery_report> recover(filesystem& project);

/// Where the content for `path` waits until the commit.
std::string temporary_path(std::string_view path);

}  // namespace tenon::gen
