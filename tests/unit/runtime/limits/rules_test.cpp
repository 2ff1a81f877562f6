// Names, buckets and windows, as pure functions.
#include <tenon/limits/key.hpp>
#include <tenon/limits/rules.hpp>

#include <gtest/gtest.h>

#include "limits/tenant_key.hpp"

namespace tenon::limits {
namespace {

TEST(limit_key, names_are_the_same_only_for_the_same_parts) {
    const tenant_id tenant = tenant_id::generate();
    EXPECT_EQ(tenant_key(tenant, "ask", {"a", "b"}), tenant_key(tenant, "ask", {"a", "b"}));
    EXPECT_NE(tenant_key(tenant, "ask", {"a:b"}), tenant_key(tenant, "ask", {"a", "b"}));
    EXPECT_NE(tenant_key(tenant, "ask", {"a%3Ab"}), tenant_key(tenant, "ask", {"a:b"}));
    EXPECT_NE(tenant_key(tenant, "ask"), tenant_key(tenant_id::generate(), "ask"));
    EXPECT_NE(tenant_key(tenant, "ask"), service_key("ask"));
    const user_id user = user_id::generate();
    EXPECT_EQ(user_key(tenant, "ask", user).name(), "ask:user:" + user.to_string());
    EXPECT_EQ(service_key("ip", {std::string(5000, 'x')}).name().size(), 3 + 64U);
}

TEST(limit_bucket, rounds_to_the_stricter_side) {
    bucket_rule third;
    third.burst = 3;
    third.count = 3;
    third.period = microseconds(10);
    EXPECT_EQ(third.interval(), 4);
    EXPECT_EQ(third.tolerance(), 12);
}

TEST(limit_bucket, counts_from_the_moment_it_will_be_full) {
    bucket_rule rule;  // one a second
    rule.burst = 3;
    const std::int64_t now = 1'000'000'000;
    const std::int64_t once = next_filled_at(rule, 1, now, 0);
    EXPECT_EQ(once, now + 1'000'000);
    EXPECT_TRUE(allows(rule, now, once));
    EXPECT_EQ(answer_of(rule, true, 1, now, once).remaining, 2);
    const std::int64_t more = next_filled_at(rule, 3, now, once);
    EXPECT_FALSE(allows(rule, now, more));
    EXPECT_EQ(answer_of(rule, false, 3, now, once).retry_after, std::chrono::seconds(1));
    // A clock that was put back by an hour does not shut the door for an hour.
    EXPECT_EQ(next_filled_at(rule, 1, now - 3'600'000'000, once), now - 3'600'000'000 + 4'000'000);
}

instant at(const char* text) {
    return *instant::parse(text);
}

TEST(limit_window, is_a_utc_hour_day_or_month) {
    const instant leap = at("2028-02-29T23:59:59.999999Z");
    EXPECT_EQ(span_of(window::hour, leap).since, at("2028-02-29T23:00:00Z"));
    EXPECT_EQ(span_of(window::hour, leap).until, at("2028-03-01T00:00:00Z"));
    EXPECT_EQ(span_of(window::day, leap).since, at("2028-02-29T00:00:00Z"));
    EXPECT_EQ(span_of(window::month, leap).since, at("2028-02-01T00:00:00Z"));
    EXPECT_EQ(span_of(window::month, leap).until, at("2028-03-01T00:00:00Z"));
    EXPECT_EQ(span_of(window::month, at("2026-12-31T12:00:00Z")).until, at("2027-01-01T00:00:00Z"));
    EXPECT_EQ(span_of(window::ever, leap).since, instant{0});
}

}  // namespace
}  // namespace tenon::limits
