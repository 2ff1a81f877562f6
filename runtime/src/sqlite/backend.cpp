// Statements and transactions of coroutines, handed to SQLite's threads and back.
#include "sqlite/backend.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>

#include "db/in_flight.hpp"
#include "db/sql_text.hpp"
#include "db/unique_error.hpp"
#include "sqlite/no_wait.hpp"
#include "sqlite/quick_reads.hpp"
#include "sqlite/readers.hpp"
#include "sqlite/writer.hpp"

namespace tenon::db {
namespace {

std::unique_ptr<sqlite_connection> watched(std::unique_ptr<sqlite_connection> connection, storage_watch& storage) {
    connection->watch(storage);
    return connection;
}
std::vector<std::unique_ptr<sqlite_connection>> watched(std::vector<std::unique_ptr<sqlite_connection>> connections,
                                                        storage_watch& storage) {
    for (const auto& each : connections) each->watch(storage);
    return connections;
}

/// The threads of one database file. Shared with its open transactions, so that one that is dropped late finds it.
struct sqlite_engine {
    sqlite_engine(std::vector<std::unique_ptr<sqlite_connection>> reading,
                  std::vector<std::unique_ptr<sqlite_connection>> reading_at_once,
                  std::unique_ptr<sqlite_connection> writing, const sqlite_options& options)
        : readers(watched(std::move(reading), storage), options.read_queue_max, watch),
          writer(watched(std::move(writing), storage), options.write_queue_max, options.lists, watch),
          quick(std::move(reading_at_once)),
          lists(options.lists) {
        watch.start({&readers, &writer});
    }
    void stop() {
        watch.stop();
        readers.stop();
        writer.stop();
    }

    storage_watch storage;
    deadline_watch watch;
    sqlite_readers readers;
    sqlite_writer writer;
    quick_reads quick;
    const list_budget lists;
    std::shared_ptr<in_flight> counter = std::make_shared<in_flight>();
};
using engine_ptr = std::shared_ptr<sqlite_engine>;

/// A statement that reads, and changes nothing.
class read_work : public reading_work {
  public:
    read_work(statement s, in_flight::pass pass, const list_budget& lists)
        : reading_work(s.deadline), statement_(std::move(s)), lists_(lists), pass_(std::move(pass)) {
        caller = statement_.caller;
        is_list = statement_.is_page && caller != uuid();
    }
    void refuse(error why) override { done->finish(std::move(why)); }
    bool wanted() override { return !done->abandoned(); }
    /// Its result counts among `all` until it is taken.
    void count_among(std::shared_ptr<results_on_the_way> all) { all_ = std::move(all); }
    void execute(sqlite_connection& connection) override {
        result<rows> out = connection.run(statement_, lists_);
        if (const std::size_t bytes = out && all_ ? out->bytes() : 0; bytes >= large_result_bytes)
            on_the_way_ = results_on_the_way::ticket(all_, bytes);
        done->finish(std::move(out));
    }
    void taken() { on_the_way_ = {}; }

    const std::shared_ptr<completion<rows>> done = std::make_shared<completion<rows>>();

  private:
    // What is smaller is not worth a lock.
    static constexpr std::size_t large_result_bytes = 16 * 1024;

    std::shared_ptr<results_on_the_way> all_;
    results_on_the_way::ticket on_the_way_;
    statement statement_;
    const list_budget lists_;
    in_flight::pass pass_;
};

task<result<rows>> read(engine_ptr engine, statement s, in_flight::pass pass) {
    if (auto at_once = engine->quick.run(s, engine->lists)) co_return std::move(*at_once);
    auto job = std::make_shared<read_work>(std::move(s), std::move(pass), engine->lists);
    job->count_among(engine->readers.results());
    auto start = [engine, job] { engine->readers.submit(job); };
    completion_awaiter<rows, decltype(start)> waiting(job->done, std::move(start));
    result<rows> out = co_await waiting;
    job->taken();
    co_return out;
}

task<result<rows>> write(engine_ptr engine, write_work_ptr job, bool is_held) {
    auto start = [engine, job, is_held] { is_held ? engine->writer.submit_held(job) : engine->writer.submit(job); };
    completion_awaiter<rows, decltype(start)> waiting(job->done, std::move(start));
    result<rows> out = co_await waiting;
    co_return out;
}

/// Takes the writer with its first statement that needs it. One that begins with its last statement never holds it: it
/// is a change that is known as a whole. What it checks before that, readers look up; the writer does so again.
class sqlite_transaction : public backend_transaction {
  public:
    sqlite_transaction(engine_ptr engine, clock::time_point deadline, in_flight::pass pass,
                       std::string_view tenant_column)
        : engine_(std::move(engine)),
          lease_(std::make_shared<writer_lease>(deadline)),
          pass_(std::move(pass)),
          tenant_column_(tenant_column) {}
    ~sqlite_transaction() override {
        if (holds_) engine_->writer.release(lease_);
    }

    task<result<rows>> run(statement s) override {
        if (over_) co_return error(errc::internal, "a statement after the end of its transaction");
        over_ = true;  // unless it goes well
        const bool is_last = commits_with_next_;
        const bool is_check = !holds_ && !is_last && only_checks(s.text);
        auto asking = is_check ? check(std::move(s)) : change(std::move(s), is_last);
        result<rows> out = co_await std::move(asking);
        if (!out) describe_taken(out.error(), tenant_column_);
        // As PostgreSQL has it: after an error only a rollback is left, so that no half of a change is ever committed.
        over_ = !out || is_last;
        committed_ = out && is_last;
        co_return out;
    }

