// Requests against abuse: who is counted as one, attempts, and what happens when the shared place is away (RP-8).
#include "limits/request_limits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tenon/testing/clock.hpp>

#include "limits/tenant_key.hpp"
#include "places.hpp"

namespace tenon::limits {
namespace {

using ::testing::HasSubstr;
using clock = std::chrono::steady_clock;

rate_settings strict() {
    rate_settings out;
    for (rate* each :
         {&out.per_address, &out.per_user, &out.per_tenant, &out.attempts_per_address, &out.attempts_per_account}) {
        each->count = 2;
        each->period = std::chrono::hours(1);
    }
    return out;
}

/// As a service without Redis has it.
struct alone {
    observe::metrics metrics;
    memory_store kept;
    known_networks known{kept, "secret"};
    request_limits all;
    explicit alone(const rate_settings& settings) : all(settings, metrics, nullptr, known) {}
};

bool admits(request_limits& all, std::string_view address) {
    rates_seen seen;
    counted_here counted;
    return all.admit_address(address, clock::now(), seen, counted).has_value();
}

TEST(request_limits_test, an_ipv6_client_is_its_network) {
    alone service(strict());
    request_limits& all = service.all;
    EXPECT_TRUE(admits(all, "2001:db8:1:2::1"));
    EXPECT_TRUE(admits(all, "2001:db8:1:2::2"));
    EXPECT_FALSE(admits(all, "2001:db8:1:2::3"));
    EXPECT_TRUE(admits(all, "2001:db8:1:3::1"));
}

TEST(request_limits_test, keeps_the_kinds_apart) {
    alone service(strict());
    request_limits& all = service.all;
    const uuid same = uuid::generate();
    rates_seen seen;
    counted_here none;
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(all.admit_user(user_id(same), clock::now(), seen, none));
        EXPECT_TRUE(all.admit_tenant(tenant_id(same), clock::now(), seen, none));
    }
    EXPECT_FALSE(all.admit_user(user_id(same), clock::now(), seen, none));
    EXPECT_FALSE(all.admit_tenant(tenant_id(same), clock::now(), seen, none));
    EXPECT_TRUE(none.empty());
}

class attempts : public ::testing::Test {
  protected:
    bool attempt(const std::string& address) {
        rates_seen seen;
        return loop_.wait(service_.all.admit_attempt(address, now_, soon(), seen)).has_value();
    }
    bool attempt(const std::string& address, const std::string& account) {
        rates_seen seen;
        account_attempt from(account, address);
        return loop_.wait(service_.all.admit_account(std::move(from), now_, soon(), seen)).has_value();
    }
    void succeed(const std::string& address, const std::string& account) {
        loop_.wait(succeeded(service_.all, account_attempt(account, address)));
    }
    static task<bool> succeeded(request_limits& all, account_attempt from) {
        co_await all.succeeded(std::move(from), soon());
        co_return true;
    }
    static clock::time_point soon() { return clock::now() + std::chrono::seconds(5); }

