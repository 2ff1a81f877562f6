// Statements and transactions of coroutines, handed to SQLite's threads and back.
#include "sqlite/backend.hpp"

#include <algorithm>
#include <filesystem>
#include <functional>

#include "db/in_flight.hpp"
#include "db/sql_text.hpp"
#include "db/unique_error.hpp"
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
    sqlite_engine(std::vector<std::unique_ptr<sqlite_connection>> reading, std::unique_ptr<sqlite_connection> writing,
                  const sqlite_options& options)
        : readers(watched(std::move(reading), storage), options.read_queue_max, watch),
          writer(watched(std::move(writing), storage), options.write_queue_max, watch),
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
    const list_budget lists;
    std::shared_ptr<in_flight> counter = std::make_shared<in_flight>();
};
using engine_ptr = std::shared_ptr<sqlite_engine>;

/// Work that answers a completion.
template <class T>
class answering_work : public work {
  public:
    answering_work(clock::time_point deadline, in_flight::pass pass) : work(deadline), pass_(std::move(pass)) {}
    void refuse(error why) override { done->finish(std::move(why)); }
    bool wanted() override { return !done->abandoned(); }

    const std::shared_ptr<completion<T>> done = std::make_shared<completion<T>>();

  private:
    in_flight::pass pass_;
};

class statement_work : public answering_work<rows> {
  public:
    statement_work(statement s, in_flight::pass pass, const list_budget& lists)
        : answering_work(s.deadline, std::move(pass)), statement_(std::move(s)), lists_(lists) {
        caller = statement_.caller;
        is_list = statement_.is_page && caller != uuid();
    }
    /// Its result counts among `all` until it is taken.
    void count_among(std::shared_ptr<results_on_the_way> all) { all_ = std::move(all); }
    void execute(sqlite_connection& connection) override {
        result<rows> out = connection.run(statement_, lists_);
        if (const std::size_t bytes = out && all_ ? out->bytes() : 0; bytes >= large_result_bytes)
            on_the_way_ = results_on_the_way::ticket(all_, bytes);
        done->finish(std::move(out));
    }
    void taken() { on_the_way_ = {}; }

  private:
    // What is smaller is not worth a lock.
    static constexpr std::size_t large_result_bytes = 16 * 1024;

    std::shared_ptr<results_on_the_way> all_;
    results_on_the_way::ticket on_the_way_;
    statement statement_;
    const list_budget lists_;
};

class commit_work : public answering_work<void> {
  public:
    explicit commit_work(clock::time_point deadline) : answering_work(deadline, in_flight::pass()) {}
    void execute(sqlite_connection& connection) override {
        auto committed = connection.control("COMMIT", deadline());
        // A COMMIT that failed (a deferred constraint, a full disk) leaves the transaction open.
        if (!committed && connection.in_transaction())
            (void)connection.control("ROLLBACK", deadline() + std::chrono::seconds(10)).has_value();
        done->finish(std::move(committed));
    }
};

class sqlite_transaction : public backend_transaction {
  public:
    sqlite_transaction(engine_ptr engine, lease_ptr lease, in_flight::pass pass, std::string_view tenant_column)
        : engine_(std::move(engine)), lease_(std::move(lease)), pass_(std::move(pass)), tenant_column_(tenant_column) {}
    ~sqlite_transaction() override { engine_->writer.release(lease_); }

    task<result<rows>> run(statement s) override {
        if (failed_) co_return error(errc::internal, "a statement after one that failed, in the same transaction");
        auto job = std::make_shared<statement_work>(std::move(s), in_flight::pass(), engine_->lists);
        auto start = [engine = engine_, lease = lease_, job] { engine->writer.submit_held(lease, job); };
        completion_awaiter<rows, decltype(start)> waiting(job->done, std::move(start));
        result<rows> out = co_await waiting;
        if (!out) describe_taken(out.error(), tenant_column_);
        // As PostgreSQL has it: after an error only a rollback is left, so that no half of a change is ever committed.
        if (!out) failed_ = true;
        co_return out;
    }

