// What a service promises about time, against a running one whose clock is stepped: it holds for a day that the
// machine's clock moves in an unusual way, and for a year, there and back.
#include <tenon/testing/clock.hpp>

#include <cstdlib>
#include <ctime>

#include "app/housekeeping.hpp"
#include "promises.hpp"

#include "tests/wait_until.hpp"

namespace tenon::testing {
namespace {

using namespace std::chrono_literals;

class clock_test : public promises_test {
  protected:
    static instant at(const char* text) { return *instant::parse(text); }
};

INSTANTIATE_TEST_SUITE_P(sqlite_on, clock_test, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(postgres_on, clock_test, ::testing::Values(true));

TEST_P(clock_test, an_access_token_ends_when_it_says) {
    clock_.stop_at(at("2027-05-01T12:00:00Z"));
    client ada = signed_up();
    EXPECT_EQ(ada.get("/v1/me").status, 200);
    const auto life = promising_product().tokens.access + 5s;  // clocks of replicas differ
    clock_.step(life - 1us);
    EXPECT_EQ(ada.get("/v1/me").status, 200);
    clock_.step(1us);
    EXPECT_EQ(ada.get("/v1/me").status, 401);
    EXPECT_EQ(ada.get("/v1/me").at("/code"), "token_expired");
    clock_.step(-1us);
    EXPECT_EQ(ada.get("/v1/me").status, 200);
    clock_.step(-life - 6s);
    EXPECT_EQ(ada.get("/v1/me").status, 401) << "it is of the future";
}

TEST_P(clock_test, a_refresh_family_ends_a_month_after_its_last_use) {
    clock_.stop_at(at("2027-05-01T12:00:00Z"));
    signed_up();
    const std::string of_may = refresh_token_;
    clock_.step(30 * day - 1us);
    const answer in_time = refreshed(of_may);
    ASSERT_EQ(in_time.status, 200) << in_time.body;
    clock_.step(30 * day);
    EXPECT_EQ(refreshed(in_time.at("/refresh_token")).status, 401);
    clock_.step(-1us);
    const answer last = refreshed(in_time.at("/refresh_token"));
    ASSERT_EQ(last.status, 200) << last.body;
    client ada(server_->port());
    ada.use_token(last.at("/access_token"));
    EXPECT_EQ(ada.get("/v1/me").status, 200);
    clock_.step(31 * day);
    EXPECT_EQ(logged_in().get("/v1/me").status, 200);
}

TEST_P(clock_test, a_key_is_kept_for_a_day_and_then_does_its_work_again) {
    clock_.stop_at(at("2027-05-01T12:00:00Z"));
    client ada = signed_up();
    const answer first = make(ada, "k");
    ASSERT_EQ(first.status, 201) << first.body;
    clock_.step(day);
    ada = logged_in();
    EXPECT_EQ(make(ada, "k").body, first.body);
    EXPECT_EQ(sweep_keys(), 0);
    clock_.step(1h);
    ada = logged_in();
    const answer again = make(ada, "k");
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.header("Idempotent-Replayed"), "");
    EXPECT_EQ(count("things", ada), 2);
    clock_.step(day + 1h);
    EXPECT_EQ(count("idempotency_keys", ada), 1);
    EXPECT_EQ(sweep_keys(), 1);
    EXPECT_EQ(count("idempotency_keys", ada), 0);
}

TEST_P(clock_test, keys_that_cannot_be_swept_hold_up_no_others) {
    clock_.stop_at(at("2027-05-01T12:00:00Z"));
    client ada = signed_up();
    client bob(server_->port());
    bob = entered(bob.post("/v1/auth/sign-up",
                           R"({"email":"bob@example.com","password":"correct horse","name":"Bob","workspace":"V"})"));
    for (client* each : {&ada, &bob}) ASSERT_EQ(make(*each, "k").status, 201);
    hold_keys_of(ada);
    clock_.step(day + 2h);
    const app::swept_rows done = sweep();
    EXPECT_EQ(done.gone, 1);
    EXPECT_EQ(done.failed, 1);
    EXPECT_EQ(count("idempotency_keys", ada), 1);
    EXPECT_EQ(count("idempotency_keys", bob), 0);
}

TEST_P(clock_test, a_bin_keeps_for_as_long_as_it_says) {
    clock_.stop_at(at("2027-05-01T12:00:00Z"));
    client ada = signed_up();
    const std::string thing = "/v1/things/" + make(ada, "k").at("/id");
    clock_.step(1s);
    ASSERT_EQ(ada.remove(thing).status, 204);
    clock_.step(kept_in_bin - 1us);
    EXPECT_EQ(empty_bins(), 0);
    EXPECT_EQ(count("things", ada), 1);
    clock_.step(1us);
    EXPECT_EQ(empty_bins(), 1);
    EXPECT_EQ(count("things", ada), 0);
}

TEST_P(clock_test, housekeeping_comes_once_in_an_hour_of_the_clock) {
    clock_.stop_at(at("2027-05-01T12:00:00Z"));
    client ada = signed_up();
    ASSERT_EQ(make(ada, "k").status, 201);
    const app::housekeeping often(server_->services().internals().get<app::parts>(), 1ms, 1ms);
    for (int i = 0; i < 3; ++i) {
        clock_.step(day + 1h);
        test::wait_until([&] { return count("idempotency_keys", ada) == 0; });
        client same = logged_in();
        ASSERT_EQ(make(same, "k").status, 201);
    }
}

TEST_P(clock_test, a_window_ends_when_it_says) {
    clock_.stop_at(at("2027-05-01T12:00:00Z"));
    client ada = signed_up();
    for (int i = 1; i <= asks_a_day; ++i) EXPECT_EQ(ada.post("/v1/asks").at("/used"), std::to_string(i));
    answer refused = ada.post("/v1/asks");
    EXPECT_EQ(refused.at("/granted"), "false");
    EXPECT_EQ(refused.at("/since"), "2027-05-01T00:00:00.000000Z");
    EXPECT_EQ(refused.at("/until"), "2027-05-02T00:00:00.000000Z");
    clock_.stop_at(at("2027-05-01T23:59:59.999999Z"));
    ada = logged_in();
    EXPECT_EQ(ada.post("/v1/asks").at("/granted"), "false");
    clock_.step(1us);
    EXPECT_EQ(ada.post("/v1/asks").at("/used"), "1");
    clock_.step(-1us);
    EXPECT_EQ(ada.post("/v1/asks").at("/used"), "2") << "what was before does not come back";
    EXPECT_EQ(ada.post("/v1/asks").at("/granted"), "false");
}

/// The process, and on PostgreSQL the database, in a country that changes its clocks.
class summer_time_test : public clock_test {
  protected:
    void SetUp() override {
        ::setenv("TZ", "Europe/Berlin", 1);
        ::tzset();
        clock_test::SetUp();
        if (IsSkipped() || !GetParam()) return;
        const std::string done = test::cluster()->run("ALTER DATABASE product SET timezone TO 'Europe/Berlin'");
        ASSERT_EQ(done.find("ERROR"), std::string::npos) << done;
        start();
    }
    void TearDown() override {
        ::unsetenv("TZ");
        ::tzset();
    }
};

INSTANTIATE_TEST_SUITE_P(sqlite_on, summer_time_test, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(postgres_on, summer_time_test, ::testing::Values(true));

TEST_P(summer_time_test, nothing_cares) {
    for (const char* change : {"2027-03-28T01:00:00Z", "2027-10-31T01:00:00Z"}) {
        clock_.stop_at(at(change) - 30min);
        client ada = refresh_token_.empty() ? signed_up() : logged_in();
        const std::string token = refresh_token_;
        const answer before = ada.post("/v1/asks");
        const instant since = at(before.at("/since").c_str());
        EXPECT_EQ(since, at(change) - 1h) << "midnight in UTC";
        EXPECT_EQ(at(before.at("/until").c_str()), since + day);
        const answer made = make(ada, "k");
        ASSERT_EQ(ada.remove("/v1/things/" + made.at("/id")).status, 204);

        clock_.step(promising_product().tokens.access);  // still before
        EXPECT_EQ(ada.get("/v1/me").status, 200);
        clock_.step(30min);
        EXPECT_EQ(ada.get("/v1/me").status, 401);
        ada = logged_in();
        const answer after = ada.post("/v1/asks");
        EXPECT_EQ(after.at("/since"), before.at("/since"));
        EXPECT_EQ(after.at("/used"), "2");

        clock_.stop_at(at(change) - 30min + day);
        ada = logged_in();
        EXPECT_EQ(make(ada, "k").header("Idempotent-Replayed"), "true");
        EXPECT_EQ(ada.post("/v1/asks").at("/used"), "1");
        clock_.stop_at(at(change) - 30min + kept_in_bin - 1us);
        EXPECT_EQ(empty_bins(), 0);
        const answer in_time = refreshed(token);
        EXPECT_EQ(in_time.status, 200) << in_time.body;
        clock_.step(1us);
        EXPECT_EQ(empty_bins(), 1);
    }
}

TEST_P(clock_test, a_year_passes_and_the_clock_is_put_back) {
    const instant begin = at("2027-03-01T06:00:00Z");
    clock_.stop_at(begin);
    client of_begin = signed_up();
    int things = 0;
    for (instant now = begin; now < begin + 365 * day; now = now + 7 * day) {
        clock_.stop_at(now);
        client ada = logged_in();
        const answer made = make(ada, "k");
        ASSERT_EQ(made.status, 201) << made.body;
        EXPECT_EQ(made.header("Idempotent-Replayed"), "") << now.to_string();
        EXPECT_EQ(count("things", ada), ++things);
        EXPECT_EQ(ada.post("/v1/asks").at("/used"), "1") << now.to_string();
        EXPECT_EQ(sweep_keys(), 0) << "the key has been taken over";
    }
    const std::string of_end = refresh_token_;
    client late = logged_in();
    EXPECT_EQ(late.post("/v1/asks").at("/granted"), "true");

    clock_.stop_at(begin);
    EXPECT_EQ(of_begin.get("/v1/me").status, 401) << "its session was forgotten when it had expired";
    EXPECT_EQ(late.get("/v1/me").status, 401) << "its token is of the future";
    client ada = logged_in();
    EXPECT_EQ(ada.get("/v1/me").status, 200);
    EXPECT_EQ(ada.post("/v1/asks").at("/granted"), "false") << "nothing is given out twice";
    EXPECT_EQ(make(ada, "k").header("Idempotent-Replayed"), "true") << "nor done twice";
    EXPECT_EQ(make(ada, "fresh").status, 201);
    EXPECT_EQ(count("things", ada), things + 1);
    EXPECT_EQ(refreshed(of_end).status, 200);
}

}  // namespace
}  // namespace tenon::testing
