// A service that promises things about time: tokens, keys, a bin and a quota, on SQLite and on PostgreSQL.
#pragma once

#include <gtest/gtest.h>

#include <tenon/app/server.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/limits/limiter.hpp>
#include <tenon/loop/event_loop.hpp>
#include <tenon/operation/limit_keys.hpp>
#include <tenon/records/deletion.hpp>
#include <tenon/service/services.hpp>
#include <tenon/testing/clock.hpp>
#include <tenon/testing/service.hpp>

#include "app/expired_rows.hpp"
#include "app/parts.hpp"
#include "db/backend.hpp"
#include "loop_runner.hpp"
#include "migrations/migrate.hpp"
#include "observe/log_sink.hpp"
#include "records/retention.hpp"
#include "records/test_product.hpp"
#include "sample_product.hpp"
#include "shared_cluster.hpp"
#include "temporary_folder.hpp"

namespace tenon::testing {

inline constexpr std::chrono::hours day(24);
inline constexpr std::chrono::hours kept_in_bin = 30 * day;
inline constexpr std::int64_t asks_a_day = 2;

/// One kind of record with a bin: things.
inline const records::test::test_product& things() {
    static const struct product_of_things : records::test::test_product {
        product_of_things() { keep_for(add_kind("things", true), kept_in_bin); }
    } out;
    return out;
}

/// Makes a thing; under the same key, once.
inline task<result<http::response>> make_thing(tenon::service::tenant_call& call) {
    auto database = call.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    const uuid id = uuid::generate();
    auto row = db::args(id, call.user(), instant::now());
    CO_TRY(
        co_await open.query("INSERT INTO things (workspace_id, id, created_by, updated_at, version) "
                            "VALUES ($1, $2, $3, $4, 1)",
                            std::move(row)));
    json::writer out;
    out.begin_object();
    out.member("id", id);
    out.end_object();
    auto answer = http::created("/v1/things/" + id.to_string(), std::move(out).take());
    co_return co_await call.commit(open, std::move(answer));
}

inline task<result<http::response>> remove_thing(tenon::service::tenant_call& call) {
    CO_TRY_ASSIGN(const id<void> named, call.path_id("id"));
    static const records::graph all = things().all();
    auto database = call.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    const records::record what(all, 0, named.value);
    const access::viewer who = call.viewer();
    CO_TRY(co_await records::put_into_bin(open, what, 1, who));
    CO_TRY(co_await open.commit());
    co_return http::no_content();
}

/// {"granted": …, "used": …, "since": …, "until": …} of the tenant's day.
inline task<result<http::response>> ask(tenon::service::tenant_call& call) {
    auto counted = limits::tenant_key(call.context(), "ask");
    limits::store& exact = call.services().limits().exact();
    CO_TRY_ASSIGN(const limits::quota_answer got,
                  co_await exact.use(std::move(counted), limits::window::day, asks_a_day, 1, call.request().deadline));
    json::writer out;
    out.begin_object();
    out.member("granted", got.granted);
    out.member("used", got.used);
    out.member("since", got.span.since);
    out.member("until", got.span.until);
    out.end_object();
    co_return http::ok(std::move(out).take());
}

inline const app::product& promising_product() {
    static const std::vector<tenon::service::route> routes = [] {
        std::vector<tenon::service::route> out(std::begin(test::sample_routes), std::end(test::sample_routes));
        const auto read = test::permission::workspace_read;
        out.push_back(tenon::service::tenant_route(http::method::post, "/v1/things", "make_thing", read, &make_thing));
        out.push_back(tenon::service::tenant_route(http::method::delete_, "/v1/things/{id}", "remove_thing", read,
                                                   &remove_thing));
        out.push_back(tenon::service::tenant_route(http::method::post, "/v1/asks", "ask", read, &ask));
        return out;
    }();
    static const app::product out = [] {
        app::product p = test::sample_product();
        p.routes = routes;
        p.records = things().all();
        return p;
    }();
    return out;
}

/// The parameter says whether the database is PostgreSQL.
class promises_test : public ::testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        if (GetParam() && !test::cluster()) GTEST_SKIP() << test::shared_cluster::get().missing;
        if (GetParam()) test::cluster()->recreate();
        observe::set_log_level("error");
        const app::product& p = promising_product();
        ASSERT_TRUE(db::migrate_up(url(), GetParam() ? p.postgres_migrations : p.sqlite_migrations));
        start();
        for (const std::string& table : things().tables(GetParam())) sql(table);
    }
    void start() {
        server_.reset();
        app::configuration settings = app::default_configuration("sample");
        settings.port = 0;
        settings.database_url = url();
        settings.token_secret = secret(std::string(32, 's'));
        settings.workers = 2;
        settings.password_memory_kib = 8192;
        settings.password_passes = 1;
        settings.rates.attempts_per_address.count = settings.rates.attempts_per_account.count = 0;
        auto made = app::start_server(promising_product(), std::move(settings));
        ASSERT_TRUE(made) << made.error().message;
        server_ = std::move(*made);
    }
    std::string url() const { return GetParam() ? test::cluster()->url() : folder_.database_url(); }

    /// The first of them founds the tenant; who logs in again is the same user in the same tenant.
    client signed_up() {
        client out(server_->port());
        return entered(
            out.post("/v1/auth/sign-up",
                     R"({"email":"ada@example.com","password":"correct horse","name":"Ada","workspace":"W"})"));
    }
    client logged_in() {
        client out(server_->port());
        return entered(out.post("/v1/auth/login", R"({"email":"ada@example.com","password":"correct horse"})"));
    }
    client entered(const answer& got) {
        EXPECT_TRUE(got.status == 200 || got.status == 201) << got.body;
        refresh_token_ = got.at("/refresh_token");
        client out(server_->port());
        out.use_token(got.at("/access_token"));
        return out;
    }
    answer refreshed(const std::string& token) {
        client anybody(server_->port());
        return anybody.post("/v1/auth/refresh", R"({"refresh_token":")" + token + "\"}");
    }
    static answer make(client& who, const std::string& key) {
        return who.send("POST", "/v1/things", "{}", {{"Idempotency-Key", key}});
    }

    app::swept_rows sweep() {
        auto& database = server_->services().internals().get<db::backend>();
        const auto done = runner_.wait(
            app::sweep_expired_rows(database, promising_product().tenant, app::tables_with_retention(), {}));
        EXPECT_TRUE(done) << done.error().message;
        return done ? *done : app::swept_rows{-1, -1};
    }
    std::int64_t sweep_keys() { return sweep().gone; }
    std::int64_t empty_bins() {
        const auto done = runner_.wait(emptied());
        EXPECT_TRUE(done) << done.error().message;
        return done ? done->gone : -1;
    }
    std::int64_t count(const std::string& table, const client& who) {
        const auto tenant = tenant_id::parse(service::tenant_of(who));
        const auto found = run("SELECT count(*) FROM " + table + " WHERE workspace_id = $1", *tenant);
        return found.empty() ? -1 : found[0].get<std::int64_t>(0);
    }
    /// None of the keys that its tenant has can be deleted any more.
    void hold_keys_of(const client& who) {
        const std::string begin =
            "CREATE TRIGGER hold BEFORE DELETE ON idempotency_keys FOR EACH ROW WHEN (OLD.workspace_id = '" +
            service::tenant_of(who) + "') ";
        if (GetParam())
            sql("CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''held''; END'");
        sql(begin + (GetParam() ? "EXECUTE FUNCTION hold()" : "BEGIN SELECT RAISE(ABORT, 'held'); END"));
    }
    void sql(const std::string& text) { run(text, db::row_scope::of_service()); }

    clock clock_;
    std::string refresh_token_;  ///< Of who came in last.
    test::temporary_folder folder_;
    test::loop_runner runner_;
    std::unique_ptr<app::server_handle> server_;

  private:
    task<result<records::purged>> emptied() {
        records::places_in_bin places;
        records::time_of_run endless;
        co_return co_await records::purge_expired(server_->services().internals().get<db::backend>(),
                                                  promising_product().records, instant::now(), std::move(endless),
                                                  places);
    }
    db::rows run(std::string text, db::row_scope whose) {
        db::statement asked(std::move(text), {}, whose, test::soon());
        auto out = runner_.wait(server_->services().internals().get<db::backend>().run(std::move(asked)));
        EXPECT_TRUE(out) << out.error().message;
        return out ? std::move(*out) : db::rows();
    }
};

}  // namespace tenon::testing
