// What an event loop has of the process's connections.
#include "postgres/share.hpp"

#include <gtest/gtest.h>

namespace tenon::db {
namespace {

std::size_t sum_of(const postgres_options& one) {
    return one.readers + (one.hedges ? 1 : 0) + one.sharers + one.slow_readers + one.transactions;
}

TEST(share_of_a_loop_test, has_two_for_transactions_and_more_connections_never_mean_fewer) {
    std::size_t before = 2;
    for (std::size_t share = 5; share <= 64; ++share) {
        open_options all;
        all.loops = 3;
        all.connections = 3 * share + 2;
        const postgres_options one = share_of_a_loop(all);
        EXPECT_EQ(sum_of(one), share);
        EXPECT_GE(one.transactions, before) << share;
        for (const std::size_t others : {one.readers, one.sharers, one.slow_readers}) EXPECT_GE(others, 1U) << share;
        before = one.transactions;
    }
}

TEST(share_of_a_loop_test, is_five_where_there_are_fewer_for_each) {
    open_options all;
    all.loops = 16;
    EXPECT_EQ(sum_of(share_of_a_loop(all)), 5U);
    all.loops = 0;
    EXPECT_EQ(sum_of(share_of_a_loop(all)), 24U);
}

TEST(share_of_a_loop_test, makes_more_connections_than_configured_where_loops_are_many) {
    open_options all;
    all.loops = 2;
    EXPECT_EQ(most_connections(all), 24U + 12 + 1) << "with housekeeping, and one that cancels";
    all.loops = 16;
    EXPECT_EQ(most_connections(all), 16U * 5 + 5 + 1);
}

TEST(share_of_a_loop_test, has_what_the_whole_has) {
    open_options all;
    all.pooler = true;
    all.page_bytes = 77;
    all.list_time = std::chrono::milliseconds(88);
    const postgres_options one = share_of_a_loop(all);
    EXPECT_FALSE(one.prepares);
    EXPECT_EQ(one.page_bytes, 77U);
    EXPECT_EQ(one.list_time, std::chrono::milliseconds(88));
}

}  // namespace
}  // namespace tenon::db
