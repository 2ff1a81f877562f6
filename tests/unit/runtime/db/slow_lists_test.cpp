// Who may wait for a place for slow lists, and who gets the next.
#include "db/slow_lists.hpp"

#include <gtest/gtest.h>

namespace tenon::db {
namespace {

TEST(list_shares_test, the_last_place_never_goes_to_a_caller_who_has_one) {
    list_shares shares;
    const uuid greedy = uuid::generate();
    const uuid other = uuid::generate();
    EXPECT_TRUE(shares.may_run(greedy, 1));
    shares.waits(greedy);
    shares.runs(greedy);
    EXPECT_TRUE(shares.may_run(greedy, 2));
    EXPECT_FALSE(shares.may_run(greedy, 1));
    EXPECT_TRUE(shares.may_run(other, 1));
    shares.ended(greedy);
    EXPECT_TRUE(shares.may_run(greedy, 1));
}

TEST(list_shares_test, those_of_nobody_are_not_counted) {
    list_shares shares;
    for (std::size_t i = 0; i <= lists_waiting_max; ++i) shares.waits(uuid());
    EXPECT_TRUE(shares.may_wait(uuid()));
    shares.runs(uuid());
    EXPECT_TRUE(shares.may_run(uuid(), 1));
    shares.ended(uuid());
    shares.gave_up(uuid());
    EXPECT_TRUE(shares.may_wait(uuid()));
}

TEST(list_shares_test, one_caller_waits_so_often_and_no_more) {
    list_shares shares;
    const uuid greedy = uuid::generate();
    for (std::size_t i = 0; i < lists_waiting_max; ++i) {
        ASSERT_TRUE(shares.may_wait(greedy));
        shares.waits(greedy);
    }
    EXPECT_FALSE(shares.may_wait(greedy));
    EXPECT_TRUE(shares.may_wait(uuid::generate()));
    shares.gave_up(greedy);
    EXPECT_TRUE(shares.may_wait(greedy));
}

}  // namespace
}  // namespace tenon::db
