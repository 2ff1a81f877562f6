// One meaning in every place: buckets, quotas, leases, cooldowns, locks and the cache (RC-3, RF-11; traps 12 and 15).
#include <tenon/limits/store.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include <tenon/testing/clock.hpp>

#include "limits/tenant_key.hpp"
#include "places.hpp"

#include "tests/wait_until.hpp"

namespace tenon::limits {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

using test::soon;

class limit_store : public ::testing::TestWithParam<place> {
  protected:
    void SetUp() override { open(GetParam(), one_, two_, folder_, server_, memory_); }

    template <class T>
    static T value(result<T> outcome) {
        EXPECT_TRUE(outcome) << outcome.error().message;
        return outcome ? std::move(*outcome) : T{};
    }
    bucket_answer take(const key& k, bucket_rule rule, std::int64_t n = 1) {
        return value(one_.loop().wait(one_.limits().take(k, rule, n, soon())));
    }
    quota_answer use(const key& k, std::int64_t cap, std::int64_t n, window w = window::month) {
        return value(two_.loop().wait(two_.limits().use(k, w, cap, n, soon())));
    }
    std::optional<uuid> acquire(const key& k, std::int64_t limit, milliseconds ttl) {
        return value(one_.loop().wait(one_.limits().acquire(k, limit, ttl, soon())));
    }
    bool renew(const key& k, uuid lease, milliseconds ttl) {
        return value(two_.loop().wait(two_.limits().renew(k, lease, ttl, soon())));
    }
    std::optional<held_lock> lock(const key& k, milliseconds ttl) {
        return value(one_.loop().wait(one_.limits().lock(k, ttl, soon())));
    }
    bool extend(const key& k, const held_lock& held, milliseconds ttl) {
        return value(two_.loop().wait(two_.limits().extend(k, held, ttl, soon())));
    }
    bool unlock(const key& k, const held_lock& held) {
        return value(two_.loop().wait(two_.limits().unlock(k, held, soon())));
    }
    cached get(const key& k) { return value(one_.loop().wait(one_.limits().get(k, soon()))); }
    void put(const key& k, const std::string& text, milliseconds ttl, std::int64_t generation) {
        EXPECT_TRUE(two_.loop().wait(two_.limits().put(k, text, ttl, generation, soon())));
    }
    /// Starts `count` operations on both replicas at once; how many of them say yes.
    template <class Start, class Yes>
    int yes_among(int count, Start start, Yes yes) {
        using outcome = decltype(start(one_).get());
        std::vector<std::future<outcome>> all;
        for (int i = 0; i < count; ++i) all.push_back(start(i % 2 == 0 ? one_ : two_));
        int out = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            outcome got = all[i].get();
            // Two services on one SQLite file: what the other one overtakes is undone and refused, to be tried again.
            for (int again = 0; again < 20 && !got && got.error().code == errc::unavailable; ++again)
                got = start(i % 2 == 0 ? one_ : two_).get();
            EXPECT_TRUE(got) << got.error().message;
            if (got && yes(*got)) ++out;
        }
        return out;
    }

    testing::clock clock_;
    test::temporary_folder folder_;
    std::unique_ptr<test::redis_server> server_;
    memory_store memory_;
    replica one_;
    replica two_;
    tenant_id tenant_ = tenant_id::generate();
    key key_ = tenant_key(tenant_, "ask");
};

bucket_rule hourly(std::int64_t burst) {
    bucket_rule out;
    out.burst = burst;
    out.period = hours(1);
    return out;
}

TEST_P(limit_store, a_bucket_gives_its_burst_and_then_says_when) {
    for (std::int64_t i = 5; i > 0; --i) {
        const bucket_answer got = take(key_, hourly(5));
        EXPECT_TRUE(got.allowed);
        EXPECT_EQ(got.remaining, i - 1);
    }
    const bucket_answer refused = take(key_, hourly(5));
    EXPECT_FALSE(refused.allowed);
    EXPECT_EQ(refused.remaining, 0);
    EXPECT_GT(refused.retry_after, std::chrono::minutes(50));
    EXPECT_LE(refused.retry_after, hours(1));
    EXPECT_GT(refused.full_after, hours(4));
    EXPECT_TRUE(take(tenant_key(tenant_id::generate(), "ask"), hourly(5)).allowed);
    EXPECT_TRUE(take(service_key("ask"), hourly(5)).allowed);
}

