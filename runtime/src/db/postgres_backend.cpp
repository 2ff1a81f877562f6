// Statements and transactions of coroutines, handed to PostgreSQL's thread and back.
#include "db/postgres_backend.hpp"

#include "db/postgres_engine.hpp"
#include "db/postgres_url.hpp"
#include "db/postgres_values.hpp"
#include "db/sqlite_text.hpp"
#include "db/unique_error.hpp"

namespace tenon::db {
namespace {

using rows_completion = completion<rows>;

/// The unit of a statement; `done` is finished with its outcome.
result<postgres_unit_ptr> make_unit(statement& s, const std::shared_ptr<rows_completion>& done) {
    postgres_unit::parameters values;
    values.reserve(s.parameters.size() + 1);
    if (s.tenant) values.emplace_back(s.tenant->to_string());
    for (const value& each : s.parameters) {
        TRY_ASSIGN(auto text, postgres_parameter(each));
        values.push_back(std::move(text));
    }
    auto out = std::make_shared<postgres_unit>(std::move(s.text), std::move(values), s.deadline);
    out->answer = [done](result<rows> outcome) { done->finish(std::move(outcome)); };
    out->wanted = [done] { return !done->abandoned(); };
    return out;
}

/// Awaits the answer to a unit outside of transactions.
task<result<rows>> ask(postgres_engine_ptr engine, postgres_unit_ptr unit, std::shared_ptr<rows_completion> done) {
    auto start = [engine, unit] {
        const bool posted = engine->post([e = engine.get(), unit] { e->submit(unit); });
        if (!posted) unit->finish(shutting_down());
    };
    completion_awaiter<rows, decltype(start)> waiting(done, std::move(start));
    result<rows> out = co_await waiting;
    co_return out;
}

/// Says which values were taken, other than the tenant. When the server does not tell, nothing is said.
task<void> name_columns(postgres_engine_ptr engine, postgres_unit_ptr failed, error& taken, std::string_view tenant) {
    auto done = std::make_shared<rows_completion>();
    statement lookup(
        "SELECT a.attname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) "
        "WHERE n.nspname = $1 AND c.relname = $2 ORDER BY a.attnum",
        args(failed->violated.schema, failed->violated.name), std::nullopt, failed->deadline);
    auto unit = make_unit(lookup, done);
    if (!unit) co_return;
    (*unit)->reads = true;
    auto found = co_await ask(engine, *unit, done);
    for (std::size_t i = 0; found && i < found->size(); ++i)
        taken.fields.push_back(field_error{"/" + (*found)[i].get<std::string>(0), "is already taken"});
    forget_column(taken, tenant);
}

/// One open transaction. Its own statements begin behind its BEGIN, so they need no tenant of their own.
class postgres_transaction : public backend_transaction {
  public:
    postgres_transaction(postgres_engine_ptr engine, postgres_lease_ptr lease, in_flight::pass pass,
                         std::string_view tenant_column)
        : engine_(std::move(engine)), lease_(std::move(lease)), pass_(std::move(pass)), tenant_column_(tenant_column) {}
    ~postgres_transaction() override {
        // Stopped, the engine has closed the connection, and the server rolled back.
        postgres_engine* const engine = engine_.get();
        engine->post([engine, lease = lease_] { engine->transactions().end(lease); });
    }

    task<result<rows>> run(statement s) override {
        if (failed_) co_return error(errc::internal, "a statement after one that failed, in the same transaction");
        failed_ = true;  // until it is known to have gone well
        auto done = std::make_shared<rows_completion>();
        CO_TRY_ASSIGN(auto unit, make_unit(s, done));
        auto start = [engine = engine_, lease = lease_, unit] {
            const bool posted = engine->post([e = engine.get(), lease, unit] { e->transactions().run(lease, unit); });
            if (!posted) unit->finish(shutting_down());
        };
        completion_awaiter<rows, decltype(start)> waiting(done, std::move(start));
        result<rows> out = co_await waiting;
        failed_ = !out;
        if (!out && out.error().kind == "unique") co_await name_columns(engine_, unit, out.error(), tenant_column_);
        co_return out;
    }

    task<result<void>> commit() override {
        if (failed_) co_return error(errc::internal, "a commit after a statement that failed");
        failed_ = true;  // nothing may follow
        auto done = std::make_shared<completion<void>>();
        auto start = [engine = engine_, lease = lease_, done] {
            auto committed = [done](result<void> outcome) { done->finish(std::move(outcome)); };
            const bool posted =
                engine->post([e = engine.get(), lease, committed] { e->transactions().commit(lease, committed); });
            if (!posted) committed(shutting_down());
        };
        completion_awaiter<void, decltype(start)> waiting(done, std::move(start));
        result<void> out = co_await waiting;
        co_return out;
    }

