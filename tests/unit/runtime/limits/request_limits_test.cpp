// Requests against abuse: who is counted as one, attempts, and what happens when the shared place is away (RP-8).
#include "limits/request_limits.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "limits/client_network.hpp"
#include "places.hpp"

namespace tenon::limits {
namespace {

using testing::HasSubstr;
using clock = std::chrono::steady_clock;

app::rate_settings strict() {
    app::rate_settings out;
    for (app::rate* each :
         {&out.per_address, &out.per_user, &out.per_tenant, &out.attempts_per_address, &out.attempts_per_account}) {
        each->count = 2;
        each->period = std::chrono::hours(1);
    }
    return out;
}

bool admits(request_limits& all, std::string_view address) {
    rates_seen seen;
    counted_here counted;
    return all.admit_address(address, clock::now(), seen, counted).has_value();
}

TEST(request_limits_test, an_ipv6_client_is_its_network) {
    EXPECT_EQ(client_network("192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(client_network("::ffff:192.0.2.7"), "192.0.2.7");
    EXPECT_EQ(client_network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    EXPECT_EQ(client_network("2001:DB8:1:2::"), "2001:db8:1:2::/64");
    EXPECT_EQ(client_network("fe80::1%eth0"), "fe80::/64");
    EXPECT_EQ(client_network("not:an:address"), "not:an:address");

    observe::metrics metrics;
    request_limits all(strict(), metrics, nullptr);
    EXPECT_TRUE(admits(all, "2001:db8:1:2::1"));
    EXPECT_TRUE(admits(all, "2001:db8:1:2::2"));
    EXPECT_FALSE(admits(all, "2001:db8:1:2::3"));
    EXPECT_TRUE(admits(all, "2001:db8:1:3::1"));
}

TEST(request_limits_test, keeps_the_kinds_apart) {
    observe::metrics metrics;
    request_limits all(strict(), metrics, nullptr);
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

TEST(request_limits_test, attempts_are_counted_by_address_and_by_account) {
    observe::metrics metrics;
    app::rate_settings settings = strict();
    settings.attempts_per_address.count = 100;
    request_limits all(settings, metrics, nullptr);
    test::loop_runner loop;
    const auto attempt = [&](const std::string& address, const std::string& account) {
        rates_seen seen;
        return loop.wait(all.admit_attempt(address, account, clock::now() + std::chrono::seconds(5), seen)).has_value();
    };
    // The account is shut, wherever the guesses come from; the others are not.
    EXPECT_TRUE(attempt("192.0.2.1", "ada@example.com"));
    EXPECT_TRUE(attempt("192.0.2.2", "ada@example.com"));
    EXPECT_FALSE(attempt("192.0.2.3", "ada@example.com"));
    EXPECT_TRUE(attempt("192.0.2.3", "bob@example.com"));
    int admitted = 0;
    for (int i = 0; i < 200; ++i) admitted += attempt("192.0.2.9", "user" + std::to_string(i) + "@example.com") ? 1 : 0;
    EXPECT_EQ(admitted, 100);
}

TEST(request_limits_test, a_flood_of_addresses_stays_in_its_bounds_and_is_limited_itself) {
    observe::metrics metrics;
    request_limits all(strict(), metrics, nullptr);
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
    request_limits one(strict(), metrics, &shared);
    request_limits two(strict(), metrics, &shared);
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
    app::rate_settings settings = strict();
    settings.per_address.count = 5;
    request_limits three(settings, metrics, &shared);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(ask(three), "admitted");
    EXPECT_EQ(ask(three), "refused here");
    EXPECT_THAT(metrics.expose(), HasSubstr("limit_store_failures_total{policy=\"ip\"} 5"));
}

TEST(request_limits_test, a_refused_request_takes_nothing_of_the_limits_that_come_after) {
    test::loop_runner loop;
    observe::metrics metrics;
    memory_store shared;
    app::rate_settings settings = strict();
    settings.per_address.count = settings.per_tenant.count = 100;
    const user_id user = user_id::generate();
    const tenant_id tenant = tenant_id::generate();
    int admitted = 0;
    for (int i = 0; i < 4; ++i) {
        request_limits another(settings, metrics, &shared);  // which has counted nothing here
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
