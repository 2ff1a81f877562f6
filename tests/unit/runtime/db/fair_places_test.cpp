// Who gets one of few places, and who has to leave one to others.
#include "db/fair_places.hpp"

#include <gtest/gtest.h>

#include <map>
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

/// The rules once more, as plainly as they can be said. Callers have numbers.
struct plain_rules {
    std::vector<places::who> callers;
    std::vector<std::size_t> held;
    std::vector<std::size_t> waiting;
    std::size_t idle = 0;
    std::size_t room = 0;

    std::size_t of_group(const std::vector<std::size_t>& counts, std::size_t caller) const {
        std::size_t sum = 0;
        for (std::size_t i = 0; i < callers.size(); ++i)
            sum += callers[i].group == callers[caller].group ? counts[i] : 0;
        return sum;
    }
    bool may_take(std::size_t caller) const { return held[caller] < idle && (idle > 1 || of_group(held, caller) == 0); }
    bool may_wait(std::size_t caller) const { return waiting[caller] + of_group(waiting, caller) < room; }
};

/// Whatever comes and goes, in any order.
class course {
  public:
    course(std::size_t count, std::size_t room) : all_(count, room) {
        for (int tenant = 0; tenant < 3; ++tenant) {
            rules_.callers.push_back(somebody());
            rules_.callers.push_back(somebody(rules_.callers.back().group));
        }
        rules_.held.resize(rules_.callers.size());
        rules_.waiting.resize(rules_.callers.size());
        rules_.idle = count;
        rules_.room = room;
    }

    void come(std::size_t caller) {
        const bool may = rules_.may_take(caller);
        ASSERT_EQ(all_.take(rules_.callers[caller]), may);
        if (may) return hold(caller);
        const bool may_wait = rules_.may_wait(caller);
        const auto where = all_.wait(rules_.callers[caller], number_);
        ASSERT_EQ(where.has_value(), may_wait);
        if (!where) return void(++refused_);
        waiting_.emplace(number_++, one{caller, *where});
        ++rules_.waiting[caller];
        --rules_.room;
    }
    void give_back(std::size_t which) {
        std::swap(holding_[which], holding_.back());
        const std::size_t caller = holding_.back();
        holding_.pop_back();
        --rules_.held[caller];
        ++rules_.idle;
        all_.give_back(rules_.callers[caller]);
        while (const auto next = all_.next()) ASSERT_NO_FATAL_FAILURE(start(*next));
    }
    void give_up(std::size_t which) {
        const auto gone = std::next(waiting_.begin(), static_cast<std::ptrdiff_t>(which));
        all_.gave_up(rules_.callers[gone->second.caller], gone->second.where);
        forget(gone);
    }
    void expect_nobody_waits_who_may_have_one() const {
        for (const auto& [number, of] : waiting_) ASSERT_FALSE(rules_.may_take(of.caller)) << number;
    }

    std::size_t callers() const { return rules_.callers.size(); }
    std::size_t holding() const { return holding_.size(); }
    std::size_t waiting() const { return waiting_.size(); }
    std::size_t refused() const { return refused_; }
    places& all() { return all_; }

  private:
    struct one {
        std::size_t caller;
        places::ticket where;
    };

    void hold(std::size_t caller) {
        ASSERT_GT(rules_.idle, 0U) << "a place is held twice";
        --rules_.idle;
        ++rules_.held[caller];
        holding_.push_back(caller);
    }
    void start(int number) {
        const auto found = waiting_.find(number);
        ASSERT_NE(found, waiting_.end());
        const std::size_t caller = found->second.caller;
        for (const auto& [before, of] : waiting_) ASSERT_FALSE(before < number && of.caller == caller);
        ASSERT_TRUE(rules_.may_take(caller));
        forget(found);
        hold(caller);
    }
    void forget(std::map<int, one>::iterator gone) {
        --rules_.waiting[gone->second.caller];
        ++rules_.room;
        waiting_.erase(gone);
    }

    places all_;
    plain_rules rules_;
    std::map<int, one> waiting_;  ///< By number, in the order in which they came.
    std::vector<std::size_t> holding_;
    int number_ = 0;
    std::size_t refused_ = 0;
};

/// No place is held twice or lost, nobody gets one or waits against the rules, nobody who may have one waits, each
/// caller's own stay in their order, and in the end all are served.
TEST(fair_places, serves_everybody_once) {
    std::mt19937 random(11);
    constexpr std::size_t count = 6;
    course run(count, 40);
    for (int step = 0; step < 20'000; ++step) {
        const std::size_t what = random() % 8;
        if (what < 4) {
            run.come(random() % run.callers());
        } else if (what < 7 && run.holding() > 0) {
            run.give_back(random() % run.holding());
        } else if (run.waiting() > 0) {
            run.give_up(random() % run.waiting());
        }
        run.expect_nobody_waits_who_may_have_one();
        if (HasFatalFailure()) FAIL() << "in step " << step;
    }
    EXPECT_GT(run.refused(), 0U) << "the queue was never full";
    while (run.holding() > 0 && !HasFatalFailure()) run.give_back(0);
    EXPECT_EQ(run.waiting(), 0U);
    EXPECT_EQ(take_all(run.all(), somebody()), count / 2) << "none is lost";
}

}  // namespace
}  // namespace tenon::db
