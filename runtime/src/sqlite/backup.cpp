// Copies pages by SQLite's online backup, into a file that gets its name once it is whole.
#include "sqlite/backup.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <system_error>
#include <thread>

#include "sqlite/url.hpp"

namespace tenon::db {
namespace {

using stop_flag = std::atomic<bool>;

/// How long to wait for another process that holds the whole database, and how often to look whether it still does.
constexpr int patience_ms = 10'000;
constexpr int pause_ms = 20;
constexpr int pages_at_once = 1024;

struct closing {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
using database = std::unique_ptr<sqlite3, closing>;

error cannot(const std::string& what, const std::string& file, const std::string& why) {
    return error(errc::unavailable, file + " cannot be " + what + ": " + why + ".");
}

std::string reason_of(int code) {
    return std::generic_category().message(code);
}

error damaged(const std::string& file, const std::string& how) {
    return error(errc::invalid, file + " is damaged, or no database: " + how + ".");
}

error failed(sqlite3* opened, const char* what, const std::string& file) {
    const int kind = sqlite3_errcode(opened) & 0xFF;
    if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB) return damaged(file, sqlite3_errmsg(opened));
    return cannot(what, file, sqlite3_errmsg(opened));
}

int wait_for_others(void* stop, int waited) {
    if (*static_cast<const stop_flag*>(stop) || waited >= patience_ms / pause_ms) return 0;
    sqlite3_sleep(pause_ms);
    return 1;
}

/// An existing file; never makes one. Not read-only, which would leave a log's files behind. `stop` outlives it.
result<database> open_file(const std::string& file, const stop_flag& stop) {
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    database out(handle);
    if (code != SQLITE_OK) return cannot("opened", file, sqlite3_errstr(code));
    sqlite3_busy_handler(handle, &wait_for_others, const_cast<stop_flag*>(&stop));
    return out;
}

/// The first value of what a statement gives; "" when it gives nothing.
result<std::string> ask(sqlite3* opened, const char* text, const std::string& file) {
    sqlite3_stmt* prepared = nullptr;
    if (sqlite3_prepare_v2(opened, text, -1, &prepared, nullptr) != SQLITE_OK) return failed(opened, "read", file);
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> guard(prepared, &sqlite3_finalize);
    const int code = sqlite3_step(prepared);
    if (code == SQLITE_DONE) return std::string();
    if (code != SQLITE_ROW) return failed(opened, "read", file);
    const unsigned char* const got = sqlite3_column_text(prepared, 0);
    return std::string(got ? reinterpret_cast<const char*>(got) : "");
}

/// errc::conflict when there is a database, or what is left of one: SQLite would take its log or journal for the new
/// file's.
result<void> check_free(const std::string& file) {
    for (const char* const end : {"", "-wal", "-journal"}) {
        std::error_code ignored;  // what cannot be looked at cannot be written either, which says why
        if (std::filesystem::exists(file + end, ignored)) return error(errc::conflict, file + end + " exists already.");
    }
    return {};
}

/// Moves a file to a name that nobody else has taken meanwhile; false, with errno, when it cannot.
bool move_to_free(const std::string& from, const std::string& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
    // Some file systems, NFS among them, cannot do that.
    return ::link(from.c_str(), to.c_str()) == 0 && ::unlink(from.c_str()) == 0;
}

/// A new file beside the one that it becomes: for its owner only, and gone unless it is kept.
class new_file {
  public:
    static result<std::unique_ptr<new_file>> make(std::string becomes) {
        std::string name = becomes + ".XXXXXX";
        const int descriptor = ::mkstemp(name.data());
        if (descriptor < 0) return cannot("written", becomes, reason_of(errno));
        ::close(descriptor);
        return std::unique_ptr<new_file>(new new_file(std::move(name), std::move(becomes)));
    }
    ~new_file() {
        for (const char* const end : {"", "-journal", "-wal", "-shm"}) ::unlink((name_ + end).c_str());
    }
    new_file(const new_file&) = delete;
    new_file& operator=(const new_file&) = delete;

    const std::string& name() const { return name_; }

    /// Gives it its name, for good: the folder is synced too. Gives its size. errc::conflict: another process has made
    /// a file of that name since.
    result<std::uintmax_t> keep() {
        std::error_code why;
        const std::uintmax_t size = std::filesystem::file_size(name_, why);
        if (why) return cannot("written", becomes_, why.message());
        TRY(check_free(becomes_));
        if (!move_to_free(name_, becomes_)) {
            if (errno == EEXIST) return error(errc::conflict, becomes_ + " exists already.");
            return cannot("written", becomes_, reason_of(errno));
        }
        const std::filesystem::path folder = std::filesystem::path(becomes_).parent_path();
        const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor >= 0) {
            (void)::fsync(descriptor);
            ::close(descriptor);
        }
        return size;
    }

