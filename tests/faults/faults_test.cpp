// RF-3: the servers that a service stands on fail while it is under load. It answers 503 (or 504) in good form while
// that lasts, comes back by itself, and has kept what it acknowledged.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <optional>

#include "tests/load/crowd.hpp"
#include "tests/load/servers.hpp"

namespace tenon::load_test {
namespace {

using namespace std::chrono_literals;
using service_test::process;

/// Resident memory of a process, in KiB.
std::size_t resident_kib(pid_t pid) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    in >> all >> resident;
    return resident * 4;
}

class faults : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!process::available() || !servers::available()) GTEST_SKIP() << "no service or no PostgreSQL";
    }

    static std::map<std::string, std::string> settings(const servers& around) {
        auto out = around.settings();
        out["REQUEST_TIMEOUT"] = "4s";
        return out;
    }
    static crowd_options options() {
        crowd_options out;
        out.tenants = 20;
        out.clients = 24;
        return out;
    }

    /// Has the crowd run through `fault`, which ends with everything in order again, and looks at what is left.
    template <class Fault>
    static report through(crowd& people, Fault fault) {
        people.start();
        people.run_for(1s);
        people.expect_trouble(true);
        fault();
        const auto mended = std::chrono::steady_clock::now();
        EXPECT_TRUE(people.recovers(20)) << "requests still fail after 30 s";
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - mended;
        std::cout << "20 good answers in a row for every client after " << took.count() << " s" << std::endl;
        people.expect_trouble(false);
        people.run_for(1s);
        report seen = people.stop();
        std::cout << seen.text() << std::endl;
        EXPECT_EQ(seen.violations, 0U);
        const auto lost = people.lost();
        EXPECT_TRUE(lost.empty()) << lost.size() << " records, the first: " << lost.front();
        return seen;
    }

    /// No transaction stays open, and a process has no more connections than it may.
    static void expect_tidy(const servers& around, std::size_t processes) {
        EXPECT_EQ(around.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'app' AND state LIKE 'idle in %'"),
                  "0");
        const auto open = std::stoul(around.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'app'"));
        EXPECT_LE(open, processes * connections_max) << "leaked connections";
    }

    static constexpr std::size_t connections_max = 40;
};

TEST_F(faults, postgresql_is_restarted) {
    servers around;
    process service(settings(around));
    crowd people(service, options());
    const report seen = through(people, [&] {
        around.end_postgres(SIGINT);
        people.run_for(500ms);
        around.start_again();
    });
    EXPECT_GT(seen.answers.count(503), 0U) << "nobody noticed";
    expect_tidy(around, 1);
}

TEST_F(faults, postgresql_is_killed) {
    servers around;
    process service(settings(around));
    crowd people(service, options());
    const report seen = through(people, [&] {
        around.end_postgres(SIGKILL);
        around.start_again();
    });
    EXPECT_GT(seen.answers.count(503), 0U) << "nobody noticed";
    expect_tidy(around, 1);
}

TEST_F(faults, postgresql_stops_answering) {
    servers around;
    process service(settings(around));
    crowd people(service, options());
    through(people, [&] {
        around.freeze_postgres();
        people.run_for(2s);
        around.thaw_postgres();
    });
    expect_tidy(around, 1);
}

TEST_F(faults, postgresql_stops_answering_for_longer_than_requests_live) {
    servers around;
    process service(settings(around));
    crowd people(service, options());
    const report seen = through(people, [&] {
        around.freeze_postgres();
        people.run_for(6s);
        around.thaw_postgres();
    });
    EXPECT_GT(seen.answers.count(504) + seen.answers.count(503), 0U) << "nobody noticed";
    expect_tidy(around, 1);
}

TEST_F(faults, postgresql_is_out_of_connections) {
    servers around("max_connections = 30");
    process service(settings(around));
    crowd people(service, options());
    const report seen = through(people, [&] { around.use_up_connections(2); });
    EXPECT_GT(seen.answers.count(503), 0U) << "nobody noticed";
    expect_tidy(around, 1);
}

// What is only counted to keep abuse away is let through meanwhile: nobody notices.
TEST_F(faults, redis_is_killed_and_comes_back) {
    servers around;
    ASSERT_TRUE(around.has_redis()) << "redis-server is not installed: tools/setup";
    auto with_redis = settings(around);
    with_redis["REDIS_URL"] = around.url("REDIS_URL");
    process service(with_redis);
    crowd people(service, options());
    people.start();
    people.run_for(1s);
    around.end_redis(SIGKILL);
    people.run_for(1s);
    around.start_again();
    people.run_for(1s);
    report seen = people.stop();
    std::cout << seen.text() << std::endl;
    EXPECT_EQ(seen.violations, 0U);
    EXPECT_TRUE(people.lost().empty());
}

TEST_F(faults, one_of_three_replicas_is_killed) {
    servers around;
    std::optional<process> first(std::in_place, settings(around));
    process second(settings(around));
    process third(settings(around));
    crowd people(second, options());
    people.use({first->port(), second.port(), third.port()});
    through(people, [&] {
        first->kill();
        people.run_for(1s);
        people.use({second.port(), third.port()});  // as a load balancer does
    });
    expect_tidy(around, 2);
    process fourth(settings(around));
    people.use({second.port(), third.port(), fourth.port()});
    through(people, [] {});
    expect_tidy(around, 3);
}

TEST_F(faults, memory_stays_flat) {
    const char* set = std::getenv("SOAK_SECONDS");
    const std::chrono::seconds length(set == nullptr ? 12 : std::atoi(set));
    servers around;
    process service(settings(around));
    crowd people(service, options());
    people.start();
    people.run_for(length / 3);
    const std::size_t before = resident_kib(service.pid());
    people.run_for(length - length / 3);
    const std::size_t after = resident_kib(service.pid());
    report seen = people.stop();
    std::cout << seen.text() << "\n" << before << " KiB, then " << after << " KiB" << std::endl;
    EXPECT_EQ(seen.violations, 0U);
    EXPECT_LE(after, before + before / 5 + 2048) << "memory grows";
    expect_tidy(around, 1);
}

}  // namespace
}  // namespace tenon::load_test
