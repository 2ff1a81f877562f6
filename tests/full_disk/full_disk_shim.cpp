// Preloaded into PostgreSQL: while the file that TENON_FULL_DISK names is there, no file of a table grows.
#include <dlfcn.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <string>

namespace {

/// The log of changes is left alone: PostgreSQL ends at once when that cannot be written.
bool is_full(int file, off_t end) {
    const char* const flag = std::getenv("TENON_FULL_DISK");
    struct stat now {};
    if (flag == nullptr || ::access(flag, F_OK) != 0 || ::fstat(file, &now) != 0 || end <= now.st_size) return false;
    char path[512];
    const ssize_t length = ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path, sizeof path);
    const bool of_table =
        length > 0 && std::string(path, static_cast<std::size_t>(length)).find("/base/") != std::string::npos;
    if (of_table) errno = ENOSPC;
    return of_table;
}

off_t size_of(const iovec* parts, int count) {
    off_t out = 0;
    for (int i = 0; i < count; ++i) out += static_cast<off_t>(parts[i].iov_len);
    return out;
}

template <class Function>
Function original(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

using write_at = ssize_t (*)(int, const void*, std::size_t, off_t);
using write_parts_at = ssize_t (*)(int, const iovec*, int, off_t);
using allocate = int (*)(int, off_t, off_t);

}  // namespace

extern "C" {

ssize_t pwrite(int file, const void* bytes, std::size_t size, off_t at) {
    if (is_full(file, at + static_cast<off_t>(size))) return -1;
    return original<write_at>("pwrite")(file, bytes, size, at);
}
ssize_t pwrite64(int file, const void* bytes, std::size_t size, off64_t at) {
    return pwrite(file, bytes, size, at);
}
ssize_t pwritev(int file, const iovec* parts, int count, off_t at) {
    if (is_full(file, at + size_of(parts, count))) return -1;
    return original<write_parts_at>("pwritev")(file, parts, count, at);
}
ssize_t pwritev64(int file, const iovec* parts, int count, off64_t at) {
    return pwritev(file, parts, count, at);
}
int posix_fallocate(int file, off_t at, off_t size) {
    if (is_full(file, at + size)) return ENOSPC;
    return original<allocate>("posix_fallocate")(file, at, size);
}
int posix_fallocate64(int file, off64_t at, off64_t size) {
    return posix_fallocate(file, at, size);
}
}
