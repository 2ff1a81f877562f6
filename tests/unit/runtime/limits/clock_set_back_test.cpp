// A clock that is set back gives nobody more, and keeps nothing for longer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "places.hpp"

namespace tenon::limits {
namespace {

using namespace std::chrono_literals;
using test::soon;

class clock_set_back_test : public testing::Test {
  protected:
    void set_back(std::chrono::seconds by) { now_.micros -= std::chrono::microseconds(by).count(); }
    quota_answer use(std::int64_t cap, window w) { return runner_.wait(memory_.use(key_, w, cap, 1, soon())).value(); }

    instant now_{1'800'000'000'000'000};
    memory_store memory_{[this] { return now_; }};
    test::loop_runner runner_;
    const key key_ = service_key("ask");
};

TEST_F(clock_set_back_test, a_quota_of_a_window_is_not_given_out_twice) {
    const quota_answer first = use(1, window::hour);
    EXPECT_TRUE(first.granted);
    set_back(1h);
    EXPECT_FALSE(use(1, window::hour).granted);
    EXPECT_EQ(use(1, window::hour).span, first.span);
    set_back(-1h);
    EXPECT_FALSE(use(1, window::hour).granted);
    set_back(-1h);
    EXPECT_TRUE(use(1, window::hour).granted);
}

TEST_F(clock_set_back_test, a_cached_value_in_memory_is_not_kept_for_longer) {
    ASSERT_TRUE(runner_.wait(memory_.put(key_, "x", 1h, 0, soon())));
    EXPECT_TRUE(runner_.wait(memory_.get(key_, soon()))->value);
    set_back(2h);
    EXPECT_FALSE(runner_.wait(memory_.get(key_, soon()))->value);
}

TEST_F(clock_set_back_test, a_cached_value_in_the_database_is_not_kept_for_longer) {
    const test::temporary_folder folder;
    replica one;
    replica two;
    std::unique_ptr<test::redis_server> none;
    open(place::sqlite, one, two, folder, none, memory_);
    ASSERT_TRUE(one.loop().wait(one.limits().put(key_, "x", 1h, 0, soon())));
    EXPECT_TRUE(one.loop().wait(one.limits().get(key_, soon()))->value);
    auto database = db::open(folder.database_url());
    ASSERT_TRUE(database);
    db::system_session session(**database, soon());
    ASSERT_TRUE(runner_.wait(session.query("UPDATE cache_entries SET expires_at = expires_at + 7200000000", {})));
    EXPECT_FALSE(one.loop().wait(one.limits().get(key_, soon()))->value);
}

}  // namespace
}  // namespace tenon::limits
