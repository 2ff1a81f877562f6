// RF-11: many tenants ask at once over pooled connections, and every answer belongs to whoever asked.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <thread>

#include "tests/load/crowd.hpp"
#include "tests/load/loop_lag.hpp"
#include "tests/load/servers.hpp"

namespace tenon::load_test {
namespace {

std::uint64_t requests_wanted() {
    const char* set = std::getenv("LOAD_REQUESTS");
    return set == nullptr ? 60'000 : std::strtoull(set, nullptr, 10);
}

void run_crowd(const std::map<std::string, std::string>& settings) {
    service_test::process service(settings);
    crowd people(service, crowd_options{});
    people.start();
    people.run_requests(requests_wanted());
    const loop_lag lag(service.port());
    report seen = people.stop();
    std::cout << seen.text() << "\n" << lag.text() << std::endl;
    EXPECT_EQ(seen.violations, 0U);
    EXPECT_GT(seen.acknowledged, requests_wanted() / 40);
    // The machine is busy with the crowd itself: loops wait for a core, but never for work that does not belong there.
    EXPECT_GT(lag.ticks(), 10);
    EXPECT_GE(lag.share_within("0.1"), 0.98);
    EXPECT_LE(lag.later_than("1"), 1);
    const auto lost = people.lost();
    EXPECT_TRUE(lost.empty()) << lost.size() << " records, the first: " << lost.front();
}

/// Sessions of the service that the server still has: it finds out by itself that a process was killed.
std::string sessions_left(const servers& database) {
    std::string left;
    for (int tries = 0; tries < 500; ++tries) {
        left = database.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'app'");
        if (left == "0") break;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return left;
}

TEST(isolation, two_hundred_tenants_interleaved_on_postgresql) {
    if (!service_test::process::available() || !servers::available()) GTEST_SKIP() << "no service or no PostgreSQL";
    const servers database;
    run_crowd(database.settings());
    EXPECT_EQ(sessions_left(database), "0") << "leaked connections";
}

TEST(isolation, two_hundred_tenants_interleaved_on_sqlite) {
    if (!service_test::process::available()) GTEST_SKIP() << "STARTER is not set";
    run_crowd({});
}

}  // namespace
}  // namespace tenon::load_test
