// The file system interface on POSIX calls: every path is resolved beneath one open directory, never through a link.
#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include "generator/support/filesystem.hpp"

namespace tenon::gen {

std::string_view directory_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::string_view name_of(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

namespace {

/// Owns a file descriptor.
class descriptor {
  public:
    descriptor() = default;
    explicit descriptor(int fd) : fd_(fd) {}
    descriptor(descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }
    bool valid() const { return fd_ >= 0; }
    int release() { return std::exchange(fd_, -1); }

  private:
    int fd_ = -1;
};

failure system_failure(std::string_view what, std::string_view path, int code) {
    std::string message = "cannot " + std::string(what) + " '" + std::string(path.empty() ? "." : path) + "': ";
    if (code == ELOOP) return {failure_kind::refused, message + "a symbolic link is in the way"};
    const char* hint = "";
    if (code == ENOSPC || code == EDQUOT) hint = "free some space and run the command again";
    if (code == EACCES || code == EPERM) hint = "look at the owner and the mode of the folder, or choose another one";
    if (code == EROFS) hint = "it is mounted read-only: choose another folder";
    if (code == ENOTDIR || code == ENOENT) hint = "check the path";
    return {failure_kind::io, message + std::strerror(code), hint};
}

node_info info_of(const struct stat& status) {
    node_info info;
    if (S_ISREG(status.st_mode)) {
        info.kind = node_kind::file;
    } else if (S_ISDIR(status.st_mode)) {
        info.kind = node_kind::directory;
    } else {
        info.kind = S_ISLNK(status.st_mode) ? node_kind::symlink : node_kind::other;
    }
    info.permissions = status.st_mode & 07777;
    info.executable = (status.st_mode & S_IXUSR) != 0;
    return info;
}

/// Opens `path` beneath `root` one component at a time: for kernels and sandboxes without openat2.
int walk_beneath(int root, std::string_view path) {
    descriptor here(::dup(root));
    while (!path.empty() && here.valid()) {
        const auto slash = path.find('/');
        const std::string part(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
        if (part.empty() || part == "." || part == "..") return errno = EXDEV, -1;
        const int flags = O_PATH | O_NOFOLLOW | O_CLOEXEC;
        descriptor next(::openat(here.get(), part.c_str(), flags));
        struct stat status {};
        if (!next.valid() || ::fstat(next.get(), &status) != 0) return -1;
        if (S_ISLNK(status.st_mode)) return errno = ELOOP, -1;
        if (!S_ISDIR(status.st_mode)) return errno = ENOTDIR, -1;
        here = std::move(next);
    }
    return here.release();
}

/// A directory handle for paths only; -1 with errno: ENOENT, ENOTDIR, ELOOP (a link), EXDEV (leaves the root).
int open_beneath(int root, const std::string& path) {
    if (path.empty()) return ::dup(root);
    open_how how{};
    how.flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
    const long fd = ::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how);
    if (fd >= 0) return static_cast<int>(fd);
    if (errno == ENOSYS || errno == EPERM || errno == EAGAIN) return walk_beneath(root, path);
    return -1;
}

class posix_filesystem final : public filesystem {
  public:
    explicit posix_filesystem(descriptor root) : root_(std::move(root)) {}

    outcome<node_info> inspect(std::string_view path) override;
    outcome<std::optional<file_data>> read(std::string_view path, std::uint64_t limit_bytes) override;
    outcome<std::vector<directory_entry>> list(std::string_view path) override;
    outcome<void> make_directories(std::string_view path) override;
    outcome<void> write(std::string_view path, std::string_view content, write_mode mode) override;
    outcome<void> rename(std::string_view from, std::string_view to) override;
    outcome<rename_result> rename_new(std::string_view from, std::string_view to) override;
    outcome<exchanged> exchange(std::string_view a, std::string_view b) override;
    outcome<void> remove(std::string_view path) override;
    outcome<bool> remove_directory(std::string_view path) override;
    outcome<void> set_permissions(std::string_view path, mode_t permissions) override;
    outcome<void> barrier() override;
    outcome<void> lock() override;
    void unlock() override { ::flock(root_.get(), LOCK_UN); }

  private:
    /// The handle of a file's directory, kept for the next file in it. -1 with errno.
    int directory(std::string_view path);
    outcome<void> fill(int fd, std::string_view path, std::string_view content, const write_mode& mode);

    descriptor root_;
    std::map<std::string, descriptor, std::less<>> open_;
};

constexpr std::size_t max_open_directories = 64;

int posix_filesystem::directory(std::string_view path) {
    const std::string_view name = directory_of(path);
    if (name.empty()) return root_.get();
    if (const auto found = open_.find(name); found != open_.end()) return found->second.get();
    descriptor opened(open_beneath(root_.get(), std::string(name)));
    if (!opened.valid()) return -1;
    if (open_.size() >= max_open_directories) open_.clear();
    return open_.emplace(std::string(name), std::move(opened)).first->second.get();
}

bool means_absent(int code) {
    return code == ENOENT || code == ENOTDIR;
}

outcome<node_info> posix_filesystem::inspect(std::string_view path) {
    const int parent = directory(path);
    struct stat status {};
    const std::string name(path.empty() ? "." : name_of(path));
    if (parent < 0 || ::fstatat(parent, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        if (means_absent(errno)) return node_info{};
        return system_failure("look at", path, errno);
    }
    return info_of(status);
}

outcome<std::optional<file_data>> posix_filesystem::read(std::string_view path, std::uint64_t limit_bytes) {
    const int parent = directory(path);
    const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    descriptor file(parent < 0 ? -1 : ::openat(parent, std::string(name_of(path)).c_str(), flags));
    if (!file.valid()) {
        if (means_absent(errno)) return std::optional<file_data>{};
        return system_failure("read", path, errno);
    }
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return system_failure("read", path, errno);
    if (!S_ISREG(status.st_mode)) {
        return failure{failure_kind::refused, "cannot read '" + std::string(path) + "': it is not a regular file"};
    }
    if (static_cast<std::uint64_t>(status.st_size) > limit_bytes) {
        return failure{failure_kind::refused, "cannot read '" + std::string(path) + "': it is larger than " +
                                                  std::to_string(limit_bytes) + " bytes"};
    }
    std::string content(static_cast<std::size_t>(status.st_size), '\0');
    std::size_t have = 0;
    while (have < content.size()) {
        const ssize_t got = ::read(file.get(), content.data() + have, content.size() - have);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_failure("read", path, errno);
        if (got == 0) break;
        have += static_cast<std::size_t>(got);
    }
    content.resize(have);
    const node_info info = info_of(status);
    return std::optional<file_data>(file_data{std::move(content), info.executable, info.permissions});
}

outcome<std::vector<directory_entry>> posix_filesystem::list(std::string_view path) {
    const descriptor place(open_beneath(root_.get(), std::string(path)));
    const int fd = place.valid() ? ::openat(place.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    std::vector<directory_entry> entries;
    if (fd < 0) {
        if (means_absent(errno)) return entries;
        return system_failure("list", path, errno);
    }
    DIR* stream = ::fdopendir(fd);
    errno = 0;
    while (const dirent* item = ::readdir(stream)) {
        const std::string_view name = item->d_name;
        struct stat status {};
        if (name == "." || name == "..") continue;
        if (::fstatat(fd, item->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
        entries.push_back({std::string(name), info_of(status).kind});
    }
    const int code = errno;
    ::closedir(stream);
    if (code != 0 && !means_absent(code)) return system_failure("list", path, code);
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return entries;
}

outcome<void> posix_filesystem::make_directories(std::string_view path) {
    // Mostly the parent is there already and only the last one is missing.
    const int direct = path.empty() ? -1 : directory(path);
    if (direct >= 0 && ::mkdirat(direct, std::string(name_of(path)).c_str(), 0777) == 0) return {};
    for (std::size_t end = 0; end != std::string_view::npos && !path.empty();) {
        end = path.find('/', end == 0 ? 0 : end + 1);
        const std::string_view part = path.substr(0, end);
        const int parent = directory(part);
        if (parent < 0) return system_failure("make directory", part, errno);
        if (::mkdirat(parent, std::string(name_of(part)).c_str(), 0777) == 0) continue;
        if (errno != EEXIST) return system_failure("make directory", part, errno);
    }
    // What was already there must be a directory, and no link to one.
    const descriptor made(open_beneath(root_.get(), std::string(path)));
    if (!made.valid()) return system_failure("make directory", path, errno);
    return {};
}

outcome<void> posix_filesystem::fill(int fd, std::string_view path, std::string_view content, const write_mode& mode) {
    while (!content.empty()) {
        const ssize_t put = ::write(fd, content.data(), content.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return system_failure("write", path, errno);
        content.remove_prefix(static_cast<std::size_t>(put));
    }
    if (mode.permissions && ::fchmod(fd, *mode.permissions) != 0) return system_failure("write", path, errno);
    return {};
}

outcome<void> posix_filesystem::write(std::string_view path, std::string_view content, write_mode mode) {
    const int parent = directory(path);
    if (parent < 0) return system_failure("write", path, errno);
    const std::string name(name_of(path));
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    descriptor file(::openat(parent, name.c_str(), flags, mode.executable ? 0777 : 0666));
    if (!file.valid()) return system_failure("write", path, errno);
    auto filled = fill(file.get(), path, content, mode);
    if (filled && ::close(file.release()) != 0) filled = outcome<void>(system_failure("write", path, errno));
    if (!filled) ::unlinkat(parent, name.c_str(), 0);
    return filled;
}

outcome<void> posix_filesystem::rename(std::string_view from, std::string_view to) {
    // Two look-ups may push the first handle out of the cache: each gets its own copy.
    const int source = directory(from);
    if (source < 0) return system_failure("rename", from, errno);
    const descriptor kept(::dup(source));
    const int target = directory(to);
    if (target < 0) return system_failure("rename to", to, errno);
    if (::renameat(kept.get(), std::string(name_of(from)).c_str(), target, std::string(name_of(to)).c_str()) != 0) {
        return system_failure("rename to", to, errno);
    }
    return {};
}

/// Without RENAME_NOREPLACE: a second name for the file, then the first one goes. Without links either (FAT), a look.
int rename_new_by_link(int from, const char* old_name, int to, const char* new_name) {
    if (::linkat(from, old_name, to, new_name, 0) == 0) return ::unlinkat(from, old_name, 0);
    if (errno != EPERM && errno != EOPNOTSUPP) return -1;
    struct stat status {};
    if (::fstatat(to, new_name, &status, AT_SYMLINK_NOFOLLOW) == 0) return errno = EEXIST, -1;
    return errno == ENOENT ? ::renameat(from, old_name, to, new_name) : -1;
}

outcome<rename_result> posix_filesystem::rename_new(std::string_view from, std::string_view to) {
    const int source = directory(from);
    if (source < 0) return system_failure("rename", from, errno);
    const descriptor kept(::dup(source));
    const int target = directory(to);
    if (target < 0) return system_failure("rename to", to, errno);
    const std::string old_name(name_of(from)), new_name(name_of(to));
    int done = ::renameat2(kept.get(), old_name.c_str(), target, new_name.c_str(), RENAME_NOREPLACE);
    if (done != 0 && (errno == EINVAL || errno == ENOSYS)) {
        done = rename_new_by_link(kept.get(), old_name.c_str(), target, new_name.c_str());
    }
    if (done == 0) return rename_result::done;
    if (errno == EEXIST) return rename_result::occupied;
    if (errno == ENOENT) return rename_result::missing;
    return system_failure("rename to", to, errno);
}

outcome<exchanged> posix_filesystem::exchange(std::string_view a, std::string_view b) {
    const int parent = directory(a);
    if (parent < 0) return system_failure("replace", b, errno);
    const std::string one(name_of(a)), other(name_of(b));
    if (::renameat2(parent, one.c_str(), parent, other.c_str(), RENAME_EXCHANGE) == 0) return exchanged::done;
    if (errno == EINVAL || errno == ENOSYS) return exchanged::unsupported;
    if (means_absent(errno)) return exchanged::missing;
    return system_failure("replace", b, errno);
}

outcome<void> posix_filesystem::remove(std::string_view path) {
    const int parent = directory(path);
    if (parent >= 0 && ::unlinkat(parent, std::string(name_of(path)).c_str(), 0) == 0) return {};
    if (means_absent(errno)) return {};
    return system_failure("remove", path, errno);
}

outcome<bool> posix_filesystem::remove_directory(std::string_view path) {
    const int parent = directory(path);
    if (parent >= 0 && ::unlinkat(parent, std::string(name_of(path)).c_str(), AT_REMOVEDIR) == 0) {
        open_.clear();  // A handle of a removed directory would refuse every later file in a new one of that name.
        return true;
    }
    if (means_absent(errno) || errno == ENOTEMPTY || errno == EEXIST) return false;
    return system_failure("remove directory", path, errno);
}

outcome<void> posix_filesystem::set_permissions(std::string_view path, mode_t permissions) {
    TRY_ASSIGN(const node_info info, inspect(path));
    if (info.kind != node_kind::file) {
        return failure{failure_kind::refused, "cannot change the mode of '" + std::string(path) + "': not a file"};
    }
    const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
    const descriptor file(::openat(directory(path), std::string(name_of(path)).c_str(), flags));
    if (!file.valid() || ::fchmod(file.get(), permissions & 07777) != 0) {
        return system_failure("change the mode of", path, errno);
    }
    return {};
}

outcome<void> posix_filesystem::barrier() {
    // One syncfs for thousands of files: 24 ms where an fsync each took 420 ms (docs/plan-format.md).
    if (::syncfs(root_.get()) != 0) return system_failure("flush", "", errno);
    return {};
}

outcome<void> posix_filesystem::lock() {
    // On the directory itself: no file is left behind, and the kernel lets go when the process dies.
    while (::flock(root_.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR) continue;
        if (errno != EWOULDBLOCK) return system_failure("lock", "", errno);
        return failure{failure_kind::busy, "another tenon or apply-plan is at work in this project",
                       "wait until it has finished, then run the command again"};
    }
    return {};
}

}  // namespace

outcome<std::unique_ptr<filesystem>> open_directory(const std::string& root) {
    descriptor opened(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.valid()) return system_failure("open directory", root, errno);
    return std::unique_ptr<filesystem>(std::make_unique<posix_filesystem>(std::move(opened)));
}

}  // namespace tenon::gen
