// A clock that is set back gives nobody more, and keeps nothing for longer, wherever the limits live.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tenon/testing/clock.hpp>

#include "places.hpp"

namespace tenon::limits {
namespace {

using namespace std::chrono_literals;
using test::soon;

class clock_set_back : public ::testing::TestWithParam<place> {
  protected:
    void SetUp() override {
        clock_.stop();
        open(GetParam(), one_, two_, folder_, server_, memory_);
    }

    quota_answer use(std::int64_t cap) {
        const auto answer = one_.loop().wait(one_.limits().use(key_, window::day, cap, 1, soon()));
        EXPECT_TRUE(answer) << answer.error().message;
        return answer ? *answer : quota_answer();
    }
    bool is_cached() {
        const auto got = one_.loop().wait(one_.limits().get(key_, soon()));
        EXPECT_TRUE(got) << got.error().message;
        return got && got->value.has_value();
    }

    testing::clock clock_;
    memory_store memory_;
    test::temporary_folder folder_;
    std::unique_ptr<test::redis_server> server_;
    replica one_;
    replica two_;
    test::loop_runner runner_;
    const key key_ = service_key("ask");
};

TEST_P(clock_set_back, a_quota_of_a_window_is_not_given_out_twice) {
    const quota_answer first = use(1);
    EXPECT_TRUE(first.granted);
    clock_.step(-24h);
    const quota_answer again = use(1);
    EXPECT_FALSE(again.granted);
    EXPECT_EQ(again.used, 1);
    EXPECT_EQ(again.span, first.span) << "the clock has yet to reach it";
    EXPECT_FALSE(use(1).granted);
    clock_.step(48h);
    EXPECT_TRUE(use(1).granted) << "in the next window";
}

TEST_P(clock_set_back, a_cached_value_is_not_kept_for_longer) {
    ASSERT_TRUE(one_.loop().wait(one_.limits().put(key_, "x", 1h, 0, soon())));
    EXPECT_TRUE(is_cached());
    clock_.step(-2h);
    EXPECT_FALSE(is_cached());
}

INSTANTIATE_TEST_SUITE_P(every, clock_set_back,
                         ::testing::Values(place::memory, place::sqlite, place::redis, place::redis_and_sqlite),
                         place_name);
INSTANTIATE_TEST_SUITE_P(postgres_place, clock_set_back, ::testing::Values(place::postgres), place_name);

}  // namespace
}  // namespace tenon::limits
