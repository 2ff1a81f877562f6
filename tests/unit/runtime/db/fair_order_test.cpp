// Who has their turn when in a long queue.
#include "db/fair_order.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <random>

namespace tenon::db {
namespace {

struct item {
    uuid caller;
    int number = 0;
    std::uint64_t round = 0;
};
using queue = std::deque<std::shared_ptr<item>>;

std::shared_ptr<item> of(const uuid& caller, int number) {
    return std::make_shared<item>(item{caller, number});
}

TEST(fair_order, short_queues_are_first_come_first_served) {
    fair_order order;
    queue waiting;
    const uuid one = uuid::generate();
    const uuid other = uuid::generate();
    for (int i = 0; i < 60; ++i) order.insert(waiting, of(i % 7 == 0 ? other : one, i));
    for (int i = 0; i < 60; ++i) EXPECT_EQ(waiting[static_cast<std::size_t>(i)]->number, i);
}

TEST(fair_order, whoever_asks_for_little_waits_for_little) {
    fair_order order;
    queue waiting;
    const uuid greedy = uuid::generate();
    for (int i = 0; i < 1'000; ++i) order.insert(waiting, of(greedy, i));
    for (int i = 0; i < 10; ++i) {
        const uuid modest = uuid::generate();
        const auto mine = of(modest, 0);
        order.insert(waiting, mine);
        const auto place = std::find(waiting.begin(), waiting.end(), mine) - waiting.begin();
        EXPECT_LT(place, 64 + 1 + 10);
    }
}

/// Whatever comes and goes, each caller's own stay in their order, and rounds never fall.
TEST(fair_order, keeps_what_one_caller_asked_for_in_order) {
    std::mt19937 random(7);
    std::vector<uuid> callers(5);
    for (uuid& each : callers) each = uuid::generate();
    fair_order order;
    queue waiting;
    std::map<uuid, int> asked;
    std::map<uuid, int> served;
    for (int step = 0; step < 20'000; ++step) {
        const bool comes = random() % (step % 4'000 < 2'000 ? 3 : 2) != 0;
        if (comes) {
            const uuid& who = callers[std::min<std::size_t>(random() % 12, 4)];
            order.insert(waiting, of(who, asked[who]++));
        } else if (!waiting.empty()) {
            const auto next = waiting.front();
            waiting.pop_front();
            EXPECT_EQ(next->number, served[next->caller]++);
        }
        EXPECT_TRUE(std::is_sorted(waiting.begin(), waiting.end(),
                                   [](const auto& a, const auto& b) { return a->round < b->round; }));
    }
    EXPECT_GT(waiting.size() + static_cast<std::size_t>(served[callers[4]]), 1'000U);
}

}  // namespace
}  // namespace tenon::db
