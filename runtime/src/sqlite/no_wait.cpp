// SQLite's call of pread, replaced by one that asks the page cache only.
#include "sqlite/no_wait.hpp"

#include <sqlite3.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <initializer_list>

namespace tenon::db {
namespace {

thread_local bool no_wait_is_on = false;
/// By a kernel or a file system that does not know RWF_NOWAIT.
std::atomic<bool> is_refused = false;

ssize_t read_at(int file, void* into, std::size_t bytes, off_t from) {
    if (!no_wait_is_on) return ::pread(file, into, bytes, from);
    iovec where{into, bytes};
    const ssize_t got = ::preadv2(file, &where, 1, from, RWF_NOWAIT);
    if (got < 0 && errno != EAGAIN && errno != EINTR) is_refused.store(true, std::memory_order_relaxed);
    return got;
}

/// SQLite has the one or the other, or neither.
bool replace_reads() {
    sqlite3_vfs* const unix_files = sqlite3_vfs_find(nullptr);
    if (!unix_files || unix_files->iVersion < 3) return false;
    for (const char* name : {"pread64", "pread"}) {
        if (!unix_files->xGetSystemCall(unix_files, name)) continue;
        const auto call = reinterpret_cast<sqlite3_syscall_ptr>(&read_at);
        return unix_files->xSetSystemCall(unix_files, name, call) == SQLITE_OK;
    }
    return false;
}

}  // namespace

no_wait::no_wait() {
    no_wait_is_on = true;
}
no_wait::~no_wait() {
    no_wait_is_on = false;
}

bool no_wait::available() {
    static const bool replaced = replace_reads();
    return replaced && !is_refused.load(std::memory_order_relaxed);
}

bool no_wait::is_on() {
    return no_wait_is_on;
}

}  // namespace tenon::db
