// A service with routes that count what they do, on SQLite and on PostgreSQL.
#pragma once

#include <gtest/gtest.h>

#include <atomic>

#include <tenon/app/server.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/service/services.hpp>
#include <tenon/testing/clock.hpp>
#include <tenon/testing/service.hpp>

#include "loop_runner.hpp"
#include "migrations/migrate.hpp"
#include "observe/log_sink.hpp"
#include "operation/registry.hpp"
#include "sample_product.hpp"
#include "shared_cluster.hpp"
#include "temporary_folder.hpp"

namespace tenon::idempotency {

/// What the handlers of the test are told to do.
struct orders {
    std::atomic<bool> hold{false};  ///< Wait before committing.
    std::atomic<int> entered{0};    ///< How often a handler was started.
    std::atomic<int> mood{0};       ///< 1 refuse, 2 throw, 3 be unavailable after the work, 4 lose the key before a
                                    ///< large answer is kept.
};
inline orders& told() {
    static orders out;
    return out;
}

/// Raises the tenant's version by one, which the tests count.
inline task<result<http::response>> count_up(service::tenant_call& call) {
    ++told().entered;
    auto database = call.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    auto none = db::args();
    CO_TRY(co_await open.query("UPDATE workspaces SET version = version + 1 WHERE id = $1", std::move(none)));
    if (told().mood == 1) co_return error(errc::invalid, "No.");
    if (told().mood == 2) throw std::runtime_error("thrown");
    if (told().mood == 3) co_return error(errc::unavailable, "Away.");
    if (told().mood == 4) {
        auto nothing = db::args();
        CO_TRY(co_await open.query("DELETE FROM idempotency_keys WHERE workspace_id = $1", std::move(nothing)));
    }
    while (told().hold) co_await sleep_until(std::chrono::steady_clock::now() + std::chrono::milliseconds(2));
    json::writer out;
    out.begin_object();
    out.member("id", uuid::generate());
    out.member("secret", told().mood == 4 ? std::string(5'000, 's') : "tell-nobody");
    out.end_object();
    auto answer = http::created("/v1/counts/1", std::move(out).take()).with("ETag", "\"1\"");
    co_return co_await call.commit(open, std::move(answer));
}

/// Commits for itself, as a route from before keys would.
inline task<result<http::response>> count_alone(service::tenant_call& call) {
    ++told().entered;
    auto database = call.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    auto none = db::args();
    CO_TRY(co_await open.query("UPDATE workspaces SET version = version + 1 WHERE id = $1", std::move(none)));
    CO_TRY(co_await open.commit());
    co_return http::response(200, R"({"done":")" + uuid::generate().to_string() + "\"}");
}

/// Of which the retention can purge nothing, and says so.
inline constexpr records::kind without_table[] = {[] {
    records::kind out;
    out.table = "nowhere";
    out.bin = true;
    out.keep = std::chrono::hours(1);
    return out;
}()};

inline const app::product& counting_product() {
    static const std::vector<service::route> routes = [] {
        std::vector<service::route> out(std::begin(test::sample_routes), std::end(test::sample_routes));
        const auto read = test::permission::workspace_read;
        out.push_back(service::tenant_route(http::method::post, "/v1/counts", "count", read, &count_up));
        out.push_back(service::tenant_route(http::method::post, "/v1/counts/{id}/again", "again", read, &count_up));
        out.push_back(service::tenant_route(http::method::post, "/v1/alone", "alone", read, &count_alone));
        return out;
    }();
    static const app::product out = [] {
        app::product p = test::sample_product();
        p.routes = routes;
        p.records.kinds = without_table;
        return p;
    }();
    return out;
}

/// The parameter says whether the database is PostgreSQL.
class keyed_test : public ::testing::TestWithParam<bool> {
  protected:
    using answer = testing::answer;
    using client = testing::client;

    void SetUp() override {
        if (GetParam() && !test::cluster()) GTEST_SKIP() << test::shared_cluster::get().missing;
        if (GetParam()) test::cluster()->recreate();
        observe::set_log_level("error");
        told().hold = false;
        told().entered = 0;
        told().mood = 0;
        const app::product& p = counting_product();
        ASSERT_TRUE(db::migrate_up(url(), GetParam() ? p.postgres_migrations : p.sqlite_migrations));
        server_ = started(std::string(32, 's'), "");
    }
    std::string url() const { return GetParam() ? test::cluster()->url() : folder_.database_url(); }
    std::unique_ptr<app::server_handle> started(const std::string& secret, const std::string& previous,
                                                std::size_t kept_answer_bytes = 1024 * 1024) {
        app::configuration settings = app::default_configuration("sample");
        settings.kept_answer_bytes = kept_answer_bytes;
        settings.port = 0;
        settings.database_url = url();
        settings.token_secret = tenon::secret(secret);
        settings.previous_token_secret = tenon::secret(previous);
        settings.workers = 2;
        settings.password_memory_kib = 8192;
        settings.password_passes = 1;
        auto out = app::start_server(counting_product(), std::move(settings));
        EXPECT_TRUE(out) << out.error().message;
        return out ? std::move(*out) : nullptr;
    }

    client anonymous() { return client(server_->port()); }
    client founder() {
        client out = anonymous();
        const answer got = out.post("/v1/auth/sign-up", sign_up_body());
        EXPECT_EQ(got.status, 201) << got.body;
        out.use_token(got.at("/access_token"));
        return out;
    }
    /// With a token of now, for the `number`th founder.
    client logged_in(int number) {
        client out = anonymous();
        const answer got = out.post("/v1/auth/login", R"({"email":"user)" + std::to_string(number) +
                                                          R"(@example.com","password":"correct horse"})");
        EXPECT_EQ(got.status, 200) << got.body;
        out.use_token(got.at("/access_token"));
        return out;
    }
    std::string sign_up_body() {
        const std::string name = "user" + std::to_string(++users_);
        return R"({"email":")" + name + R"(@example.com","password":"correct horse","name":")" + name +
               R"(","workspace":"W"})";
    }
    static answer post(client& who, const std::string& path, const std::string& key, const std::string& body = "{}") {
        return who.send("POST", path, body, {{"Idempotency-Key", key}});
    }
    /// How often the tenant's version was raised.
    static int counted(client& who) {
        return std::stoi(who.get("/v1/workspaces/" + testing::service::tenant_of(who)).at("/version")) - 1;
    }
    /// Past the service, as its own; "$1" is the client's tenant, if there is one.
    db::rows sql(std::string text, const client* who = nullptr) {
        const auto tenant = who ? tenant_id::parse(testing::service::tenant_of(*who)) : std::nullopt;
        const db::row_scope whose = tenant ? db::row_scope(*tenant) : db::row_scope::of_service();
        auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        db::statement asked(std::move(text), {}, whose, deadline);
        auto out = runner_.wait(server_->services().internals().get<db::backend>().run(std::move(asked)));
        EXPECT_TRUE(out) << out.error().message;
        return out ? std::move(*out) : db::rows();
    }

    testing::clock clock_;
    test::temporary_folder folder_;
    test::loop_runner runner_;
    std::unique_ptr<app::server_handle> server_;

  private:
    int users_ = 0;
};

}  // namespace tenon::idempotency
