// Attempts are counted before anything is answered, and guesses of strangers do not shut an account's owner out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tenon/app/server.hpp>
#include <tenon/observe/metrics.hpp>
#include <tenon/service/services.hpp>
#include <tenon/testing/service.hpp>

#include "http/raw_client.hpp"
#include "migrations/migrate.hpp"
#include "observe/log_sink.hpp"
#include "sample_product.hpp"
#include "temporary_folder.hpp"

namespace tenon::auth {
namespace {

using testing::answer;
using testing::client;
using ::testing::HasSubstr;

const char* const owner_address = "192.0.2.1";
const char* const stranger_address = "198.51.100.7";

limits::rate per_hour(std::int64_t count) {
    return limits::rate{count, std::chrono::hours(1)};
}

class attempts_test : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(db::migrate_up(folder_.database_url(), test::sample_product().sqlite_migrations));
        settings_.port = 0;
        settings_.workers = 1;
        settings_.database_url = folder_.database_url();
        settings_.token_secret = tenon::secret(std::string(32, 's'));
        settings_.password_memory_kib = 8192;
        settings_.password_passes = 1;
        settings_.trust_proxy = true;
        settings_.rates.attempts_per_address = per_hour(1000);
        observe::set_log_level("error");
    }
    void TearDown() override { observe::capture_log(nullptr); }
    void start() {
        server_.reset();
        auto started = app::start_server(test::sample_product(), settings_);
        ASSERT_TRUE(started) << started.error().message;
        server_ = std::move(*started);
    }
    answer post(const std::string& from, const std::string& path, const std::string& body, const std::string& key = "",
                const std::string& type = "application/json") {
        std::vector<std::pair<std::string, std::string>> headers = {{"X-Forwarded-For", from}};
        if (!key.empty()) headers.emplace_back("Idempotency-Key", key);
        if (type != "application/json") headers.emplace_back("Content-Type", type);
        return client(server_->port()).send("POST", path, body, headers);
    }
    int sign_up(const std::string& from, const std::string& name) {
        return post(from, "/v1/auth/sign-up",
                    R"({"email":")" + name + R"(@example.com","password":"correct horse","name":"A","workspace":"W"})")
            .status;
    }
    answer login(const std::string& from, const std::string& password, const std::string& key = "") {
        return post(from, "/v1/auth/login", R"({"email":"ada@example.com","password":")" + password + "\"}", key);
    }
    int change_password(const std::string& from, const std::string& token, const std::string& current) {
        client who(server_->port());
        who.use_token(token);
        const std::string body = R"({"current_password":")" + current + R"(","new_password":"another horse"})";
        return who.send("POST", "/v1/auth/password", body, {{"X-Forwarded-For", from}}).status;
    }
    /// Until the account is shut for `from`; a guess that got through is told by its status.
    int guess_until_refused(const std::string& from) {
        for (int i = 0; i < 100; ++i) {
            const int status = login(from, "wrong horse " + std::to_string(i)).status;
            if (status != 401) return status;
        }
        return 0;
    }

    test::temporary_folder folder_;
    app::configuration settings_ = app::default_configuration("sample");
    std::unique_ptr<app::server_handle> server_;
};

TEST_F(attempts_test, a_refresh_is_one) {
    settings_.rates.attempts_per_address = per_hour(3);
    start();
    const std::string body = R"({"refresh_token":"rt_)" + std::string(43, 'A') + "\"}";
    for (int i = 0; i < 3; ++i) EXPECT_EQ(post(stranger_address, "/v1/auth/refresh", body).status, 401);
    const answer refused = post(stranger_address, "/v1/auth/refresh", body);
    EXPECT_EQ(refused.status, 429);
    EXPECT_THAT(refused.header("RateLimit"), HasSubstr("\"auth-ip\";r=0"));
    EXPECT_EQ(post(owner_address, "/v1/auth/refresh", body).status, 401);
}

TEST_F(attempts_test, refused_logins_are_counted_by_reason) {
    settings_.rates.attempts_per_account = per_hour(4);
    start();
    ASSERT_EQ(sign_up(owner_address, "ada"), 201);
    ASSERT_EQ(login(owner_address, "correct horse").status, 200);
    int refused = 0;
    while (refused < 100 && login(stranger_address, "wrong horse").status == 401) ++refused;
    EXPECT_GT(refused, 0);
    const std::string shown = server_->services().metrics().expose();
    EXPECT_THAT(shown, HasSubstr("login_failures_total{reason=\"credentials\"} " + std::to_string(refused) + "\n"));
    EXPECT_THAT(shown, HasSubstr("login_failures_total{reason=\"limit\"} 1\n"));
}