  private:
    postgres_engine_ptr engine_;
    postgres_lease_ptr lease_;
    in_flight::pass pass_;
    std::string_view tenant_column_;
    bool failed_ = false;
};

/// What it takes to answer a `begin`: kept by the lease until its connection is ready.
class opening {
  public:
    using outcome = completion<std::unique_ptr<backend_transaction>>;

    opening(const postgres_engine_ptr& engine, postgres_lease_ptr lease, in_flight::pass pass, std::string_view column)
        : engine_(engine), lease_(std::move(lease)), pass_(std::move(pass)), tenant_column_(column) {}

    void answer(result<void> begun) {
        if (!begun) return done->finish(std::move(begun).error());
        done->finish(std::make_unique<postgres_transaction>(engine_, lease_, std::move(pass_), tenant_column_));
    }
    const postgres_lease_ptr& lease() const { return lease_; }

    const std::shared_ptr<outcome> done = std::make_shared<outcome>();

  private:
    postgres_engine_ptr engine_;
    postgres_lease_ptr lease_;
    in_flight::pass pass_;
    std::string_view tenant_column_;
};

class postgres_backend : public backend {
  public:
    explicit postgres_backend(const postgres_options& options) : engine_(std::make_shared<postgres_engine>(options)) {}
    ~postgres_backend() override { engine_->stop(); }

    task<result<rows>> run(statement s) override {
        in_flight::pass pass = engine_->counter->enter();
        if (!pass) co_return shutting_down();
        auto done = std::make_shared<rows_completion>();
        const bool reads = reads_only(s.text);
        const bool for_tenant = s.tenant.has_value();
        CO_TRY_ASSIGN(auto unit, make_unit(s, done));
        unit->reads = reads;
        if (for_tenant) unit->before = postgres_unit::prologue::tenant;
        auto out = co_await ask(engine_, unit, done);
        if (!out && out.error().kind == "unique") co_await name_columns(engine_, unit, out.error(), tenants().column);
        co_return out;
    }

    task<result<std::unique_ptr<backend_transaction>>> begin(std::optional<tenant_id> tenant,
                                                             clock::time_point deadline) override {
        in_flight::pass pass = engine_->counter->enter();
        if (!pass) co_return shutting_down();
        auto lease = std::make_shared<postgres_lease>(tenant, deadline);
        auto request = std::make_shared<opening>(engine_, std::move(lease), std::move(pass), tenants().column);
        auto start = [engine = engine_, request] {
            const bool posted = engine->post([e = engine.get(), request] {
                e->transactions().begin(request->lease(), [request](result<void> begun) { request->answer(begun); });
            });
            if (!posted) request->answer(shutting_down());
        };
        completion_awaiter<std::unique_ptr<backend_transaction>, decltype(start)> waiting(request->done,
                                                                                          std::move(start));
        auto out = co_await waiting;
        co_return out;
    }

    std::string_view dialect() const override { return "postgres"; }

    task<void> drain() override {
        auto done = std::make_shared<completion<void>>();
        auto start = [counter = engine_->counter, done] { counter->close(done); };
        completion_awaiter<void, decltype(start)> waiting(done, std::move(start));
        (void)co_await waiting;
    }

  private:
    postgres_engine_ptr engine_;
};

/// One connection, made and closed: a wrong URL or password is better known at the start than at the first request.
result<void> try_connection(const std::string& url) {
    const char* const keys[] = {"connect_timeout", "dbname", nullptr};
    const char* const values[] = {"10", url.c_str(), nullptr};
    const std::unique_ptr<PGconn, decltype(&PQfinish)> probe(PQconnectdbParams(keys, values, 1), &PQfinish);
    if (PQstatus(probe.get()) == CONNECTION_OK) return {};
    std::string why = PQerrorMessage(probe.get());
    while (!why.empty() && why.back() == '\n') why.pop_back();
    return error(errc::unavailable, "The database cannot be reached: " + why);
}

}  // namespace

result<std::unique_ptr<backend>> open_postgres(postgres_options options) {
    TRY(check_postgres_url(options.url));
    TRY(try_connection(options.url));
    return std::unique_ptr<backend>(std::make_unique<postgres_backend>(options));
}

}  // namespace tenon::db
