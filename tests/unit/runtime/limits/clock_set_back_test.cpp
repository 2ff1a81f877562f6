// A clock that is set back gives nobody more, and keeps nothing for longer, wherever the limits live.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "places.hpp"

namespace tenon::limits {
namespace {

using namespace std::chrono_literals;
using std::chrono::hours;
using test::soon;

std::string micros(hours time) {
    return std::to_string(std::chrono::microseconds(time).count());
}

class clock_set_back : public testing::TestWithParam<place> {
  protected:
    void SetUp() override { open(GetParam(), one_, two_, folder_, server_, memory_); }

    /// Memory has a clock to be set. Other places read the machine's: there, what is kept moves ahead.
    void set_back(hours by) {
        if (GetParam() == place::memory) {
            now_ = now_ - by;
        } else if (server_) {
            move_in_redis("quota", "since", std::chrono::seconds(by).count());
            move_in_redis("cache", "until", std::chrono::milliseconds(by).count());
        } else {
            move_in_database("limit_counters", {"since", "forget_at"}, by);
            move_in_database("cache_entries", {"expires_at", "forget_at"}, by);
        }
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

  private:
    void move_in_database(const std::string& table, std::initializer_list<const char*> columns, hours by) {
        std::string text = "UPDATE " + table + " SET ";
        for (const char* const each : columns)
            text.append(each == *columns.begin() ? "" : ", ").append(each).append(" = ").append(each) +=
                " + " + micros(by);
        if (GetParam() == place::postgres) {
            EXPECT_EQ(postgres().run(text, "tests").find("ERROR"), std::string::npos);
            return;
        }
        auto database = db::open(folder_.database_url());
        ASSERT_TRUE(database);
        db::system_session session(**database, soon());
        EXPECT_TRUE(runner_.wait(session.query(std::move(text), {})));
    }
    void move_in_redis(const std::string& kind, const std::string& field, std::int64_t by) {
        redis::client client(*redis::parse_url(server_->socket_url()));
        std::vector<std::string> words = {
            "EVAL", "return redis.call('EXISTS', KEYS[1]) == 1 and redis.call('HINCRBY', KEYS[1], ARGV[1], ARGV[2])",
            "1",    "sample:" + kind + ":-:ask",
            field,  std::to_string(by)};
        EXPECT_TRUE(runner_.wait(client.run(std::move(words), soon())));
    }

  protected:
    instant now_{1'800'000'000'000'000};
    memory_store memory_{[this] { return now_; }};
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
    set_back(24h);
    const quota_answer again = use(1);
    EXPECT_FALSE(again.granted);
    EXPECT_EQ(again.used, 1);
    const hours moved = GetParam() == place::memory ? 0h : 24h;
    EXPECT_EQ(again.span.since, first.span.since + moved) << "the clock has yet to reach it";
    EXPECT_EQ(again.span.until, first.span.until + moved);
    EXPECT_FALSE(use(1).granted);
    set_back(-48h);
    EXPECT_TRUE(use(1).granted) << "in the next window";
}

TEST_P(clock_set_back, a_cached_value_is_not_kept_for_longer) {
    ASSERT_TRUE(one_.loop().wait(one_.limits().put(key_, "x", 1h, 0, soon())));
    EXPECT_TRUE(is_cached());
    set_back(2h);
    EXPECT_FALSE(is_cached());
}

INSTANTIATE_TEST_SUITE_P(every, clock_set_back,
                         testing::Values(place::memory, place::sqlite, place::redis, place::redis_and_sqlite),
                         place_name);
INSTANTIATE_TEST_SUITE_P(postgres_place, clock_set_back, testing::Values(place::postgres), place_name);

}  // namespace
}  // namespace tenon::limits
