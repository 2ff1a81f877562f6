// Limits when Redis forgets or is away: fences go on, nothing is granted (RC-3).
#include "limits/redis_store.hpp"

#include <gtest/gtest.h>

#include "limits/tenant_key.hpp"
#include "places.hpp"

namespace tenon::limits {
namespace {

using std::chrono::hours;

using test::soon;

class redis_limits : public ::testing::TestWithParam<place> {
  protected:
    void SetUp() override { open(GetParam(), one_, two_, folder_, server_, memory_); }

    test::temporary_folder folder_;
    std::unique_ptr<test::redis_server> server_;
    memory_store memory_;
    replica one_;
    replica two_;
    key key_ = tenant_key(tenant_id::generate(), "run");
};

TEST_P(redis_limits, fences_grow_although_redis_forgets_everything) {
    std::int64_t last = 0;
    for (int i = 0; i < 3; ++i) {
        const auto held = one_.loop().wait(one_.limits().lock(key_, hours(1), soon()));
        ASSERT_TRUE(held && *held);
        EXPECT_GT((*held)->fence, last);
        last = (*held)->fence;
        server_->stop();
        server_->start();
        // The connection that was there is found to be gone by the first command.
        const auto found_out = one_.loop().wait(one_.limits().get(key_, soon()));
        (void)found_out;
    }
}

TEST_P(redis_limits, buckets_in_turn_are_one_round_trip) {
    redis::client watcher(*redis::parse_url(server_->socket_url()));
    const auto scripts_run = [&] {
        std::vector<std::string> words = {"INFO", "commandstats"};
        const auto told = one_.loop().wait(watcher.run(std::move(words), soon()));
        const std::string text = told ? told->text : "";
        const std::size_t at = text.find("cmdstat_evalsha:calls=");
        return at == text.npos ? 0 : std::stoi(text.substr(at + 22));
    };
    const auto ask = [&] {
        std::vector<bucket_take> all;
        for (const char* name : {"ip", "user", "tenant"}) all.emplace_back(service_key(name), bucket_rule(), 1);
        return one_.loop().wait(one_.limits().take_in_turn(std::move(all), soon())).has_value();
    };
    EXPECT_TRUE(ask());
    const int before = scripts_run();
    EXPECT_TRUE(ask());
    EXPECT_EQ(scripts_run(), before + 1);
}

TEST_P(redis_limits, nothing_is_granted_while_redis_is_away) {
    server_->stop();
    const auto used = one_.loop().wait(one_.limits().use(key_, window::day, 10, 1, soon()));
    ASSERT_FALSE(used);
    EXPECT_EQ(used.error().code, errc::unavailable);
    const auto held = one_.loop().wait(one_.limits().lock(key_, hours(1), soon()));
    ASSERT_FALSE(held);
    EXPECT_EQ(held.error().code, errc::unavailable);
}

INSTANTIATE_TEST_SUITE_P(with, redis_limits, ::testing::Values(place::redis, place::redis_and_sqlite), place_name);

}  // namespace
}  // namespace tenon::limits
