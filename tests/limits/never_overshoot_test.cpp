// Bursts, quotas, leases, cooldowns and locks under load on three replicas that are killed meanwhile: what is granted
// is what the limit says (RC-3, RF-11; trap 12).
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <iostream>
#include <set>

#include "tests/limits/replicas.hpp"
#include "tests/unit/generator/migrate/postgres_cluster.hpp"
#include "tests/unit/runtime/feature_tables.hpp"

namespace tenon::limits_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int clients = 12;

struct tally {
    std::atomic<int> granted{0};
    std::atomic<int> unknown{0};  ///< No answer, or 5xx: may have counted.
};

class never_overshoot : public testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        std::string missing;
        postgres_ = gen::postgres_cluster::start(missing);
        ASSERT_TRUE(postgres_) << missing << "; the package postgresql is needed";
        postgres_->recreate();
        const std::string made = postgres_->run(test::feature_tables("postgres"));
        ASSERT_EQ(made.find("ERROR"), std::string::npos) << made;
        if (GetParam()) redis_ = std::make_unique<test::redis_server>();
        all_ = std::make_unique<replicas>(postgres_->url("reader"), redis_ ? redis_->socket_url() : "");
    }

    /// Every client sends `times` requests to each replica in turn.
    void load(const std::string& target, int times, tally& out, std::function<void(const std::string&)> granted = {}) {
        std::vector<std::thread> threads;
        for (int c = 0; c < clients; ++c) {
            threads.emplace_back([&, c] {
                for (int i = 0; i < times; ++i) {
                    const auto got = all_->ask(static_cast<std::size_t>(c + i) % replicas::count, "POST", target);
                    if (got.status == 200) ++out.granted;
                    if (got.status == 200 && granted) granted(got.body);
                    if (got.status != 200 && got.status != 429) ++out.unknown;
                }
            });
        }
        for (std::thread& each : threads) each.join();
    }
    /// The same, while replicas are killed and started again.
    void load_with_kills(const std::string& target, int times, tally& out,
                         std::function<void(const std::string&)> granted = {}) {
        std::atomic<bool> done{false};
        std::thread reaper([&] {
            for (std::size_t i = 0; !done; i = (i + 1) % replicas::count) {
                std::this_thread::sleep_for(milliseconds(30));
                all_->kill(i);
                all_->start(i);
            }
        });
        load(target, times, out, std::move(granted));
        done = true;
        reaper.join();
    }
    /// What was granted and answered is at most the limit, and all of it but for what nobody heard of; afterwards, with
    /// nobody dying, nothing is left.
    void expect_exactly(const std::string& target, int limit) {
        tally out;
        load_with_kills(target, 40, out);
        EXPECT_LE(out.granted, limit);
        tally rest;
        load(target, 10, rest);
        EXPECT_EQ(rest.unknown, 0);
        EXPECT_LE(out.granted + rest.granted, limit);
        EXPECT_GE(out.granted + rest.granted, limit - out.unknown);
        tally last;
        load(target, 2, last);
        EXPECT_EQ(last.granted, 0);
    }
    template <class Done>
    static bool within(seconds time, Done done) {
        for (const auto until = std::chrono::steady_clock::now() + time; std::chrono::steady_clock::now() < until;) {
            if (done()) return true;
            std::this_thread::sleep_for(milliseconds(20));
        }
        return false;
    }

    std::unique_ptr<gen::postgres_cluster> postgres_;
    std::unique_ptr<test::redis_server> redis_;
    std::unique_ptr<replicas> all_;
};

TEST_P(never_overshoot, quiet_replicas_grant_exactly_the_limit) {
    tally used;
    load("/use?key=quiet&cap=57", 10, used);
    EXPECT_EQ(used.granted, 57);
    tally taken;
    load("/take?key=burst&burst=41", 10, taken);
    EXPECT_EQ(taken.granted, 41);
    tally held;
    load("/acquire?key=slots&limit=9&ttl=600000", 5, held);
    EXPECT_EQ(held.granted, 9);
    tally once;
    load("/cool-down?key=once", 5, once);
    EXPECT_EQ(once.granted, 1);
}

