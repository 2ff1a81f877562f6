// Requests with an Idempotency-Key over HTTP: once, whatever is repeated, crashes or runs beside it.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "db/backend.hpp"

#include "app/housekeeping.hpp"
#include "app/parts.hpp"
#include "fixture.hpp"

#include "tests/wait_until.hpp"

namespace tenon::idempotency {
namespace {

using namespace std::chrono_literals;

class once_test : public keyed_test {
  protected:
    void wait_for_handlers(int count) {
        test::wait_until([&] { return told().entered >= count; });
    }
    void change_rows(const client& who, const std::string& assignment) {
        sql("UPDATE idempotency_keys SET " + assignment + " WHERE workspace_id = $1", &who);
    }
};

INSTANTIATE_TEST_SUITE_P(sqlite_on, once_test, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(postgres_on, once_test, ::testing::Values(true));

TEST_P(once_test, the_same_request_gets_the_same_answer) {
    client c = founder();
    const answer first = post(c, "/v1/counts", "k-1");
    ASSERT_EQ(first.status, 201) << first.body;
    EXPECT_EQ(first.header("Idempotent-Replayed"), "");
    for (const char* key : {"k-1", "\"k-1\""}) {
        const answer again = post(c, "/v1/counts", key);
        EXPECT_EQ(again.status, 201);
        EXPECT_EQ(again.body, first.body);
        for (const char* name : {"Location", "ETag", "Content-Type"}) EXPECT_EQ(again.header(name), first.header(name));
        EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
    }
    EXPECT_EQ(counted(c), 1);
    EXPECT_EQ(told().entered, 1);
    EXPECT_NE(c.post("/v1/counts").body, first.body) << "without a key";
    EXPECT_EQ(counted(c), 2);
}

TEST_P(once_test, a_key_is_of_one_request) {
    client c = founder();
    ASSERT_EQ(post(c, "/v1/counts/a/again", "k", R"({"n":1})").status, 201);
    for (const auto& [path, body] :
         {std::pair("/v1/counts/a/again", R"({"n":2})"), std::pair("/v1/counts/b/again", R"({"n":1})"),
          std::pair("/v1/counts/a/again?x=1", R"({"n":1})")}) {
        const answer other = post(c, path, "k", body);
        EXPECT_EQ(other.status, 422) << path << body;
        EXPECT_EQ(other.at("/code"), "idempotency_key_reused");
    }
    EXPECT_EQ(counted(c), 1);
    EXPECT_EQ(post(c, "/v1/counts", "k").status, 201) << "another route";
    client stranger = founder();
    EXPECT_EQ(post(stranger, "/v1/counts", "k").header("Idempotent-Replayed"), "") << "another tenant";
    EXPECT_EQ(counted(c), 2);
    EXPECT_EQ(post(c, "/v1/counts", "a b").at("/code"), "bad_idempotency_key");
    EXPECT_EQ(c.send("GET", "/v1/me", "", {{"Idempotency-Key", "a b"}}).status, 200) << "not a POST";
}

TEST_P(once_test, while_one_is_under_way_the_others_are_asked_to_come_back) {
    client c = founder();
    told().hold = true;
    auto first = std::async(std::launch::async, [&, own = c]() mutable { return post(own, "/v1/counts", "k"); });
    wait_for_handlers(1);
    // SQLite's writer is held by the first, and with it the look at the key.
    if (GetParam()) {
        const answer second = post(c, "/v1/counts", "k");
        EXPECT_EQ(second.status, 409);
        EXPECT_EQ(second.at("/code"), "idempotency_key_in_use");
        EXPECT_EQ(second.header("Retry-After"), "1");
        EXPECT_EQ(post(c, "/v1/counts", "k", R"({"other":1})").status, 422);
    }
    told().hold = false;
    EXPECT_EQ(first.get().status, 201);
    EXPECT_EQ(post(c, "/v1/counts", "k").header("Idempotent-Replayed"), "true");
    EXPECT_EQ(counted(c), 1);
}

TEST_P(once_test, many_at_once_have_one_effect) {
    client c = founder();
    std::vector<std::future<answer>> all;
    for (int i = 0; i < 16; ++i)
        all.push_back(std::async(std::launch::async, [own = c]() mutable { return post(own, "/v1/counts", "k"); }));
    for (auto& each : all) {
        const answer got = each.get();
        EXPECT_TRUE(got.status == 201 || got.at("/code") == "idempotency_key_in_use") << got.status << got.body;
    }
    EXPECT_EQ(counted(c), 1);
    EXPECT_EQ(post(c, "/v1/counts", "k").status, 201);
    EXPECT_EQ(told().entered, 1);
}

TEST_P(once_test, what_had_no_effect_frees_the_key) {
    client c = founder();
    const int statuses[] = {422, 500, 503};
    for (int mood = 1; mood <= 3; ++mood) {
        told().mood = mood;
        EXPECT_EQ(post(c, "/v1/counts", "k").status, statuses[mood - 1]);
        EXPECT_EQ(counted(c), 0);
    }
    told().mood = 0;
    EXPECT_EQ(c.send("POST", "/v1/counts", "", {{"Idempotency-Key", "k"}, {"Authorization", "Bearer x"}}).status, 401);
    EXPECT_EQ(post(c, "/v1/counts", "k", R"({"other":"payload"})").status, 201);
    EXPECT_EQ(counted(c), 1);
}

TEST_P(once_test, what_was_begun_and_lost_frees_itself) {
    client c = founder();
    ASSERT_EQ(post(c, "/v1/counts", "k").status, 201);
    change_rows(c, "answer = NULL");
    EXPECT_EQ(post(c, "/v1/counts", "k").at("/code"), "idempotency_key_in_use");
    clock_.step(1min);
    EXPECT_EQ(post(c, "/v1/counts", "k").status, 201);
    EXPECT_EQ(counted(c), 2);
    EXPECT_EQ(post(c, "/v1/counts", "k").header("Idempotent-Replayed"), "true");
}

TEST_P(once_test, what_was_lost_before_the_clock_was_set_back_frees_itself) {
    client c = founder();
    clock_.step(2min);
    ASSERT_EQ(post(c, "/v1/counts", "k").status, 201);
    change_rows(c, "answer = NULL");
    clock_.step(-2min);
    EXPECT_EQ(post(c, "/v1/counts", "k").status, 201);
    EXPECT_EQ(post(c, "/v1/counts", "k").header("Idempotent-Replayed"), "true");
}

TEST_P(once_test, who_comes_back_from_the_dead_has_lost_the_key) {
    if (!GetParam()) GTEST_SKIP() << "SQLite has one writer: nobody takes over from a transaction";
    client c = founder();
    told().hold = true;
    auto zombie = std::async(std::launch::async, [&, own = c]() mutable { return post(own, "/v1/counts", "k"); });
    wait_for_handlers(1);
    change_rows(c, "attempt = '00000000-0000-7000-8000-000000000000'");
    told().hold = false;
    EXPECT_EQ(zombie.get().at("/code"), "idempotency_key_in_use");
    EXPECT_EQ(counted(c), 0) << "neither answer nor effect";
}

TEST_P(once_test, what_has_run_out_is_swept_in_every_tenant) {
    client quiet = founder();
    client other = founder();
    const auto kept = [&](const client& who) {
        return sql("SELECT count(*) FROM idempotency_keys WHERE workspace_id = $1", &who)[0].get<std::int64_t>(0);
    };
    const auto kept_outside = [&] { return sql("SELECT count(*) FROM user_idempotency_keys")[0].get<std::int64_t>(0); };
    for (int i = 0; i < 150; ++i) ASSERT_EQ(post(quiet, "/v1/alone", "old-" + std::to_string(i)).status, 200);
    client nobody = anonymous();
    ASSERT_EQ(post(nobody, "/v1/auth/sign-up", "outside", sign_up_body()).status, 201);
    clock_.step(25h);
    quiet = logged_in(1);
    other = logged_in(2);
    ASSERT_EQ(post(quiet, "/v1/alone", "new").status, 200);
    ASSERT_EQ(post(other, "/v1/alone", "new").status, 200);
    ASSERT_EQ(kept(quiet), 151);
    ASSERT_EQ(kept_outside(), 1);
    std::string log;
    observe::capture_log([&](std::string_view line) { log.append(line).append("\n"); });
    observe::set_log_level("info");
    {
        const app::housekeeping at_once(server_->services().internals().get<app::parts>(), 1ms);
        for (int tries = 0; tries < 2000 && kept(quiet) > 1; ++tries) std::this_thread::sleep_for(10ms);
    }
    observe::set_log_level("error");
    observe::capture_log(nullptr);
    const std::size_t swept = log.find("expired rows were deleted");
    ASSERT_NE(swept, log.npos) << log;
    EXPECT_GT(log.find("the bin no longer keeps"), swept) << "the bins may take long";
    EXPECT_EQ(kept(quiet), 1);
    EXPECT_EQ(kept(other), 1);
    EXPECT_EQ(kept_outside(), 0);
}

TEST_P(once_test, a_route_that_commits_for_itself_is_kept_afterwards) {
    client c = founder();
    const answer first = post(c, "/v1/alone", "k");
    ASSERT_EQ(first.status, 200);
    EXPECT_EQ(post(c, "/v1/alone", "k").body, first.body);
    EXPECT_EQ(counted(c), 1);
}

TEST_P(once_test, nothing_that_was_answered_can_be_read_in_the_database) {
    client c = founder();
    ASSERT_EQ(post(c, "/v1/counts", "my-key").status, 201);
    const auto rows = sql("SELECT key_hash, fingerprint, answer FROM idempotency_keys WHERE workspace_id = $1", &c);
    ASSERT_EQ(rows.size(), 1U);
    for (int column = 0; column < 3; ++column) {
        const auto text = rows[0].get<std::string>(static_cast<std::size_t>(column));
        EXPECT_EQ(text.find("my-key"), text.npos);
        EXPECT_EQ(text.find("tell-nobody"), text.npos);
    }
    change_rows(c, "answer = 'x'");
    EXPECT_EQ(post(c, "/v1/counts", "my-key").status, 500) << "not an answer that we sealed";
    EXPECT_EQ(counted(c), 1);
}

TEST_P(once_test, keys_outlive_a_change_of_secrets) {
    client c = founder();
    const answer first = post(c, "/v1/counts", "k");
    server_.reset();
    server_ = started(std::string(32, 'n'), std::string(32, 's'));
    client later(server_->port());
    later.use_token(c.token());
    const answer again = post(later, "/v1/counts", "k");
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
    EXPECT_EQ(post(later, "/v1/counts", "k", R"({"n":1})").status, 422);
    EXPECT_EQ(post(later, "/v1/counts", "k2").status, 201);
    EXPECT_EQ(post(later, "/v1/counts", "k2").header("Idempotent-Replayed"), "true");
}

TEST_P(once_test, accounts_and_tenants_are_made_once) {
    const std::string body = sign_up_body();
    std::vector<std::future<answer>> all;
    for (int i = 0; i < 6; ++i)
        all.push_back(std::async(
            std::launch::async, [&, own = anonymous()]() mutable { return post(own, "/v1/auth/sign-up", "s", body); }));
    for (auto& each : all) {
        const answer got = each.get();
        EXPECT_TRUE(got.status == 201 || got.at("/code") == "idempotency_key_in_use") << got.status << got.body;
    }
    client c = anonymous();
    const answer account = post(c, "/v1/auth/sign-up", "s", body);
    ASSERT_EQ(account.status, 201) << account.body;
    EXPECT_EQ(account.header("Idempotent-Replayed"), "true");
    EXPECT_EQ(account.header("Cache-Control"), "no-store");
    c.use_token(account.at("/access_token"));
    const answer made = post(c, "/v1/workspaces", "w", R"({"name":"Second"})");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(post(c, "/v1/workspaces", "w", R"({"name":"Second"})").at("/id"), made.at("/id"));
    const std::string switching = "/v1/workspaces/" + made.at("/id") + "/switch";
    EXPECT_EQ(post(c, switching, "t").body, post(c, switching, "t").body);
    EXPECT_EQ(c.get("/v1/workspaces").size_at("/items"), 2U);
    const std::string login = body.substr(0, body.find(",\"name\"")) + "}";
    const answer in = post(c, "/v1/auth/login", "l", login);
    ASSERT_EQ(in.status, 200) << in.body;
    EXPECT_EQ(post(c, "/v1/auth/login", "l", login).at("/refresh_token"), in.at("/refresh_token"));
    EXPECT_EQ(post(c, "/v1/auth/refresh", "r", R"({"refresh_token":")" + in.at("/refresh_token") + "\"}").status, 200);
    EXPECT_EQ(post(c, "/v1/auth/logout", "o", "").status, 204);
    EXPECT_EQ(post(c, "/v1/auth/logout", "o", "").status, 401) << "the token comes first";
}

TEST_P(once_test, a_member_is_added_once) {
    client owner = founder();
    client other = founder();
    const std::string members = "/v1/workspaces/" + testing::service::tenant_of(owner) + "/members";
    const std::string body = R"({"email":")" + other.get("/v1/me").at("/email") + "\"}";
    const answer added = post(owner, members, "k", body);
    ASSERT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(post(owner, members, "k", body).body, added.body);
    EXPECT_EQ(post(owner, members, "k2", body).at("/code"), "already_member");
}

TEST_P(once_test, what_one_user_has_kept_is_bounded_in_bytes) {
    server_.reset();
    server_ = started(std::string(32, 's'), "", 16'384);
    client greedy = founder();
    client other = founder();
    const std::string large = "{\"a\":\"" + std::string(5'000, 'a') + "\"}";
    int kept = 0;
    answer last;
    for (int i = 0; i < 10; ++i) {
        last = post(greedy, "/v1/counts", "g" + std::to_string(i), large);
        if (last.status != 201) break;
        ++kept;
    }
    EXPECT_EQ(kept, 2);
    EXPECT_EQ(last.status, 429) << last.body;
    EXPECT_EQ(last.at("/code"), "kept_answers_full");
    EXPECT_GT(std::stoi(last.header("Retry-After")), 60);
    EXPECT_EQ(counted(greedy), 2) << "the work of a refused one was done";
    EXPECT_EQ(post(greedy, "/v1/counts", "g0", large).header("Idempotent-Replayed"), "true");
    EXPECT_EQ(greedy.post("/v1/counts").status, 201) << "without a key nothing is kept";
    EXPECT_EQ(post(other, "/v1/counts", "g0", large).status, 201);
}

TEST_P(once_test, what_is_lost_before_its_commit_takes_no_room) {
    server_.reset();
    server_ = started(std::string(32, 's'), "", 16'384);
    client unlucky = founder();
    told().mood = 4;
    for (int i = 0; i < 10; ++i) EXPECT_EQ(post(unlucky, "/v1/counts", "l" + std::to_string(i)).status, 409);
    told().mood = 0;
    EXPECT_EQ(post(unlucky, "/v1/counts", "g0").status, 201);
    EXPECT_EQ(counted(unlucky), 1);
}

TEST_P(once_test, what_is_refused_takes_no_room) {
    server_.reset();
    server_ = started(std::string(32, 's'), "", 16'384);
    client clumsy = founder();
    const std::string large = "{\"a\":\"" + std::string(5'000, 'a') + "\"}";
    const std::string members = "/v1/workspaces/" + testing::service::tenant_of(clumsy) + "/members";
    for (int i = 0; i < 10; ++i) EXPECT_EQ(post(clumsy, members, "r" + std::to_string(i), large).status, 422);
    EXPECT_EQ(post(clumsy, "/v1/counts", "g0", large).status, 201);
}

}  // namespace
}  // namespace tenon::idempotency
