// One SQLite connection with its kept statements. Used by one thread at a time.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <tenon/core/error.hpp>

#include "db/backend.hpp"
#include "db/storage_watch.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace tenon::db {

/// Of one list.
struct list_budget {
    std::size_t bytes = SIZE_MAX;
    std::chrono::milliseconds time{std::chrono::hours(1)};
};

class sqlite_connection {
  public:
    enum class purpose {
        writing,
        reading,    ///< Refuses to change anything.
        migrating,  ///< Foreign keys are not enforced while a migration rebuilds tables; it checks them at its end.
    };

    /// Opens (and for `writing` and `migrating` creates) the file. errc::unavailable when that is not possible.
    static result<std::unique_ptr<sqlite_connection>> open(const std::string& path, purpose wanted);
    ~sqlite_connection();
    sqlite_connection(const sqlite_connection&) = delete;
    sqlite_connection& operator=(const sqlite_connection&) = delete;

    /// One prepared statement, kept for the next time. At most 100,000 rows; past the deadline it is interrupted. A
    /// page ends before the row that would take it beyond its bytes, unless that is the first. Past `until`, which is
    /// not the caller's deadline, it is interrupted as well.
    result<rows> run(const statement& s, const list_budget& budget = list_budget(),
                     clock::time_point until = clock::time_point::max());
    /// BEGIN IMMEDIATE, COMMIT, ROLLBACK, PRAGMA …: no parameters. Waits for other processes until `deadline`.
    result<void> control(const char* text, clock::time_point deadline);
    /// Any number of statements, with comments, literals and triggers, as a migration holds them.
    result<void> script(std::string_view text, clock::time_point deadline);

    /// Tells `storage`, which must outlive this connection, what fails for the disk's sake and which changes are
    /// stored.
    void watch(storage_watch& storage) { storage_ = &storage; }

    bool in_transaction() const;
    /// Makes the statement that runs, and all later ones, end with errc::deadline_exceeded: for shutting down. The only
    /// call that other threads may make.
    void interrupt();

  private:
    explicit sqlite_connection(sqlite3* handle);
    result<void> configure(purpose wanted);
    result<void> keep_a_log(clock::time_point deadline);
    result<sqlite3_stmt*> prepared(const std::string& text);
    result<void> bind(sqlite3_stmt* prepared, const statement& s);
    result<rows> collect(sqlite3_stmt* prepared, std::size_t bytes_max);
    error failed(int code);
    void note_commit(std::int64_t changes_before);
    static int on_progress(void* self);
    static int on_busy(void* self, int attempt);

    struct kept {
        std::string text;
        sqlite3_stmt* prepared;
    };
    sqlite3* handle_;
    bool only_reads_ = false;
    storage_watch* storage_ = nullptr;
    std::int64_t changes_at_begin_ = 0;
    clock::time_point deadline_{};
    int intervals_ = 0;  ///< Of steps, of the statement that runs.
    std::atomic<bool> interrupted_{false};
    std::list<kept> kept_;  // most recently used first
    std::unordered_map<std::string_view, std::list<kept>::iterator> by_text_;
};

}  // namespace tenon::db
