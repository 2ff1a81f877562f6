// Who gets one of few places, and who has to leave one to others.
#include "db/fair_places.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <random>
#include <vector>

namespace tenon::db {
namespace {

using places = fair_places<int>;

places::who somebody(const uuid& group = uuid::generate()) {
    return {group, uuid::generate()};
}

std::size_t take_all(places& from, const places::who& whose) {
    std::size_t taken = 0;
    while (from.take(whose)) ++taken;
    return taken;
}

std::size_t wait_all(places& in, const places::who& whose) {
    std::size_t waiting = 0;
    while (in.wait(whose, 0)) ++waiting;
    return waiting;
}

TEST(fair_places, one_caller_never_holds_more_than_half) {
    for (std::size_t count = 1; count <= 64; ++count) {
        places all(count, 100);
        EXPECT_EQ(take_all(all, somebody()), (count + 1) / 2) << count;
    }
}

TEST(fair_places, one_who_holds_all_they_may_leaves_places_to_a_colleague_and_to_strangers) {
    places all(8, 100);
    const uuid tenant = uuid::generate();
    EXPECT_EQ(take_all(all, somebody(tenant)), 4U);
    EXPECT_EQ(take_all(all, somebody(tenant)), 2U);
    EXPECT_EQ(take_all(all, somebody(tenant)), 1U);
    EXPECT_EQ(take_all(all, somebody(tenant)), 0U) << "the last one is for another tenant";
    EXPECT_EQ(take_all(all, somebody()), 1U);
}

TEST(fair_places, whoever_comes_first_gets_the_only_one) {
    places one(1, 100);
    const auto first = somebody();
    const auto second = somebody();
    ASSERT_TRUE(one.take(first));
    EXPECT_FALSE(one.take(second));
    ASSERT_TRUE(one.wait(first, 1));
    ASSERT_TRUE(one.wait(first, 2));
    ASSERT_TRUE(one.wait(second, 3));
    one.give_back(first);
    EXPECT_EQ(one.next(), 1);
    one.give_back(first);
    EXPECT_EQ(one.next(), 3) << "not behind all that the first one asked for";
    one.give_back(second);
    EXPECT_EQ(one.next(), 2);
    EXPECT_EQ(one.next(), std::nullopt);
}

TEST(fair_places, groups_have_turns_and_in_each_its_callers) {
    places one(1, 100);
    const auto holder = somebody();
    ASSERT_TRUE(one.take(holder));
    const auto a = somebody();
    const auto b = somebody(a.group);
    const auto other = somebody();
    int number = 0;
    for (const places::who* each : {&a, &a, &a, &b, &other, &other}) ASSERT_TRUE(one.wait(*each, number++));
    one.give_back(holder);
    std::vector<int> order;
    for (const places::who* each : {&a, &other, &b, &other, &a, &a}) {
        const auto next = one.next();
        ASSERT_TRUE(next);
        order.push_back(*next);
        one.give_back(*each);
    }
    EXPECT_EQ(order, (std::vector<int>{0, 4, 3, 5, 1, 2}));
}

TEST(fair_places, the_queue_has_room_for_others) {
    places none(0, 16);
    const auto greedy = somebody();
    EXPECT_EQ(wait_all(none, greedy), 6U);
    EXPECT_EQ(wait_all(none, somebody(greedy.group)), 2U) << "a colleague";
    EXPECT_EQ(wait_all(none, somebody()), 3U);
    EXPECT_EQ(none.take_waiting().size(), 11U);
    EXPECT_EQ(wait_all(none, greedy), 6U);
}

TEST(fair_places, a_group_of_many_callers_never_fills_the_queue) {
    places none(0, 1'024);
    const uuid tenant = uuid::generate();
    std::size_t waiting = 0;
    for (int i = 0; i < 12; ++i) waiting += wait_all(none, somebody(tenant));
    EXPECT_LE(waiting, 512U);
    EXPECT_GE(wait_all(none, somebody()), 100U);
}

/// Whatever comes and goes: no place is held twice or lost, nobody who may have one waits, each caller's own stay in
/// their order, and in the end all are served.
TEST(fair_places, serves_everybody_once) {
    std::mt19937 random(11);
    constexpr std::size_t count = 6;
    places all(count, 1'000);
    std::vector<places::who> callers;
    for (int tenant = 0; tenant < 3; ++tenant) {
        callers.push_back(somebody());
        callers.push_back(somebody(callers.back().group));
    }
    struct one {
        std::size_t caller;
        places::ticket where;
    };
    std::map<int, one> waiting;
    std::vector<std::size_t> holding;
    int number = 0;
    const auto start_next = [&] {
        while (const auto next = all.next()) {
            const auto found = waiting.find(*next);
            ASSERT_NE(found, waiting.end());
            for (const auto& [before, of] : waiting) EXPECT_FALSE(before < *next && of.caller == found->second.caller);
            holding.push_back(found->second.caller);
            waiting.erase(found);
        }
        EXPECT_LE(holding.size(), count);
    };
    for (int step = 0; step < 20'000; ++step) {
        const std::size_t who = random() % callers.size();
        const std::size_t what = random() % 8;
        if (what < 4) {
            if (all.take(callers[who])) {
                holding.push_back(who);
            } else if (const auto where = all.wait(callers[who], number)) {
                waiting.emplace(number++, one{who, *where});
            }
        } else if (what < 7 && !holding.empty()) {
            std::swap(holding[random() % holding.size()], holding.back());
            all.give_back(callers[holding.back()]);
            holding.pop_back();
            start_next();
        } else if (!waiting.empty()) {
            const auto gone = std::next(waiting.begin(), static_cast<std::ptrdiff_t>(random() % waiting.size()));
            all.gave_up(callers[gone->second.caller], gone->second.where);
            waiting.erase(gone);
        }
    }
    while (!holding.empty()) {
        all.give_back(callers[holding.back()]);
        holding.pop_back();
        start_next();
    }
    EXPECT_TRUE(waiting.empty());
    EXPECT_EQ(take_all(all, somebody()), count / 2) << "none is lost";
}

}  // namespace
}  // namespace tenon::db
