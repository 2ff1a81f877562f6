// Preparing, binding, stepping and configuring one SQLite connection.
#include "sqlite/connection.hpp"

#include <string.h>

#include <algorithm>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "db/result_limits.hpp"
#include "db/slow_lists.hpp"
#include "db/sql_text.hpp"
#include "json/tree.hpp"
#include "sqlite/errors.hpp"
#include "sqlite/no_wait.hpp"

namespace tenon::db {
namespace {

constexpr std::size_t kept_statements_max = 256;
constexpr int progress_interval_steps = 2'000;
/// Of a statement that must not take long; counted, for time passes while others have the processor, too.
constexpr int no_wait_intervals_max = 3;

/// Resets a kept statement when its use ends, however it ends: an open one would hold its snapshot.
class use_of {
  public:
    explicit use_of(sqlite3_stmt* prepared) : prepared_(prepared) {}
    ~use_of() {
        sqlite3_reset(prepared_);
        sqlite3_clear_bindings(prepared_);
    }
    use_of(const use_of&) = delete;
    use_of& operator=(const use_of&) = delete;

  private:
    sqlite3_stmt* prepared_;
};

int bind_text(sqlite3_stmt* prepared, int position, std::string_view text) {
    return sqlite3_bind_text64(prepared, position, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

struct binder {
    sqlite3_stmt* prepared;
    int position;

    int operator()(null_value) const { return sqlite3_bind_null(prepared, position); }
    int operator()(bool v) const { return sqlite3_bind_int(prepared, position, v ? 1 : 0); }
    int operator()(std::int64_t v) const { return sqlite3_bind_int64(prepared, position, v); }
    int operator()(double v) const { return sqlite3_bind_double(prepared, position, v); }
    // The statement's values outlive its use, so SQLite needs no copy of them.
    int operator()(const std::string& v) const {
        return sqlite3_bind_text64(prepared, position, v.data(), v.size(), SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(const uuid& v) const { return bind_text(prepared, position, v.to_string()); }
    int operator()(instant v) const { return sqlite3_bind_int64(prepared, position, v.micros); }
    int operator()(date v) const { return bind_text(prepared, position, v.to_string()); }
    int operator()(const decimal_value& v) const { return sqlite3_bind_int64(prepared, position, v.units); }
};

value cell(sqlite3_stmt* prepared, int column) {
    switch (sqlite3_column_type(prepared, column)) {
        case SQLITE_INTEGER:
            return static_cast<std::int64_t>(sqlite3_column_int64(prepared, column));
        case SQLITE_FLOAT:
            return sqlite3_column_double(prepared, column);
        case SQLITE_NULL:
            return null_value{};
        default: {
            const void* data = sqlite3_column_blob(prepared, column);
            const auto size = static_cast<std::size_t>(sqlite3_column_bytes(prepared, column));
            return data ? std::string(static_cast<const char*>(data), size) : std::string();
        }
    }
}

/// What a cell takes of a page.
std::size_t bytes_of(const value& cell) {
    if (const auto* text = std::get_if<std::string>(&cell)) return text->size();
    return std::holds_alternative<null_value>(cell) ? 0 : sizeof(std::int64_t);
}

/// A database holds password hashes: a new file is for its owner only, whatever the umask says.
void make_private_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file >= 0) ::close(file);
}

}  // namespace

sqlite_connection::sqlite_connection(sqlite3* handle) : handle_(handle) {}

sqlite_connection::~sqlite_connection() {
    for (kept& each : kept_) sqlite3_finalize(each.prepared);
    sqlite3_close_v2(handle_);
}

result<std::unique_ptr<sqlite_connection>> sqlite_connection::open(const std::string& path, purpose wanted) {
    if (wanted != purpose::reading) make_private_file(path);
    sqlite3* handle = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
    std::unique_ptr<sqlite_connection> out(new sqlite_connection(handle));
    if (code != SQLITE_OK)
        return error(errc::unavailable, "The database file cannot be opened: " + std::string(sqlite3_errstr(code)));
    TRY(out->configure(wanted));
    return out;
}

namespace {

std::string_view text_of(sqlite3_value* value) {
    const void* const bytes = sqlite3_value_blob(value);  // first: it may convert
    return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

/// strpos(text, part) as PostgreSQL has it, in bytes and in linear time: only "> 0" is asked of it.
void strpos_of(sqlite3_context* context, int, sqlite3_value** arguments) {
    const void* const text = sqlite3_value_blob(arguments[0]);
    const void* const part = sqlite3_value_blob(arguments[1]);
    const auto text_size = static_cast<std::size_t>(sqlite3_value_bytes(arguments[0]));
    const auto part_size = static_cast<std::size_t>(sqlite3_value_bytes(arguments[1]));
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL || sqlite3_value_type(arguments[1]) == SQLITE_NULL)
        return sqlite3_result_null(context);
    if (part_size == 0) return sqlite3_result_int(context, 1);
    const void* const found = text ? ::memmem(text, text_size, part, part_size) : nullptr;
    if (!found) return sqlite3_result_int(context, 0);
    sqlite3_result_int64(context, static_cast<const char*>(found) - static_cast<const char*>(text) + 1);
}

/// jsonb_exists(array, text) as PostgreSQL has it: true when a text of the array is `text`.
void jsonb_exists_of(sqlite3_context* context, int, sqlite3_value** arguments) {
    if (sqlite3_value_type(arguments[0]) == SQLITE_NULL || sqlite3_value_type(arguments[1]) == SQLITE_NULL)
        return sqlite3_result_null(context);
    const auto parsed = json::document::parse(text_of(arguments[0]));
    const std::string_view wanted = text_of(arguments[1]);
    bool found = false;
    if (parsed && parsed->root().kind() == json::node_kind::array) {
        const json::node& list = parsed->root();
        for (std::size_t i = 0; i < list.size() && !found; ++i)
            found = list.element(i).kind() == json::node_kind::string && list.element(i).text() == wanted;
    }
    sqlite3_result_int(context, found ? 1 : 0);
}

}  // namespace

result<void> sqlite_connection::configure(purpose wanted) {
    sqlite3_create_function(handle_, "strpos", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                            &strpos_of, nullptr, nullptr);
    sqlite3_create_function(handle_, "jsonb_exists", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nullptr,
                            &jsonb_exists_of, nullptr, nullptr);
    sqlite3_progress_handler(handle_, progress_interval_steps, &on_progress, this);
    sqlite3_busy_handler(handle_, &on_busy, this);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // A misspelt "column" must be an error, not a string.
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);

    const auto deadline = clock::now() + std::chrono::seconds(10);
    if (wanted != purpose::reading) TRY(keep_a_log(deadline));
    // FULL syncs the log at each commit: what was answered survives a power cut. NORMAL would survive the death of the
    // process only, at a gain that matters to benchmarks more than to a service whose answers are promises.
    TRY(control("PRAGMA synchronous = FULL", deadline));
    TRY(control(wanted == purpose::migrating ? "PRAGMA foreign_keys = OFF" : "PRAGMA foreign_keys = ON", deadline));
    // The schema is our own migrations', and its JSON columns are checked by json_valid, which SQLite counts as unsafe
    // in a schema that it may not trust.
    TRY(control("PRAGMA trusted_schema = ON", deadline));
    TRY(control("PRAGMA cache_size = -8192", deadline));
    only_reads_ = wanted == purpose::reading;
    if (only_reads_) TRY(control("PRAGMA query_only = ON", deadline));
    return {};
}

/// Write-ahead logging. Of several that change the file to it at once, SQLite refuses all but one without asking
/// whether they would wait, because two that upgrade their locks would wait for each other (sqlite.org,
/// sqlite3_busy_handler).
result<void> sqlite_connection::keep_a_log(clock::time_point deadline) {
    for (int attempt = 0;; ++attempt) {
        deadline_ = deadline;
        const int code = sqlite3_exec(handle_, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
        if (code == SQLITE_OK) return {};
        if ((code & 0xFF) != SQLITE_BUSY || on_busy(this, attempt) == 0) return failed(code);
    }
}

int sqlite_connection::on_progress(void* self) {
    auto& own = *static_cast<sqlite_connection*>(self);
    if (no_wait::is_on() && ++own.intervals_ > no_wait_intervals_max) return 1;
    return own.interrupted_ || clock::now() >= own.deadline_ ? 1 : 0;
}

int sqlite_connection::on_busy(void* self, int attempt) {
    // Only other processes (a migration, a backup) ever make us wait here: our own writers queue before.
    if (no_wait::is_on() || clock::now() >= static_cast<sqlite_connection*>(self)->deadline_) return 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(attempt < 10 ? 1 : 10));
    return 1;
}

bool sqlite_connection::in_transaction() const {
    return sqlite3_get_autocommit(handle_) == 0;
}

void sqlite_connection::interrupt() {
    interrupted_ = true;
    sqlite3_interrupt(handle_);
}

/// The error of the last call.
error sqlite_connection::failed(int code) {
    const int kind = code & 0xFF;
    const bool is_storage = kind == SQLITE_IOERR || (!only_reads_ && (kind == SQLITE_FULL || kind == SQLITE_READONLY));
    if (storage_ && is_storage) {
        const int reason = sqlite3_system_errno(handle_);
        std::string what = sqlite3_errstr(code);
        if (kind == SQLITE_IOERR && reason != 0) what += ": " + std::generic_category().message(reason);
        storage_->failed(what);
    }
    if (only_reads_ && code == SQLITE_READONLY) return error(errc::internal, "a read that wants to change something");
    return sqlite_error(handle_, code);
}

void sqlite_connection::note_commit(std::int64_t changes_before) {
    if (storage_ && storage_->is_failing() && sqlite3_total_changes64(handle_) > changes_before) storage_->stored();
}

result<void> sqlite_connection::control(const char* text, clock::time_point deadline) {
    deadline_ = deadline;
    const bool was_open = in_transaction();
    const int code = sqlite3_exec(handle_, text, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failed(code);
    if (!was_open) changes_at_begin_ = sqlite3_total_changes64(handle_);
    if (was_open && std::string_view(text) == "COMMIT") note_commit(changes_at_begin_);
    return {};
}

result<void> sqlite_connection::script(std::string_view text, clock::time_point deadline) {
    deadline_ = deadline;
    const char* at = text.data();
    const char* const end = text.data() + text.size();
    while (at < end) {
        sqlite3_stmt* step = nullptr;
        int code = sqlite3_prepare_v3(handle_, at, static_cast<int>(end - at), 0, &step, &at);
        if (code != SQLITE_OK) return failed(code);
        if (!step) continue;  // only a comment or white space
        do {
            code = sqlite3_step(step);
        } while (code == SQLITE_ROW);
        if (code != SQLITE_DONE) {
            error why = failed(code);
            sqlite3_finalize(step);
            return why;
        }
        sqlite3_finalize(step);
    }
    return {};
}

result<sqlite3_stmt*> sqlite_connection::prepared(const std::string& text) {
    if (auto found = by_text_.find(text); found != by_text_.end()) {
        kept_.splice(kept_.begin(), kept_, found->second);
        return found->second->prepared;
    }
    const std::string native = sqlite_form(text);
    sqlite3_stmt* fresh = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(handle_, native.c_str(), static_cast<int>(native.size()),
                                        SQLITE_PREPARE_PERSISTENT, &fresh, &tail);
    if (code != SQLITE_OK) return failed(code);
    if (!fresh) return error(errc::internal, "an empty statement");
    if (std::string_view(tail).find_first_not_of(" \t\r\n;") != std::string_view::npos) {
        sqlite3_finalize(fresh);
        return error(errc::internal, "more than one statement in one text");
    }
    if (kept_.size() >= kept_statements_max) {
        by_text_.erase(kept_.back().text);
        sqlite3_finalize(kept_.back().prepared);
        kept_.pop_back();
    }
    kept_.push_front(kept{text, fresh});
    by_text_.emplace(kept_.front().text, kept_.begin());
    return fresh;
}

result<void> sqlite_connection::bind(sqlite3_stmt* prepared, const statement& s) {
    const std::size_t given = s.parameters.size() + (s.tenant ? 1 : 0);
    if (static_cast<std::size_t>(sqlite3_bind_parameter_count(prepared)) != given)
        return error(errc::internal, "a statement with " + std::to_string(sqlite3_bind_parameter_count(prepared)) +
                                         " parameters was given " + std::to_string(given));
    int position = 1;
    if (s.tenant) {
        const int code = bind_text(prepared, position++, s.tenant->to_string());
        if (code != SQLITE_OK) return failed(code);
    }
    for (const value& each : s.parameters) {
        const int code = std::visit(binder{prepared, position++}, each);
        if (code != SQLITE_OK) return failed(code);
    }
    return {};
}

result<rows> sqlite_connection::collect(sqlite3_stmt* prepared, std::size_t bytes_max) {
    const int width = sqlite3_column_count(prepared);
    const std::int64_t changes_before = sqlite3_total_changes64(handle_);
    std::vector<value> cells;
    std::size_t count = 0;
    std::size_t bytes = 0;
    int code = sqlite3_step(prepared);
    for (; code == SQLITE_ROW; code = sqlite3_step(prepared)) {
        if (++count > result_rows_max || cells.size() > result_cells_max) return result_too_large();
        std::size_t size = 0;
        for (int column = 0; column < width; ++column) size += bytes_of(cells.emplace_back(cell(prepared, column)));
        if (count > 1 && size > bytes_max - bytes) {
            cells.resize((count - 1) * static_cast<std::size_t>(width));
            return rows(static_cast<std::size_t>(width), std::move(cells), 0, true);
        }
        bytes = std::min(bytes + size, bytes_max);
    }
    if (code != SQLITE_DONE) return failed(code);
    const bool wrote = sqlite3_stmt_readonly(prepared) == 0;
    if (wrote && !in_transaction()) note_commit(changes_before);
    const std::int64_t affected = wrote ? sqlite3_changes64(handle_) : 0;
    return rows(static_cast<std::size_t>(width), std::move(cells), affected);
}

result<rows> sqlite_connection::run(const statement& s, const list_budget& budget, clock::time_point until) {
    const auto now = clock::now();
    if (now >= s.deadline) return error(errc::deadline_exceeded, "The database did not answer in time.");
    const auto list_end = s.is_page ? now + budget.time : clock::time_point::max();
    deadline_ = std::min({s.deadline, list_end, until});
    intervals_ = 0;
    TRY_ASSIGN(sqlite3_stmt * ready, prepared(s.text));
    const use_of guard(ready);
    TRY(bind(ready, s));
    auto out = collect(ready, s.is_page ? budget.bytes : SIZE_MAX);
    const bool interrupted = !out && out.error().code == errc::deadline_exceeded;
    if (interrupted && list_end < std::min(s.deadline, until) && clock::now() >= list_end)
        return list_too_slow(s.is_search);
    return out;
}

}  // namespace tenon::db
