// One directory as plan and apply see it: every path is relative to it and cannot leave it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator/support/failure.hpp"

namespace tenon::gen {

enum class node_kind { absent, file, directory, symlink, other };

struct node_info {
    node_kind kind = node_kind::absent;
    bool executable = false;  ///< The owner may execute it.
    mode_t permissions = 0;   ///< The lower twelve mode bits.
};

struct file_data {
    std::string content;
    bool executable = false;
    mode_t permissions = 0;
};

struct directory_entry {
    std::string name;
    node_kind kind = node_kind::absent;
};

/// How a file that is written gets its permissions.
struct write_mode {
    bool executable = false;
    /// Exactly these bits (of the file about to be replaced); otherwise 0666 or 0777 less the umask.
    std::optional<mode_t> permissions;
};

enum class exchanged {
    done,
    missing,      ///< One of the two paths has nothing.
    unsupported,  ///< The file system cannot do it.
};

enum class rename_result {
    done,
    occupied,  ///< Something is at the new name.
    missing,   ///< Nothing is at the old one.
};

/// Paths are relative to the root, '/'-separated, "" is the root itself. No operation follows a symbolic link, neither
/// on the way nor at the end: such a path is `refused`. Not thread-safe.
class filesystem {
  public:
    virtual ~filesystem() = default;

    /// What is at `path`, links not followed. A missing parent, or one that is a file, means `absent`.
    virtual outcome<node_info> inspect(std::string_view path) = 0;
    /// A regular file, or nothing when there is none. Refuses other kinds, and more than `limit_bytes`.
    virtual outcome<std::optional<file_data>> read(std::string_view path, std::uint64_t limit_bytes) = 0;
    /// Entries of a directory, sorted by name, without "." and ".."; empty when the directory is absent.
    virtual outcome<std::vector<directory_entry>> list(std::string_view path) = 0;

    /// Makes a directory and its parents; fine when it is there already.
    virtual outcome<void> make_directories(std::string_view path) = 0;
    /// Writes a file that must not exist yet. On failure no part of it stays behind, as far as that can be had.
    virtual outcome<void> write(std::string_view path, std::string_view content, write_mode mode) = 0;
    /// Replaces `to` in one step. Both are in the same directory, or at least on the same file system.
    virtual outcome<void> rename(std::string_view from, std::string_view to) = 0;
    /// Renames only if nothing is at `to`, whoever puts something there at the same moment.
    virtual outcome<rename_result> rename_new(std::string_view from, std::string_view to) = 0;
    /// What is at one path goes to the other and back, in one step; both are in the same directory.
    virtual outcome<exchanged> exchange(std::string_view a, std::string_view b) = 0;
    /// Removes a file or a link; fine when it is gone already.
    virtual outcome<void> remove(std::string_view path) = 0;
    /// Removes a directory if it is empty; says whether it did.
    virtual outcome<bool> remove_directory(std::string_view path) = 0;
    /// Of a regular file: its lower twelve mode bits.
    virtual outcome<void> set_permissions(std::string_view path, mode_t permissions) = 0;
    /// Returns when everything done before survives a loss of power.
    virtual outcome<void> barrier() = 0;

    /// Takes the project for this process, or fails with `busy`. Ends with `unlock`, with this object or the process.
    virtual outcome<void> lock() = 0;
    virtual void unlock() = 0;
};

/// More than this is never read from a project file.
inline constexpr std::uint64_t max_file_bytes = 256ull << 20;

/// More than this is never read of a plan, manifest or journal: some 100,000 files' worth.
inline constexpr std::uint64_t max_record_bytes = 64ull << 20;

/// `permissions` made executable for those who may read, as `chmod +x` under a usual umask; or for nobody.
inline mode_t with_executable(mode_t permissions, bool executable) {
    return executable ? permissions | ((permissions & 0444) >> 2) : permissions & ~mode_t{0111};
}

/// The directory part of a path ("" when it has none) and its last component.
std::string_view directory_of(std::string_view path);
std::string_view name_of(std::string_view path);

/// The real thing. `root` must be a directory. Keeps it open, so that it stays the same one when it is renamed.
outcome<std::unique_ptr<filesystem>> open_directory(const std::string& root);

}  // namespace tenon::gen