TEST_P(limit_store, a_bucket_gives_several_tokens_or_none) {
    EXPECT_FALSE(take(key_, hourly(5), 6).allowed);
    EXPECT_TRUE(take(key_, hourly(5), 3).allowed);
    EXPECT_FALSE(take(key_, hourly(5), 3).allowed);
    EXPECT_TRUE(take(key_, hourly(5), 2).allowed);
}

TEST_P(limit_store, buckets_in_turn_stop_at_the_first_refusal) {
    const key narrow = tenant_key(tenant_, "narrow");
    const key last = tenant_key(tenant_, "last");
    const auto ask = [&] {
        std::vector<bucket_take> all;
        all.emplace_back(key_, hourly(5), 2);
        all.emplace_back(narrow, hourly(1), 1);
        all.emplace_back(last, hourly(5), 1);
        return value(one_.loop().wait(one_.limits().take_in_turn(std::move(all), soon())));
    };
    const auto taken = ask();
    ASSERT_EQ(taken.size(), 3U);
    EXPECT_TRUE(taken[0].allowed && taken[1].allowed && taken[2].allowed);
    EXPECT_EQ(taken[0].remaining, 3);
    EXPECT_EQ(taken[2].remaining, 4);
    const auto refused = ask();
    ASSERT_EQ(refused.size(), 2U);
    EXPECT_EQ(refused[0].remaining, 1);
    EXPECT_FALSE(refused[1].allowed);
    EXPECT_GT(refused[1].retry_after, std::chrono::minutes(50));
    EXPECT_EQ(take(last, hourly(5)).remaining, 3);
    std::vector<bucket_take> none;
    EXPECT_TRUE(value(one_.loop().wait(one_.limits().take_in_turn(std::move(none), soon()))).empty());
}

TEST_P(limit_store, a_bucket_fills_up_again) {
    clock_.stop();
    EXPECT_TRUE(take(key_, hourly(1)).allowed);
    clock_.step(hours(1) - milliseconds(1));
    EXPECT_FALSE(take(key_, hourly(1)).allowed);
    clock_.step(milliseconds(1));
    EXPECT_TRUE(take(key_, hourly(1)).allowed);
}

TEST_P(limit_store, a_bucket_never_gives_more_than_it_has) {
    const auto start = [&](replica& r) { return r.loop().start(r.limits().take(key_, hourly(20), 1, soon())); };
    EXPECT_EQ(yes_among(100, start, [](const bucket_answer& a) { return a.allowed; }), 20);
}

TEST_P(limit_store, a_quota_counts_up_to_its_cap) {
    EXPECT_EQ(use(key_, 10, 4).used, 4);
    EXPECT_TRUE(use(key_, 10, 4).granted);
    const quota_answer refused = use(key_, 10, 3);
    EXPECT_FALSE(refused.granted);
    EXPECT_EQ(refused.used, 8);
    const quota_answer full = use(key_, 10, 2);
    EXPECT_TRUE(full.granted);
    EXPECT_EQ(full.used, 10);
    EXPECT_FALSE(use(tenant_key(tenant_, "ask", {"other"}), 10, 11).granted);
    EXPECT_EQ(use(tenant_key(tenant_id::generate(), "ask"), 10, 1).used, 1);
}

TEST_P(limit_store, a_quota_knows_its_utc_window) {
    for (const window w : {window::hour, window::day, window::month, window::ever}) {
        const key k = tenant_key(tenant_, "window", {std::to_string(static_cast<int>(w))});
        const window_span before = span_of(w, instant::now());
        const quota_answer got = use(k, 1, 1, w);
        const quota_answer refused = use(k, 1, 1, w);
        const window_span after = span_of(w, instant::now());
        EXPECT_TRUE(got.span == before || got.span == after) << static_cast<int>(w);
        EXPECT_TRUE(refused.span == before || refused.span == after) << static_cast<int>(w);
    }
}

// Months of every length, leap days, the days on which other clocks change, and the moments around the ends.
TEST_P(limit_store, a_quota_has_the_same_windows_in_every_place) {
    int count = 0;
    for (const char* text :
         {"2027-01-31T23:59:59.999999Z", "2027-02-01T00:00:00Z", "2027-03-28T00:59:59Z", "2027-03-28T01:00:00Z",
          "2027-10-31T01:30:00Z", "2027-12-31T23:59:59.999999Z", "2028-01-01T00:00:00Z", "2028-02-29T12:00:00Z",
          "2028-02-29T23:59:59.999999Z", "2028-03-01T00:00:00Z", "2100-02-28T23:59:59.999999Z"}) {
        const instant now = *instant::parse(text);
        clock_.stop_at(now);
        for (const window w : {window::hour, window::day, window::month, window::ever}) {
            const key k = tenant_key(tenant_, "window", {std::to_string(++count)});
            EXPECT_EQ(use(k, 1, 1, w).span, span_of(w, now)) << text << " " << static_cast<int>(w);
            EXPECT_EQ(use(k, 1, 1, w).span, span_of(w, now)) << text << " " << static_cast<int>(w);
        }
    }
}