TEST_F(attempts_test, what_cannot_be_read_is_one_too) {
    settings_.rates.attempts_per_address = per_hour(5);
    start();
    int host = 0;
    for (const char* path : {"/v1/auth/sign-up", "/v1/auth/login", "/v1/auth/refresh"}) {
        const std::string from = "192.0.2." + std::to_string(++host);
        EXPECT_EQ(post(from, path, "{").status, 400) << path;
        EXPECT_EQ(post(from, path, "{}").status, 422) << path;
        EXPECT_EQ(post(from, path, "[]").status, 422) << path;
        EXPECT_EQ(post(from, path, "a=b", "", "text/plain").status, 415) << path;
        EXPECT_EQ(post(from, path, "{}", "a b").at("/code"), "bad_idempotency_key") << path;
        EXPECT_EQ(post(from, path, "{").status, 429) << path;
    }
}

TEST_F(attempts_test, guesses_under_a_key_count_and_learn_nothing) {
    settings_.rates.attempts_per_account = per_hour(8);
    start();
    ASSERT_EQ(sign_up(owner_address, "ada"), 201);
    const answer first = login(owner_address, "correct horse", "key");
    ASSERT_EQ(first.status, 200);
    EXPECT_EQ(login(owner_address, "correct horse", "key").body, first.body) << "the same request";
    // A stranger does not see that the key is taken, and is counted.
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(login(stranger_address, "wrong horse " + std::to_string(i), "key").status, 401) << i;
    EXPECT_EQ(login(stranger_address, "wrong horse again", "key").status, 401) << "a single try more";
    EXPECT_EQ(login(stranger_address, "wrong horse again", "key").status, 429);
}

TEST_F(attempts_test, strangers_may_choose_the_same_key) {
    start();
    const auto body = [](const std::string& name) {
        return R"({"email":")" + name + R"(@example.com","password":"correct horse","name":"A","workspace":"W"})";
    };
    const answer ada = post(owner_address, "/v1/auth/sign-up", body("ada"), "1");
    const answer bob = post(owner_address, "/v1/auth/sign-up", body("bob"), "1");
    EXPECT_EQ(ada.status, 201);
    EXPECT_EQ(bob.status, 201);
    EXPECT_NE(ada.at("/user_id"), bob.at("/user_id"));
    EXPECT_EQ(post(owner_address, "/v1/auth/sign-up", body("ada"), "1").body, ada.body);
    EXPECT_EQ(post(owner_address, "/v1/auth/sign-up", body("bob"), "1").body, bob.body);
}

TEST_F(attempts_test, an_attempt_counts_before_an_answer_is_given_again) {
    settings_.rates.attempts_per_address = per_hour(3);
    start();
    ASSERT_EQ(sign_up(owner_address, "ada"), 201);
    ASSERT_EQ(login(owner_address, "correct horse", "key").status, 200);
    EXPECT_EQ(login(owner_address, "correct horse", "key").header("Idempotent-Replayed"), "true");
    EXPECT_EQ(login(owner_address, "correct horse", "key").status, 429);
}

TEST_F(attempts_test, strangers_do_not_shut_the_owner_out) {
    settings_.rates.attempts_per_account = per_hour(20);
    start();
    ASSERT_EQ(sign_up(owner_address, "ada"), 201);
    EXPECT_EQ(guess_until_refused(stranger_address), 429);
    EXPECT_EQ(login(stranger_address, "correct horse").status, 429) << "a stranger is shut out";
    EXPECT_EQ(login(owner_address, "correct horse").status, 200) << "the owner is not";
    EXPECT_EQ(login("192.0.2.1:4711", "correct horse").status, 200);
    // On the way, the owner has one try.
    EXPECT_EQ(login("203.0.113.9", "correct horse").status, 200);
    EXPECT_EQ(login("203.0.113.9", "correct horse").status, 200) << "and is known there from then on";
    EXPECT_EQ(login("203.0.113.10", "wrong horse!").status, 401);
    const answer slow = login("203.0.113.10", "correct horse");
    EXPECT_EQ(slow.status, 429);
    EXPECT_THAT(slow.header("RateLimit-Policy"), HasSubstr("\"auth-once\";q=1;w=3600"));
}

/// Changing the password is what ends the thief's session.
TEST_F(attempts_test, who_has_a_stolen_session_does_not_shut_its_owner_out) {
    settings_.rates.attempts_per_account = per_hour(20);
    start();
    ASSERT_EQ(sign_up(owner_address, "ada"), 201);
    const std::string stolen = login(owner_address, "correct horse").at("/access_token");
    int refused = 0;
    for (int i = 0; i < 60; ++i) {
        const std::string from = "203.0.113." + std::to_string(i);
        refused += change_password(from, stolen, "wrong horse!") == 429 ? 1 : 0;
    }
    EXPECT_GT(refused, 10);
    EXPECT_EQ(change_password(owner_address, stolen, "wrong horse!"), 422) << "a slip of the owner's";
    EXPECT_EQ(change_password(owner_address, stolen, "correct horse"), 204);
}

