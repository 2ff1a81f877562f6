// Preloaded into a program: counts the calls that write, and at a chosen one kills, stops, refuses or saves a file.
//
//   TENON_FAULT=count:FILE     leave the number of calls in FILE at the end
//   TENON_FAULT=kill:N         die by SIGKILL in the N-th call; of a write, half is done
//   TENON_FAULT=stop:N         SIGSTOP before the N-th call
//   TENON_FAULT=save:N:FILE    before the N-th call somebody saves FILE, by a rename or in place by turns
//   TENON_FAULT=ERRNO:N        the N-th call fails; ERRNO:N+ all calls from the N-th on do
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <bitset>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

enum class mode { off, count, kill, stop, save, fail };

struct settings {
    mode what = mode::off;
    long at = 0;
    int code = 0;
    bool persists = false;
    std::string file;

    settings() {
        const char* text = std::getenv("TENON_FAULT");
        const char* colon = text != nullptr ? std::strchr(text, ':') : nullptr;
        if (colon == nullptr) return;
        const std::string word(text, colon);
        what = word == "count"  ? mode::count
               : word == "kill" ? mode::kill
               : word == "stop" ? mode::stop
               : word == "save" ? mode::save
                                : mode::fail;
        if (what == mode::count) file = colon + 1;
        if (const char* second = std::strchr(colon + 1, ':'); what == mode::save && second != nullptr)
            file = second + 1;
        if (what == mode::fail) code = std::atoi(word.c_str());
        at = std::atol(colon + 1);
        persists = std::strchr(colon, '+') != nullptr;
    }
};

const settings& chosen() {
    static const settings s;
    return s;
}

std::atomic<long> calls{0};
std::bitset<4096> written;  // Descriptors that were opened for writing.

template <class Function>
Function real(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

void die() {
    ::kill(::getpid(), SIGKILL);
    for (;;) ::pause();
}

/// As an editor does: the folders are made, then the file is written anew, or written beside and renamed.
void save(const std::string& file, bool in_place) {
    for (auto slash = file.find('/', 1); slash != std::string::npos; slash = file.find('/', slash + 1)) {
        real<int (*)(const char*, mode_t)>("mkdir")(file.substr(0, slash).c_str(), 0755);
    }
    const std::string text = "saved\n";
    const std::string target = in_place ? file : file + "~";
    const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
    const int fd = real<int (*)(const char*, int, ...)>("open")(target.c_str(), flags, 0644);
    if (real<ssize_t (*)(int, const void*, std::size_t)>("write")(fd, text.data(), text.size()) < 0) std::abort();
    real<int (*)(int)>("close")(fd);
    if (!in_place) real<int (*)(const char*, const char*)>("rename")(target.c_str(), file.c_str());
}

/// Counts one call. The error to refuse it with; 0 to let it happen.
int step() {
    const long now = ++calls;
    const settings& s = chosen();
    if (s.what == mode::fail && (s.persists ? now >= s.at : now == s.at)) return s.code;
    if (now != s.at) return 0;
    if (s.what == mode::kill) die();
    if (s.what == mode::stop) ::kill(::getpid(), SIGSTOP);
    if (s.what == mode::save) save(s.file, now % 2 == 0);
    return 0;
}

bool refused() {
    const int code = step();
    if (code != 0) errno = code;
    return code != 0;
}

int opened(int fd) {
    if (fd >= 0 && fd < static_cast<int>(written.size())) written.set(static_cast<std::size_t>(fd));
    return fd;
}

bool writes(int flags) {
    return (flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) != 0;
}

struct report_at_end {
    report_at_end() { chosen(); }  // Made first, so that they outlive this.
    ~report_at_end() {
        if (chosen().what != mode::count) return;
        const std::string text = std::to_string(calls.load());
        const int fd = real<int (*)(const char*, int, ...)>("open")(chosen().file.c_str(), O_WRONLY | O_CREAT, 0644);
        if (real<ssize_t (*)(int, const void*, std::size_t)>("write")(fd, text.data(), text.size()) < 0) std::abort();
    }
} const reporter;

}  // namespace

#define TENON_FORWARD(name, parameters, ...)                     \
    extern "C" int name parameters {                             \
        static const auto next = real<int(*) parameters>(#name); \
        return refused() ? -1 : next(__VA_ARGS__);               \
    }

#define TENON_OPEN(name)                                                            \
    extern "C" int name(int at, const char* path, int flags, ...) {                 \
        static const auto next = real<int (*)(int, const char*, int, ...)>(#name);  \
        va_list rest;                                                               \
        va_start(rest, flags);                                                      \
        const auto bits = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : mode_t{}; \
        va_end(rest);                                                               \
        if (!writes(flags)) return next(at, path, flags, bits);                     \
        return refused() ? -1 : opened(next(at, path, flags, bits));                \
    }

TENON_OPEN(openat)
TENON_OPEN(openat64)

extern "C" int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const auto bits = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : mode_t{};
    va_end(rest);
    return openat(AT_FDCWD, path, flags, bits);
}

extern "C" ssize_t write(int fd, const void* data, std::size_t size) {
    static const auto next = real<ssize_t (*)(int, const void*, std::size_t)>("write");
    if (fd <= STDERR_FILENO) return next(fd, data, size);
    if (chosen().what == mode::kill && calls + 1 == chosen().at) (void)!next(fd, data, size / 2);
    return refused() ? -1 : next(fd, data, size);
}

extern "C" int close(int fd) {
    static const auto next = real<int (*)(int)>("close");
    const auto place = static_cast<std::size_t>(fd);
    if (fd < 0 || place >= written.size() || !written.test(place)) return next(fd);
    written.reset(place);
    const int code = step();
    const int done = next(fd);  // The descriptor is gone even when closing fails.
    if (code == 0) return done;
    return errno = code, -1;
}

TENON_FORWARD(rename, (const char* a, const char* b), a, b)
TENON_FORWARD(renameat, (int x, const char* a, int y, const char* b), x, a, y, b)
TENON_FORWARD(renameat2, (int x, const char* a, int y, const char* b, unsigned flags), x, a, y, b, flags)
TENON_FORWARD(unlink, (const char* a), a)
TENON_FORWARD(unlinkat, (int x, const char* a, int flags), x, a, flags)
TENON_FORWARD(rmdir, (const char* a), a)
TENON_FORWARD(mkdir, (const char* a, mode_t bits), a, bits)
TENON_FORWARD(mkdirat, (int x, const char* a, mode_t bits), x, a, bits)
TENON_FORWARD(chmod, (const char* a, mode_t bits), a, bits)
TENON_FORWARD(fchmod, (int fd, mode_t bits), fd, bits)
TENON_FORWARD(fchmodat, (int x, const char* a, mode_t bits, int flags), x, a, bits, flags)
TENON_FORWARD(ftruncate, (int fd, off_t size), fd, size)
TENON_FORWARD(link, (const char* a, const char* b), a, b)
TENON_FORWARD(linkat, (int x, const char* a, int y, const char* b, int flags), x, a, y, b, flags)
TENON_FORWARD(symlinkat, (const char* a, int x, const char* b), a, x, b)
TENON_FORWARD(fsync, (int fd), fd)
TENON_FORWARD(fdatasync, (int fd), fd)
TENON_FORWARD(syncfs, (int fd), fd)