    void commit_with_next() override {}  // there are no trips to save
    bool is_committed() const override { return committed_; }

    task<result<void>> commit() override {
        if (failed_) co_return error(errc::internal, "a commit after a statement that failed");
        failed_ = true;  // nothing may follow
        auto job = std::make_shared<commit_work>(lease_->deadline);
        auto start = [engine = engine_, lease = lease_, job] { engine->writer.submit_held(lease, job); };
        completion_awaiter<void, decltype(start)> waiting(job->done, std::move(start));
        result<void> out = co_await waiting;
        committed_ = out.has_value();
        co_return out;
    }

  private:
    engine_ptr engine_;
    lease_ptr lease_;
    in_flight::pass pass_;
    std::string_view tenant_column_;
    bool failed_ = false;
    bool committed_ = false;
};

class begin_work : public answering_work<std::unique_ptr<backend_transaction>> {
  public:
    begin_work(engine_ptr engine, lease_ptr lease, in_flight::pass pass, std::string_view tenant_column)
        : answering_work(lease->deadline, in_flight::pass()),
          engine_(std::move(engine)),
          lease_(std::move(lease)),
          pass_(std::move(pass)),
          tenant_column_(tenant_column) {}
    void execute(sqlite_connection& connection) override {
        auto begun = connection.control("BEGIN IMMEDIATE", deadline());
        if (!begun) return refuse(std::move(begun).error());
        done->finish(std::make_unique<sqlite_transaction>(engine_, lease_, std::move(pass_), tenant_column_));
    }

  private:
    engine_ptr engine_;
    lease_ptr lease_;
    in_flight::pass pass_;
    std::string_view tenant_column_;
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
        const bool reading = reads_only(s.text);
        // A statement that is interrupted because the backend ends resumes after it is gone.
        const std::string_view tenant_column = tenants().column;
        auto job = std::make_shared<statement_work>(std::move(s), std::move(pass), engine_->lists);
        if (reading) job->count_among(engine_->readers.results());
        auto start = [engine = engine_, job, reading] {
            reading ? engine->readers.submit(job) : engine->writer.submit(job);
        };
        completion_awaiter<rows, decltype(start)> waiting(job->done, std::move(start));
        result<rows> out = co_await waiting;
        job->taken();
        if (!out) describe_taken(out.error(), tenant_column);
        co_return out;
    }

    task<result<std::unique_ptr<backend_transaction>>> begin(row_scope, clock::time_point deadline) override {
        in_flight::pass pass = engine_->counter->enter();
        if (!pass) co_return shutting_down();
        auto lease = std::make_shared<writer_lease>(deadline);
        auto job = std::make_shared<begin_work>(engine_, lease, std::move(pass), tenants().column);
        auto start = [engine = engine_, lease, job] { engine->writer.submit(job, lease); };
        completion_awaiter<std::unique_ptr<backend_transaction>, decltype(start)> waiting(job->done, std::move(start));
        auto out = co_await waiting;
        co_return out;
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

}  // namespace

result<std::unique_ptr<backend>> open_sqlite(sqlite_options options) {
    using purpose = sqlite_connection::purpose;
    TRY_ASSIGN(auto writing, sqlite_connection::open(options.path, purpose::writing));
    std::vector<std::unique_ptr<sqlite_connection>> reading;
    for (std::size_t i = 0; i < std::max<std::size_t>(options.readers, 1); ++i) {
        TRY_ASSIGN(auto each, sqlite_connection::open(options.path, purpose::reading));
        reading.push_back(std::move(each));
    }
    auto engine = std::make_shared<sqlite_engine>(std::move(reading), std::move(writing), options);
    std::string folder = options.remove_at_end ? std::filesystem::path(options.path).parent_path().string() : "";
    return std::unique_ptr<backend>(std::make_unique<sqlite_backend>(std::move(engine), std::move(folder)));
}

}  // namespace tenon::db