  private:
    new_file(std::string name, std::string becomes) : name_(std::move(name)), becomes_(std::move(becomes)) {}
    std::string name_;
    std::string becomes_;
};

/// SQLite looks nowhere else whether it is to stop than where it is interrupted, and forgets it between two statements.
class interrupter {
  public:
    /// All must outlive it.
    interrupter(const stop_flag& stop, sqlite3* one, sqlite3* other)
        : thread_([&stop, one, other](const std::stop_token& through) {
              for (; !through.stop_requested(); std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms))) {
                  if (!stop) continue;
                  sqlite3_interrupt(one);
                  sqlite3_interrupt(other);
              }
          }) {}

  private:
    std::jthread thread_;
};

/// All of it is of one snapshot, which the transaction holds. SQLite syncs the copy when it commits it.
result<void> copy(sqlite3* from, const std::string& from_file, sqlite3* to, const std::string& to_file,
                  const stop_flag& stop) {
    TRY(ask(from, "BEGIN", from_file));
    TRY(ask(from, "SELECT count(*) FROM sqlite_schema", from_file));
    sqlite3_backup* const work = sqlite3_backup_init(to, "main", from, "main");
    if (!work) return failed(to, "written", to_file);
    int code = SQLITE_OK;
    while (code == SQLITE_OK && !stop) code = sqlite3_backup_step(work, pages_at_once);
    sqlite3_backup_finish(work);
    if (code == SQLITE_DONE) return {};
    const int kind = code & 0xFF;
    if (kind == SQLITE_NOTADB || kind == SQLITE_CORRUPT) return damaged(from_file, sqlite3_errstr(code));
    if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED) return cannot("read", from_file, sqlite3_errstr(code));
    return cannot("written", to_file, sqlite3_errstr(code));
}

/// Whole, and a database that a service's migrations have made.
result<void> check(sqlite3* opened, const std::string& file) {
    TRY_ASSIGN(const std::string whole, ask(opened, "PRAGMA integrity_check(1)", file));
    if (whole != "ok") return damaged(file, whole);
    TRY_ASSIGN(const std::string broken, ask(opened, "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", file));
    if (!broken.empty()) return error(errc::invalid, file + " has references to nothing in table " + broken + ".");
    TRY_ASSIGN(const std::string books,
               ask(opened, "SELECT name FROM sqlite_schema WHERE name = 'schema_migrations'", file));
    if (books.empty())
        return error(errc::invalid, file + " is no database of a service: nothing has been migrated in it.");
    return {};
}

/// `becomes` out of `from`, whose log, if it has one, is part of it.
result<std::uintmax_t> copy_whole(const std::string& from, const std::string& becomes, const stop_flag& stop) {
    TRY(check_free(becomes));
    TRY_ASSIGN(const database source, open_file(from, stop));
    TRY_ASSIGN(const auto made, new_file::make(becomes));
    {
        TRY_ASSIGN(const database target, open_file(made->name(), stop));
        const interrupter watch(stop, source.get(), target.get());
        TRY(copy(source.get(), from, target.get(), becomes, stop));
        // The copy says of itself that it has a log. Without one it is a single file, which a read-only folder may
        // hold.
        TRY(ask(target.get(), "PRAGMA journal_mode = DELETE", becomes));
        TRY(check(target.get(), from));
    }
    return made->keep();
}

/// Whatever an end on demand looks like where it is met.
result<std::uintmax_t> copy_until(const std::string& from, const std::string& becomes, const stop_flag& stop) {
    auto made = copy_whole(from, becomes, stop);
    if (made || !stop || made.error().code == errc::conflict) return made;
    return error(errc::unavailable, "Stopped: " + becomes + " is not written.");
}

result<std::string> file_of(std::string_view url) {
    auto path = sqlite_path(url);
    if (!path || *path != ":memory:") return path;
    return error(errc::invalid, "A database in memory can neither be backed up nor restored; use sqlite:PATH.");
}

}  // namespace

result<std::uintmax_t> back_up_sqlite(std::string_view url, const std::string& file, const std::atomic<bool>& stop) {
    TRY_ASSIGN(const std::string path, file_of(url));
    return copy_until(path, file, stop);
}

result<std::uintmax_t> restore_sqlite(const std::string& file, std::string_view url, const std::atomic<bool>& stop) {
    TRY_ASSIGN(const std::string path, file_of(url));
    auto made = copy_until(file, path, stop);
    if (made || made.error().code != errc::conflict) return made;
    error taken = std::move(made).error();
    taken.message += " Stop the service, and move the database away with its -wal and -shm.";
    return taken;
}

}  // namespace tenon::db