    void commit_with_next() override { commits_with_next_ = true; }
    bool is_committed() const override { return committed_; }

    task<result<void>> commit() override {
        if (committed_) co_return result<void>();
        if (over_) co_return error(errc::internal, "a commit after a statement that failed");
        over_ = true;
        if (holds_) {
            auto job = std::make_shared<write_work>(std::nullopt, true, lease_->deadline, in_flight::pass());
            job->lease = lease_;
            auto writing = write(engine_, std::move(job), true);
            CO_TRY(co_await std::move(writing));
        }
        committed_ = true;
        co_return result<void>();
    }

  private:
    task<result<rows>> check(statement s) {
        step seen(s);
        auto reading = read(engine_, std::move(s), in_flight::pass());
        CO_TRY_ASSIGN(rows out, co_await std::move(reading));
        seen.given = digest_of(out);
        seen.is_check = true;
        checks_.push_back(std::move(seen));
        co_return out;
    }
    task<result<rows>> change(statement s, bool is_last) {
        const auto deadline = s.deadline;
        auto job = std::make_shared<write_work>(std::move(s), is_last, deadline, in_flight::pass());
        job->checks = std::move(checks_);
        const bool is_held = holds_;
        holds_ = holds_ || !is_last;
        if (holds_) job->lease = lease_;
        auto writing = write(engine_, std::move(job), is_held);
        co_return co_await std::move(writing);
    }

    engine_ptr engine_;
    lease_ptr lease_;
    in_flight::pass pass_;
    std::string_view tenant_column_;
    std::vector<step> checks_;
    bool holds_ = false;  ///< Or waits to hold it.
    bool commits_with_next_ = false;
    bool over_ = false;
    bool committed_ = false;
};

class sqlite_backend : public backend {
  public:
    sqlite_backend(engine_ptr engine, std::string folder_to_remove)
        : engine_(std::move(engine)), folder_to_remove_(std::move(folder_to_remove)) {}
    ~sqlite_backend() override {
        engine_->stop();
        std::error_code ignored;
        if (!folder_to_remove_.empty()) std::filesystem::remove_all(folder_to_remove_, ignored);
    }

    task<result<rows>> run(statement s) override {
        in_flight::pass pass = engine_->counter->enter();
        if (!pass) co_return shutting_down();
        // A statement that is interrupted because the backend ends resumes after it is gone.
        const std::string_view tenant_column = tenants().column;
        const auto deadline = s.deadline;
        auto asking =
            s.is_read
                ? read(engine_, std::move(s), std::move(pass))
                : write(engine_, std::make_shared<write_work>(std::move(s), true, deadline, std::move(pass)), false);
        result<rows> out = co_await std::move(asking);
        if (!out) describe_taken(out.error(), tenant_column);
        co_return out;
    }

    task<result<std::unique_ptr<backend_transaction>>> begin(row_scope, clock::time_point deadline) override {
        in_flight::pass pass = engine_->counter->enter();
        if (!pass) co_return shutting_down();
        co_return std::make_unique<sqlite_transaction>(engine_, deadline, std::move(pass), tenants().column);
    }

    std::string_view dialect() const override { return "sqlite"; }

    void report_waits(wait_report report) override {
        engine_->readers.report_waits(report);
        engine_->writer.report_waits(std::move(report));
    }

    task<result<void>> can_store(clock::time_point deadline) override {
        storage_watch& storage = engine_->storage;
        if (storage.is_failing() && storage.may_probe()) {
            // Changes nothing, and is written to the log and synced like any other change.
            statement probe(
                "UPDATE schema_migrations SET name = name WHERE name = (SELECT min(name) FROM schema_migrations)",
                values(), row_scope::of_service(), deadline);
            CO_TRY(co_await run(std::move(probe)));
        }
        if (storage.is_failing())
            co_return error(errc::unavailable, "The database cannot store changes at the moment.");
        co_return result<void>();
    }

    task<void> drain() override {
        auto done = std::make_shared<completion<void>>();
        auto start = [counter = engine_->counter, done] { counter->close(done); };
        completion_awaiter<void, decltype(start)> waiting(done, std::move(start));
        (void)co_await waiting;
    }

  private:
    engine_ptr engine_;
    std::string folder_to_remove_;
};

/// As many as can be in use at the same time for a while; who finds none asks a thread.
constexpr std::size_t quick_connections = 4;

result<std::vector<std::unique_ptr<sqlite_connection>>> open_readers(const std::string& path, std::size_t count) {
    std::vector<std::unique_ptr<sqlite_connection>> out;
    for (std::size_t i = 0; i < count; ++i) {
        TRY_ASSIGN(auto each, sqlite_connection::open(path, sqlite_connection::purpose::reading));
        out.push_back(std::move(each));
    }
    return out;
}

}  // namespace

result<std::unique_ptr<backend>> open_sqlite(sqlite_options options) {
    using purpose = sqlite_connection::purpose;
    TRY_ASSIGN(auto writing, sqlite_connection::open(options.path, purpose::writing));
    TRY_ASSIGN(auto reading, open_readers(options.path, std::max<std::size_t>(options.readers, 1)));
    TRY_ASSIGN(auto at_once, open_readers(options.path, no_wait::available() ? quick_connections : 0));
    auto engine = std::make_shared<sqlite_engine>(std::move(reading), std::move(at_once), std::move(writing), options);
    std::string folder = options.remove_at_end ? std::filesystem::path(options.path).parent_path().string() : "";
    return std::unique_ptr<backend>(std::make_unique<sqlite_backend>(std::move(engine), std::move(folder)));
}

}  // namespace tenon::db
