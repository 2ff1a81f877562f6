// The wall clock in the hands of a test: stepped, stopped, put back, and read meanwhile.
#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include <tenon/core/uuid.hpp>
#include <tenon/testing/clock.hpp>

#include "core/wall_clock.hpp"

namespace tenon {
namespace {

using namespace std::chrono_literals;

/// An instant by the machine's clock, which goes on meanwhile.
void expect_about(instant got, instant wanted) {
    EXPECT_GE(got, wanted);
    EXPECT_LT(got, wanted + 1h);
}

TEST(wall_clock_test, stands_and_goes_on) {
    const instant before = instant::now();
    testing::clock clock;
    EXPECT_FALSE(wall_clock::set_by_test()) << "nothing has been set yet";
    clock.stop();
    const instant stopped = instant::now();
    expect_about(stopped, before);
    std::this_thread::sleep_for(2ms);
    EXPECT_EQ(instant::now(), stopped);
    EXPECT_EQ(wall_clock::set_by_test(), stopped);
    clock.step(24h * 365);
    EXPECT_EQ(instant::now(), stopped + 24h * 365);
    clock.step(-24h * 365 - 1us);
    EXPECT_EQ(instant::now(), stopped - 1us);
    const instant far{1'900'000'000'000'000};
    clock.stop_at(far);
    EXPECT_EQ(instant::now(), far);
    EXPECT_EQ(date::today().to_string(), "2030-03-17");
    clock.go_on();
    std::this_thread::sleep_for(2ms);
    EXPECT_GT(instant::now(), far);
    expect_about(instant::now(), far);
    clock.put_back();
    expect_about(instant::now(), stopped);
    EXPECT_FALSE(wall_clock::set_by_test());
}

TEST(wall_clock_test, steps_while_it_goes) {
    const instant before = instant::now();
    {
        testing::clock clock;
        clock.step(24h);
        expect_about(instant::now(), before + 24h);
        clock.step(-48h);
        expect_about(instant::now(), before - 24h);
        ASSERT_TRUE(wall_clock::set_by_test());
        expect_about(*wall_clock::set_by_test(), before - 24h);
    }
    expect_about(instant::now(), before);
}

TEST(wall_clock_test, reaches_back_before_1970) {
    testing::clock clock;
    const instant early = *instant::parse("1969-07-20T20:17:40Z");
    clock.stop_at(early);
    EXPECT_EQ(instant::now(), early);
}

TEST(wall_clock_test, belongs_to_one_test_at_a_time) {
    {
        const testing::clock clock;
        EXPECT_THROW(testing::clock(), std::logic_error);
    }
    EXPECT_NO_THROW(testing::clock());
}

TEST(wall_clock_test, nobody_reads_half_a_change) {
    const instant far{1'900'000'000'000'000};
    std::atomic<bool> done{false};
    std::atomic<int> odd{0};
    {
        testing::clock clock;
        clock.stop_at(far);
        std::thread reader([&] {
            while (!done) {
                const instant got = instant::now();
                if (got != far && got != far + 24h) ++odd;
            }
        });
        for (int i = 0; i < 100'000; ++i) clock.step(i % 2 == 0 ? 24h : -24h);
        done = true;
        reader.join();
    }
    EXPECT_EQ(odd, 0);
}

// As when a machine's clock is set back: ids of one thread grow all the same.
TEST(wall_clock_test, ids_follow_it_and_never_go_back) {
    testing::clock clock;
    std::thread([&clock] {
        clock.stop_at(instant{1'900'000'000'000'000});
        const uuid ahead = uuid::generate();
        EXPECT_EQ(ahead.to_string().substr(0, 13), "01ba60d3-3800");
        clock.step(-24h);
        EXPECT_GT(uuid::generate(), ahead);
    }).join();
}

}  // namespace
}  // namespace tenon