TEST_P(limit_store, a_quota_begins_again_in_the_next_window) {
    clock_.stop_at(*instant::parse("2028-02-29T23:59:59.999999Z"));
    for (const window w : {window::hour, window::day, window::month}) {
        const key k = tenant_key(tenant_, "window", {std::to_string(static_cast<int>(w))});
        EXPECT_TRUE(use(k, 1, 1, w).granted);
        EXPECT_FALSE(use(k, 1, 1, w).granted);
        clock_.step(std::chrono::microseconds(1));
        EXPECT_TRUE(use(k, 1, 1, w).granted);
        clock_.step(std::chrono::microseconds(-1));
    }
}

TEST_P(limit_store, a_quota_takes_back_what_was_not_used) {
    const quota_answer used = use(key_, 10, 10);
    const auto refund = [&](instant since, std::int64_t n) {
        EXPECT_TRUE(one_.loop().wait(one_.limits().refund(key_, since, n, soon())));
    };
    refund(used.span.since, 4);
    EXPECT_EQ(use(key_, 10, 1).used, 7);
    refund(instant{used.span.since.micros - 3'600'000'000}, 4);
    EXPECT_EQ(use(key_, 10, 1).used, 8);
    refund(used.span.since, 100);
    EXPECT_EQ(use(key_, 10, 1).used, 1);
}

TEST_P(limit_store, a_quota_is_never_exceeded) {
    const auto start = [&](replica& r) { return r.loop().start(r.limits().use(key_, window::ever, 50, 2, soon())); };
    EXPECT_EQ(yes_among(100, start, [](const quota_answer& a) { return a.granted; }), 25);
}

TEST_P(limit_store, leases_are_as_many_as_the_limit) {
    const auto first = acquire(key_, 2, hours(1));
    const auto second = acquire(key_, 2, hours(1));
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(acquire(key_, 2, hours(1)));
    EXPECT_TRUE(acquire(tenant_key(tenant_id::generate(), "ask"), 2, hours(1)));
    EXPECT_TRUE(renew(key_, *first, hours(1)));
    EXPECT_TRUE(one_.loop().wait(one_.limits().release(key_, *second, soon())));
    EXPECT_FALSE(renew(key_, *second, hours(1)));
    EXPECT_TRUE(acquire(key_, 2, hours(1)));
    EXPECT_FALSE(acquire(key_, 2, hours(1)));
}

TEST_P(limit_store, a_lease_that_expired_does_not_come_back) {
    clock_.stop();
    const auto lost = acquire(key_, 1, hours(1));
    const key quiet = tenant_key(tenant_, "quiet");
    const auto alone = acquire(quiet, 1, hours(1));
    ASSERT_TRUE(lost && alone);
    clock_.step(hours(1) - milliseconds(1));
    EXPECT_FALSE(acquire(key_, 1, hours(1)));
    clock_.step(milliseconds(1));
    EXPECT_TRUE(acquire(key_, 1, hours(1)));
    EXPECT_FALSE(renew(key_, *lost, hours(1)));
    EXPECT_FALSE(acquire(key_, 1, hours(1)));
    EXPECT_FALSE(renew(quiet, *alone, hours(1))) << "neither when nobody has taken its place";
}

TEST_P(limit_store, a_lease_lives_as_long_as_it_is_renewed) {
    const auto lease = acquire(key_, 1, milliseconds(1));
    ASSERT_TRUE(lease);
    const auto longer = acquire(tenant_key(tenant_, "longer"), 1, hours(1));
    EXPECT_TRUE(renew(tenant_key(tenant_, "longer"), *longer, hours(2)));
    EXPECT_FALSE(acquire(tenant_key(tenant_, "longer"), 1, hours(1)));
}

TEST_P(limit_store, leases_are_never_too_many) {
    const auto start = [&](replica& r) { return r.loop().start(r.limits().acquire(key_, 7, hours(1), soon())); };
    EXPECT_EQ(yes_among(60, start, [](const std::optional<uuid>& a) { return a.has_value(); }), 7);
}

TEST_P(limit_store, a_cooldown_starts_once) {
    const auto start = [&](replica& r) { return r.loop().start(r.limits().cool_down(key_, hours(1), soon())); };
    EXPECT_EQ(yes_among(40, start, [](const cooldown_answer& a) { return a.started; }), 1);
    const auto again = one_.loop().wait(one_.limits().cool_down(key_, hours(1), soon()));
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->started);
    EXPECT_GT(again->remaining, std::chrono::minutes(50));
    clock_.step(hours(1));
    const auto later = one_.loop().wait(one_.limits().cool_down(key_, hours(1), soon()));
    ASSERT_TRUE(later);
    EXPECT_TRUE(later->started);
}

TEST_P(limit_store, a_lock_has_one_holder_and_a_growing_fence) {
    const auto start = [&](replica& r) { return r.loop().start(r.limits().lock(key_, hours(1), soon())); };
    std::int64_t fence = 0;
    const auto yes = [&](const std::optional<held_lock>& a) { return a && (fence = a->fence) > 0; };
    EXPECT_EQ(yes_among(30, start, yes), 1);
    const key k = tenant_key(tenant_, "run");
    for (int i = 0; i < 5; ++i) {
        const auto held = lock(k, hours(1));
        ASSERT_TRUE(held);
        EXPECT_GT(held->fence, i == 0 ? 0 : fence);
        fence = held->fence;
        EXPECT_FALSE(lock(k, hours(1)));
        held_lock stranger;
        stranger.owner = uuid::generate();
        stranger.fence = held->fence;
        EXPECT_FALSE(extend(k, stranger, hours(1)));
        EXPECT_FALSE(unlock(k, stranger));
        EXPECT_TRUE(extend(k, *held, hours(1)));
        EXPECT_TRUE(unlock(k, *held));
        EXPECT_FALSE(unlock(k, *held));
        EXPECT_FALSE(extend(k, *held, hours(1)));
    }
}

TEST_P(limit_store, a_lock_that_expired_goes_on_with_a_greater_fence) {
    const auto lost = lock(key_, milliseconds(50));
    std::optional<held_lock> next;
    if (lost) {
        test::wait_until([&] { return (next = lock(key_, hours(1))).has_value(); });
        EXPECT_GT(next->fence, lost->fence);
        EXPECT_FALSE(extend(key_, *lost, hours(1)));
        EXPECT_FALSE(unlock(key_, *lost));
        EXPECT_TRUE(extend(key_, *next, hours(1)));
    }
}

TEST_P(limit_store, the_cache_keeps_and_forgets) {
    const cached nothing = get(key_);
    EXPECT_FALSE(nothing.value);
    put(key_, "größer", hours(1), nothing.generation);
    EXPECT_EQ(get(key_).value, "größer");
    EXPECT_FALSE(get(tenant_key(tenant_id::generate(), "ask")).value);
    clock_.step(hours(1));
    EXPECT_FALSE(get(key_).value);
}

TEST_P(limit_store, the_cache_does_not_keep_what_was_computed_before_an_invalidation) {
    const cached before = get(key_);
    EXPECT_TRUE(two_.loop().wait(two_.limits().invalidate(key_, soon())));
    put(key_, "old", hours(1), before.generation);
    EXPECT_FALSE(get(key_).value);
    put(key_, "new", hours(1), get(key_).generation);
    EXPECT_EQ(get(key_).value, "new");
    EXPECT_TRUE(two_.loop().wait(two_.limits().invalidate(key_, soon())));
    EXPECT_FALSE(get(key_).value);
}

TEST_P(limit_store, what_has_passed_is_forgotten_without_loss) {
    bucket_rule quick;
    quick.period = milliseconds(1);
    for (int i = 0; i < 600; ++i) take(tenant_key(tenant_, "many", {std::to_string(i)}), quick);
    EXPECT_TRUE(take(key_, hourly(1)).allowed);
    for (int i = 0; i < 600; ++i) take(tenant_key(tenant_, "more", {std::to_string(i)}), quick);
    EXPECT_FALSE(take(key_, hourly(1)).allowed);
}

INSTANTIATE_TEST_SUITE_P(every, limit_store,
                         ::testing::Values(place::memory, place::sqlite, place::redis, place::redis_and_sqlite),
                         place_name);
INSTANTIATE_TEST_SUITE_P(postgres_place, limit_store, ::testing::Values(place::postgres), place_name);

}  // namespace
}  // namespace tenon::limits