    test::loop_runner loop_;
    clock::time_point now_ = clock::now();
    alone service_{[] {
        rate_settings out;
        out.attempts_per_address = rate{100, std::chrono::hours(1)};
        out.attempts_per_account = rate{20, std::chrono::minutes(15)};
        return out;
    }()};
};

TEST_F(attempts, are_counted_by_address) {
    int admitted = 0;
    for (int i = 0; i < 200; ++i) admitted += attempt("192.0.2.9") ? 1 : 0;
    EXPECT_EQ(admitted, 100);
    EXPECT_TRUE(attempt("192.0.2.10"));
}

TEST_F(attempts, are_counted_by_account_wherever_they_come_from) {
    int admitted = 0;
    for (int i = 0; i < 200; ++i) admitted += attempt("192.0.2." + std::to_string(i), "ada@example.com") ? 1 : 0;
    EXPECT_EQ(admitted, 40) << "20 of all, and 20 single tries";
    EXPECT_TRUE(attempt("192.0.2.3", "bob@example.com"));
}

TEST_F(attempts, one_every_45_seconds_leaves_the_owner_in_peace) {
    succeed("192.0.2.1", "ada@example.com");
    for (int i = 0; i < 25; ++i) attempt("198.51.100.7", "ada@example.com");
    int owner = 0;
    int traveller = 0;
    int stranger = 0;
    for (int step = 0; step < 320; ++step) {  // four hours
        now_ += std::chrono::seconds(45);
        for (int tries = 0; tries < 3; ++tries) stranger += attempt("198.51.100.7", "ada@example.com") ? 1 : 0;
        if (step % 20 != 0) continue;
        owner += attempt("192.0.2.1", "ada@example.com") ? 1 : 0;
        traveller += attempt("2001:db8:" + std::to_string(step) + "::1", "ada@example.com") ? 1 : 0;
    }
    EXPECT_EQ(owner, 16);
    EXPECT_EQ(traveller, 16);
    EXPECT_LE(stranger, 320 + 17) << "of 960: what one account allows, and a single try in each period";
}

TEST_F(attempts, of_an_ipv6_network_are_one) {
    for (int i = 0; i < 25; ++i) attempt("198.51.100.7", "ada@example.com");
    EXPECT_TRUE(attempt("2001:db8::1", "ada@example.com"));
    EXPECT_FALSE(attempt("2001:db8::2", "ada@example.com"));
    succeed("2001:db8::3", "ada@example.com");
    EXPECT_TRUE(attempt("2001:db8::4", "ada@example.com"));
    EXPECT_TRUE(attempt("2001:db8::4", "bob@example.com"));
    EXPECT_TRUE(attempt("2001:db8::4", "bob@example.com"));
}

TEST(known_networks_test, are_remembered_for_a_month_after_the_last_login) {
    testing::clock time;
    time.stop();
    memory_store kept;
    const known_networks known(kept, "secret");
    const auto here = known.names_of("ada@example.com", "192.0.2.1");
    EXPECT_NE(here, known.names_of("bob@example.com", "192.0.2.1"));
    EXPECT_NE(here, known.names_of("ada@example.com", "192.0.2.2"));
    test::loop_runner loop;
    const auto has = [&] { return loop.wait(known.has(here, clock::now())); };
    EXPECT_FALSE(has());
    EXPECT_FALSE(has()) << "looking leaves nothing";
    for (int i = 0; i < 5; ++i) {
        EXPECT_TRUE(loop.wait(known.keep(here.front(), clock::now())));
        time.step(std::chrono::hours(24 * 29));
        EXPECT_TRUE(has()) << i;
    }
    const known_networks rotated(kept, "another", "secret");
    const known_networks later(kept, "another");
    const auto known_to = [&](const known_networks& all) {
        auto names = all.names_of("ada@example.com", "192.0.2.1");
        return loop.wait(all.has(std::move(names), clock::now()));
    };
    EXPECT_TRUE(known_to(rotated)) << "under the previous secret";
    EXPECT_FALSE(known_to(later));
    time.step(std::chrono::hours(24 * 61));
    EXPECT_FALSE(has());
}

TEST(request_limits_test, a_flood_of_addresses_stays_in_its_bounds_and_is_limited_itself) {
    alone service(strict());
    request_limits& all = service.all;
    for (int i = 0; i < 200'000; ++i) admits(all, std::to_string(i));
    int admitted = 0;
    for (int i = 0; i < 10; ++i) admitted += admits(all, "192.0.2.1") ? 1 : 0;
    EXPECT_EQ(admitted, 2);
}

TEST(request_limits_test, replicas_count_together_and_let_pass_when_redis_is_away) {
    test::redis_server server;
    test::loop_runner loop;
    observe::metrics metrics;
    redis::client client(*redis::parse_url(server.socket_url()));
    redis_store shared(client, "sample", nullptr);
    const known_networks known(shared, "secret");
    request_limits one(strict(), metrics, &shared, known);
    request_limits two(strict(), metrics, &shared, known);
    const auto ask = [&](request_limits& replica) {
        rates_seen seen;
        counted_here counted;
        const auto now = clock::now();
        if (!replica.admit_address("192.0.2.1", now, seen, counted)) return std::string("refused here");
        const auto until = now + std::chrono::seconds(5);
        const auto outcome = loop.wait(replica.admit_there(std::move(counted), until, seen));
        return std::string(outcome ? "admitted" : "refused there");
    };
    EXPECT_EQ(ask(one), "admitted");
    EXPECT_EQ(ask(two), "admitted");
    EXPECT_EQ(ask(one), "refused there");
    EXPECT_EQ(ask(one), "refused here");
    EXPECT_EQ(ask(two), "refused there");
    server.stop();
    rate_settings settings = strict();
    settings.per_address.count = 5;
    request_limits three(settings, metrics, &shared, known);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(ask(three), "admitted");
    EXPECT_EQ(ask(three), "refused here");
    EXPECT_THAT(metrics.expose(), HasSubstr("limit_store_failures_total{policy=\"ip\"} 5"));
}

TEST(request_limits_test, a_refused_request_takes_nothing_of_the_limits_that_come_after) {
    test::loop_runner loop;
    observe::metrics metrics;
    memory_store shared;
    const known_networks known(shared, "secret");
    rate_settings settings = strict();
    settings.per_address.count = settings.per_tenant.count = 100;
    const user_id user = user_id::generate();
    const tenant_id tenant = tenant_id::generate();
    int admitted = 0;
    for (int i = 0; i < 4; ++i) {
        request_limits another(settings, metrics, &shared, known);  // which has counted nothing here
        rates_seen seen;
        counted_here counted;
        EXPECT_TRUE(another.admit_address("192.0.2.1", clock::now(), seen, counted));
        EXPECT_TRUE(another.admit_user(user, clock::now(), seen, counted));
        EXPECT_TRUE(another.admit_tenant(tenant, clock::now(), seen, counted));
        const auto until = clock::now() + std::chrono::seconds(5);
        if (loop.wait(another.admit_there(std::move(counted), until, seen))) ++admitted;
    }
    EXPECT_EQ(admitted, 2);
    bucket_rule left;
    left.burst = left.count = 100;
    left.period = std::chrono::hours(1);
    const auto of_tenant = loop.wait(shared.take(tenant_key(tenant, "rate.tenant"), left, 1, clock::now()));
    const auto of_address = loop.wait(shared.take(service_key("rate.ip", {"192.0.2.1"}), left, 1, clock::now()));
    ASSERT_TRUE(of_tenant && of_address);
    EXPECT_EQ(of_tenant->remaining, 97);
    EXPECT_EQ(of_address->remaining, 95);
}

}  // namespace
}  // namespace tenon::limits