TEST_P(never_overshoot, the_naive_way_would_be_found_out) {
    const auto overshoots = [&, n = 0]() mutable {
        tally used;
        load("/use-naively?key=naive" + std::to_string(++n) + "&cap=20", 10, used);
        return used.granted > 20;
    };
    EXPECT_TRUE(within(seconds(30), overshoots));
}

TEST_P(never_overshoot, quotas_with_replicas_killed) {
    expect_exactly("/use?key=quota&cap=150", 150);
}
TEST_P(never_overshoot, bursts_with_replicas_killed) {
    expect_exactly("/take?key=bucket&burst=150", 150);
}
TEST_P(never_overshoot, leases_with_replicas_killed) {
    expect_exactly("/acquire?key=lease&limit=40&ttl=600000", 40);
}
TEST_P(never_overshoot, cooldowns_with_replicas_killed) {
    expect_exactly("/cool-down?key=cooldown", 1);
}

TEST_P(never_overshoot, the_leases_of_a_killed_replica_come_back) {
    const std::string target = "/acquire?key=dead&limit=3&ttl=";
    for (int i = 0; i < 3; ++i) ASSERT_EQ(all_->ask(0, "POST", target + "1500").status, 200);
    EXPECT_EQ(all_->ask(1, "POST", target + "1500").status, 429);
    const auto killed = std::chrono::steady_clock::now();
    all_->kill(0);
    ASSERT_TRUE(within(seconds(30), [&] { return all_->ask(1, "POST", target + "600000").status == 200; }));
    const auto waited = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - killed);
    RecordProperty("slot_back_after_ms", static_cast<int>(waited.count()));
    std::cout << "a slot was back after " << waited.count() << " ms\n";
    // Each was taken a moment after the one before.
    for (const std::size_t replica : {2U, 1U})
        EXPECT_TRUE(within(seconds(30), [&] { return all_->ask(replica, "POST", target + "600000").status == 200; }));
    EXPECT_EQ(all_->ask(2, "POST", target + "600000").status, 429);
}

TEST_P(never_overshoot, no_two_holders_ever_have_the_same_fence) {
    std::mutex mutex;
    std::set<std::int64_t> fences;
    int holders = 0;
    const auto held = [&](const std::string& body) {
        const std::lock_guard guard(mutex);
        fences.insert(std::stoll(body));
        ++holders;
    };
    tally out;
    load_with_kills("/lock?key=run&ttl=200", 20, out, held);
    if (redis_) {
        redis_->stop();
        redis_->start();
    }
    load_with_kills("/lock?key=run&ttl=1&keep=1", 20, out, held);
    EXPECT_GT(holders, 0);
    EXPECT_EQ(fences.size(), static_cast<std::size_t>(holders));
}

TEST_P(never_overshoot, without_redis_nothing_is_granted_and_then_it_goes_on) {
    if (!redis_) return;
    EXPECT_EQ(all_->ask(0, "POST", "/use?key=away&cap=1000").status, 200);
    redis_->stop();
    for (std::size_t i = 0; i < replicas::count; ++i) {
        const auto refused = all_->ask(i, "POST", "/use?key=away&cap=1000");
        EXPECT_EQ(refused.status, 503);
        EXPECT_EQ(refused.header("Retry-After"), "1");
    }
    redis_->start();
    for (std::size_t i = 0; i < replicas::count; ++i)
        EXPECT_TRUE(within(seconds(10), [&] { return all_->ask(i, "POST", "/use?key=away&cap=1000").status == 200; }));
}

INSTANTIATE_TEST_SUITE_P(on, never_overshoot, testing::Bool(),
                         [](const auto& info) { return info.param ? "redis" : "postgres"; });

}  // namespace
}  // namespace tenon::limits_test