TEST_F(attempts_test, an_owner_stays_known_over_a_restart) {
    settings_.rates.attempts_per_account = per_hour(4);
    start();
    ASSERT_EQ(sign_up(owner_address, "ada"), 201);
    start();
    EXPECT_EQ(guess_until_refused(stranger_address), 429);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(login(owner_address, "correct horse").status, 200) << i;
    EXPECT_EQ(login(owner_address, "correct horse").status, 429) << "as much for itself as the account allows, no more";
}

TEST_F(attempts_test, many_networks_together_are_held_as_well) {
    settings_.rates.attempts_per_account = per_hour(5);
    start();
    ASSERT_EQ(sign_up(owner_address, "ada"), 201);
    int guesses = 0;
    for (int i = 0; i < 40; ++i)
        guesses += login("203.0.113." + std::to_string(i), "wrong horse!").status == 401 ? 1 : 0;
    EXPECT_EQ(guesses, 4 + 5) << "the rest of what is for all, and once as many single tries";
    EXPECT_EQ(login(owner_address, "correct horse").status, 200);
}

TEST_F(attempts_test, requests_that_cannot_be_read_count_against_their_address) {
    settings_.trust_proxy = false;
    settings_.max_body_bytes = 1024;
    for (const char* bytes : {"HELO example.com\r\n\r\n", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n",
                              "POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n",
                              "GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                              "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", "PUT /v1/me HTTP/1.1\r\nHost: x\r\n\r\n"}) {
        settings_.rates.per_address = per_hour(3);
        start();
        const auto ask = [&] {
            test::raw_client c(server_->port());
            c.send(bytes);
            return c.response();
        };
        for (int i = 0; i < 3; ++i) EXPECT_NE(test::status_of(ask()), 429) << bytes;
        const std::string refused = ask();
        EXPECT_EQ(test::status_of(refused), 429) << bytes;
        EXPECT_THAT(refused, HasSubstr("Retry-After: ")) << bytes;
        EXPECT_THAT(refused, HasSubstr("application/problem+json")) << bytes;
    }
}

TEST_F(attempts_test, clients_behind_a_proxy_are_told_apart_whatever_it_writes) {
    settings_.rates.per_address = per_hour(2);
    start();
    const auto ask = [&](const std::string& hop) {
        return client(server_->port()).send("GET", "/v1/me", "", {{"X-Forwarded-For", hop}}).status;
    };
    for (const char* hop : {"192.0.2.1:5678", "192.0.2.2:5678", "[2001:db8:0:1::1]:80", "[2001:db8:0:2::1]:80",
                            "\"[2001:db8:0:3::1]:443\"", "[::ffff:192.0.2.3]:80"}) {
        EXPECT_EQ(ask(hop), 401) << hop;
        EXPECT_EQ(ask(hop), 401) << hop;
        EXPECT_EQ(ask(hop), 429) << hop;
    }
    EXPECT_EQ(ask("192.0.2.1:1"), 429) << "the port is not the client";
    EXPECT_EQ(ask("192.0.2.3"), 429);
    EXPECT_EQ(ask("2001:db8:0:1:ffff::"), 429) << "a network of 64 bits";
}

TEST_F(attempts_test, a_network_keeps_as_much_as_one_address) {
    settings_.kept_answer_bytes = 16'384;
    start();
    const auto keep = [&](const std::string& from, const std::string& name) {
        const std::string body =
            R"({"email":")" + name + R"(@example.com","password":"correct horse","name":"A","workspace":"W"})";
        return post(from, "/v1/auth/sign-up", body, name).status;
    };
    int kept = 0;
    for (int i = 1; i <= 30; ++i)
        kept += keep("2001:db8::" + std::to_string(i), "a" + std::to_string(i)) == 201 ? 1 : 0;
    EXPECT_GT(kept, 0);
    EXPECT_LT(kept, 30);
    EXPECT_EQ(keep("2001:db8:0:1::1", "another"), 201);
}

TEST_F(attempts_test, a_proxy_that_names_no_client_is_reported) {
    std::string log;
    observe::set_log_level("warn");
    observe::capture_log([&](std::string_view line) { log.append(line).append("\n"); });
    start();
    const auto untold = [&] {
        const std::string all = server_->services().metrics().expose();
        const std::string name = "\nhttp_client_addresses_untold_total ";
        const std::size_t at = all.find(name);
        return at == all.npos ? std::string() : all.substr(at + name.size(), all.find('\n', at + 1) - at - name.size());
    };
    EXPECT_EQ(client(server_->port()).send("GET", "/v1/me", "", {{"X-Forwarded-For", "192.0.2.1:80"}}).status, 401);
    EXPECT_EQ(untold(), "0");
    EXPECT_EQ(client(server_->port()).send("GET", "/v1/me", "", {{"X-Forwarded-For", "unknown"}}).status, 401);
    EXPECT_EQ(client(server_->port()).get("/v1/me").status, 401);
    EXPECT_EQ(untold(), "2");
    EXPECT_THAT(log, HasSubstr("unknown"));
    EXPECT_EQ(log.find("names no client"), log.rfind("names no client")) << "once a minute";
}

}  // namespace
}  // namespace tenon::auth
