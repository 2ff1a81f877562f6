// Finds the engine of the calling loop, and makes it when there is none yet.
#include "postgres/backend.hpp"

#include <mutex>
#include <utility>
#include <vector>

#include "postgres/transaction.hpp"
#include "postgres/url.hpp"

namespace tenon::db {
namespace {

class postgres_backend final : public backend {
  public:
    explicit postgres_backend(postgres_options options)
        : options_(std::move(options)), canceller_(std::make_shared<postgres_canceller>()) {}

    ~postgres_backend() override {
        std::vector<postgres_engine_ptr> all;
        {
            const std::lock_guard lock(mutex_);
            stopped_ = true;
            all.swap(engines_);
        }
        for (const postgres_engine_ptr& each : all) each->close(this);
    }

    task<result<rows>> run(statement s) override {
        const in_flight::pass pass = counter_->enter();
        if (!pass) co_return shutting_down();
        CO_TRY_ASSIGN(const postgres_engine_ptr engine, engine_here());
        if (!s.is_read) {
            postgres_transaction single(engine, std::make_shared<postgres_lease>(s.whose, s.deadline),
                                        in_flight::pass(), tenants().column);
            co_return co_await single.run_alone(std::move(s));
        }
        const row_scope whose = s.whose;
        CO_TRY_ASSIGN(const postgres_unit_ptr unit, make_postgres_unit(s));
        unit->kind = postgres_kind::read;
        unit->caller = s.caller;
        if (s.is_page) {
            unit->page = {options_.page_bytes, s.page_bytes_max, s.is_search};
        }
        unit->whose = whose;
        engine->submit(unit);
        postgres_answer answer(unit);
        result<rows> out = co_await answer;
        co_return out;
    }

    task<result<std::unique_ptr<backend_transaction>>> begin(row_scope whose, clock::time_point deadline) override {
        in_flight::pass pass = counter_->enter();
        if (!pass) co_return shutting_down();
        CO_TRY_ASSIGN(postgres_engine_ptr engine, engine_here());
        std::unique_ptr<backend_transaction> out = std::make_unique<postgres_transaction>(
            std::move(engine), std::make_shared<postgres_lease>(whose, deadline), std::move(pass), tenants().column);
        co_return out;
    }

    std::string_view dialect() const override { return "postgres"; }

    task<result<void>> can_store(clock::time_point deadline) override {
        storage_watch& storage = watch_->storage;
        if (storage.is_failing() && storage.may_probe()) CO_TRY(co_await probe(deadline));
        if (storage.is_failing())
            co_return error(errc::unavailable, "The database cannot store changes at the moment.");
        co_return result<void>();
    }

    void report_waits(wait_report report) override { watch_->waits = std::move(report); }

    task<void> drain() override {
        auto done = std::make_shared<completion<void>>();
        auto start = [counter = counter_, done] { counter->close(done); };
        completion_awaiter<void, decltype(start)> waiting(done, std::move(start));
        (void)co_await waiting;
    }

  private:
    /// Stores something new and takes it back: what only changes rows in place may well go on on a full disk. Nobody
    /// but this finds out that storing works again.
    task<result<void>> probe(clock::time_point deadline) {
        CO_TRY_ASSIGN(const auto open, co_await begin(row_scope::of_service(), deadline));
        // Asked first: before 16, large objects do not refuse a transaction that only reads. All are of that kind on a
        // standby.
        statement ask(
            "SELECT current_setting('transaction_read_only')::boolean, "
            "has_function_privilege('lo_from_bytea(oid, bytea)', 'EXECUTE') AND "
            "has_function_privilege('lo_unlink(oid)', 'EXECUTE')",
            values(), row_scope::of_service(), deadline);
        CO_TRY_ASSIGN(const rows may, co_await open->run(std::move(ask)));
        if (may[0].get<bool>(0)) co_return result<void>();
        // Where the role may not do this, the next change that fails tells again.
        if (!may[0].get<bool>(1)) {
            watch_->storage.stored();
            co_return result<void>();
        }
        statement store(
            "SELECT lo_unlink(lo_from_bytea(0, (SELECT string_agg(uuid_send(gen_random_uuid()), '') "
            "FROM generate_series(1, 4096))))",
            values(), row_scope::of_service(), deadline);
        const auto stored = co_await open->run(std::move(store));
        if (!stored) co_return result<void>();
        const auto committed = co_await open->commit();
        if (committed) watch_->storage.stored();
        co_return result<void>();
    }

    result<postgres_engine_ptr> engine_here() {
        asio_event_loop* const loop = asio_event_loop::current();
        if (!loop) return error(errc::internal, "a statement outside of event loops");
        if (auto* const known = static_cast<postgres_engine*>(loop->resident(this))) return known->shared_from_this();
        const std::lock_guard lock(mutex_);
        if (stopped_) return shutting_down();
        std::erase_if(engines_, [](const postgres_engine_ptr& each) { return each->is_closed(); });
        engines_.push_back(std::make_shared<postgres_engine>(*loop, canceller_, watch_, options_));
        loop->settle(this, engines_.back());
        return engines_.back();
    }

    const postgres_options options_;
    const std::shared_ptr<postgres_canceller> canceller_;
    const std::shared_ptr<postgres_watch> watch_ = std::make_shared<postgres_watch>();
    const std::shared_ptr<in_flight> counter_ = std::make_shared<in_flight>();
    std::mutex mutex_;
    bool stopped_ = false;
    std::vector<postgres_engine_ptr> engines_;
};

/// One connection, made and closed: a wrong URL or password is better known at the start than at the first request.
result<void> try_connection(const std::string& url) {
    const char* const keys[] = {"connect_timeout", "dbname", nullptr};
    const char* const values[] = {"10", url.c_str(), nullptr};
    const std::unique_ptr<PGconn, decltype(&PQfinish)> probe(PQconnectdbParams(keys, values, 1), &PQfinish);
    if (PQstatus(probe.get()) == CONNECTION_OK) return {};
    return error(errc::unavailable, "The database cannot be reached: " + in_one_line(PQerrorMessage(probe.get())));
}

}  // namespace

result<std::unique_ptr<backend>> open_postgres(postgres_options options) {
    TRY(check_postgres_url(options.url));
    TRY(try_connection(options.url));
    return std::unique_ptr<backend>(std::make_unique<postgres_backend>(std::move(options)));
}

}  // namespace tenon::db
