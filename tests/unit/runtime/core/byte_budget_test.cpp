// Budgets and leases: what is taken is counted, never more than the limit, and all of it comes back.
#include <gtest/gtest.h>

#include <random>
#include <thread>
#include <vector>

#include <tenon/core/byte_budget.hpp>

namespace tenon {
namespace {

TEST(byte_budget_test, takes_up_to_the_limit_and_counts) {
    byte_budget budget(100);
    EXPECT_TRUE(budget.try_take(60));
    EXPECT_TRUE(budget.try_take(40));
    EXPECT_TRUE(budget.try_take(0));
    EXPECT_FALSE(budget.try_take(1));
    EXPECT_FALSE(budget.try_take(static_cast<std::size_t>(-1)));  // no wrap around
    budget.give_back(100);
    EXPECT_EQ(budget.used(), 0U);
    EXPECT_EQ(budget.peak(), 100U);
    EXPECT_EQ(budget.refused(), 2U);
}

TEST(byte_budget_test, a_share_is_bounded_and_leaves_the_rest_to_others) {
    byte_budget whole(100);
    byte_budget greedy(25, &whole);
    byte_budget polite(100, &whole);
    EXPECT_TRUE(greedy.try_take(25));
    EXPECT_FALSE(greedy.try_take(1));
    EXPECT_TRUE(polite.try_take(75));
    EXPECT_FALSE(polite.try_take(1));  // of the whole nothing is left: its own count must not have grown
    EXPECT_EQ(polite.used(), 75U);
    EXPECT_EQ(whole.used(), 100U);
    EXPECT_EQ(whole.refused(), 2U);
    greedy.give_back(25);
    EXPECT_EQ(whole.used(), 75U);
}

TEST(byte_lease_test, grows_shrinks_moves_and_gives_back) {
    byte_budget budget(100);
    {
        byte_lease lease(budget);
        EXPECT_TRUE(lease.try_resize(80));
        EXPECT_FALSE(lease.try_grow(21));
        EXPECT_EQ(lease.size(), 80U);
        EXPECT_TRUE(lease.try_resize(30));
        EXPECT_EQ(budget.used(), 30U);
        byte_lease moved(std::move(lease));
        EXPECT_EQ(budget.used(), 30U);
        byte_lease assigned(budget);
        EXPECT_TRUE(assigned.try_resize(50));
        assigned = std::move(moved);
        EXPECT_EQ(budget.used(), 30U);
    }
    EXPECT_EQ(budget.used(), 0U);
    byte_lease free;
    EXPECT_TRUE(free.try_resize(1'000'000));
}

TEST(byte_budget_test, threads_never_exceed_it_and_leave_nothing_behind) {
    byte_budget whole(10'000);
    byte_budget share(6'000, &whole);
    std::vector<std::thread> threads;
    for (unsigned seed = 0; seed < 4; ++seed) {
        threads.emplace_back([&, seed] {
            std::mt19937 random(seed);
            std::vector<byte_lease> held;
            for (int i = 0; i < 20'000; ++i) {
                if (held.size() > 20) held.erase(held.begin() + static_cast<std::ptrdiff_t>(random() % held.size()));
                byte_lease next(random() % 2 == 0 ? whole : share);
                if (next.try_resize(random() % 1'000)) held.push_back(std::move(next));
                ASSERT_LE(whole.used(), whole.limit());
                ASSERT_LE(share.used(), share.limit());
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(whole.used(), 0U);
    EXPECT_EQ(share.used(), 0U);
    EXPECT_LE(whole.peak(), whole.limit());
}

}  // namespace
}  // namespace tenon
