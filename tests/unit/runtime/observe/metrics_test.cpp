// What Prometheus reads.
#include <tenon/observe/metrics.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <ctime>
#include <memory>
#include <thread>
#include <vector>

#include "tests/wait_until.hpp"

namespace tenon::observe {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

TEST(metrics_test, counts_by_method_route_template_and_status) {
    metrics all;
    route_metrics& route = all.route("GET", "/v1/tasks/{id}");
    all.count(route, 200, 2ms);
    all.count(route, 200, 2ms);
    all.count(route, 404, 1ms);
    all.count(route, 99'999, 1ms);  // a handler's nonsense must not index out of bounds
    const std::string text = all.expose();
    EXPECT_THAT(text, HasSubstr(R"(http_requests_total{method="GET",route="/v1/tasks/{id}",status="200"} 2)"));
    EXPECT_THAT(text, HasSubstr(R"(http_requests_total{method="GET",route="/v1/tasks/{id}",status="404"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(http_request_duration_seconds_count{method="GET",route="/v1/tasks/{id}"} 4)"));
}

TEST(metrics_test, gauges_follow_and_queues_are_read_when_asked) {
    metrics all;
    int length = 3;
    all.watch_queue("passwords", [&] { return double(length); });
    all.request_begun();
    all.connection_opened();
    all.connection_opened();
    all.connection_closed();
    all.statement_done(true, 3ms);
    all.statement_done(false, 3ms);
    EXPECT_THAT(all.expose(), HasSubstr(R"(worker_pool_queue_length{pool="passwords"} 3)"));
    length = 5;
    const std::string text = all.expose();
    EXPECT_THAT(text, HasSubstr(R"(worker_pool_queue_length{pool="passwords"} 5)"));
    EXPECT_THAT(text, HasSubstr("http_requests_in_flight 1"));
    EXPECT_THAT(text, HasSubstr("http_connections 1"));
    EXPECT_THAT(text, HasSubstr("http_connections_total 2"));
    EXPECT_THAT(text, HasSubstr(R"(db_statement_duration_seconds_count{outcome="error"} 1)"));
}

TEST(metrics_test, tells_how_late_loops_are_and_that_no_log_line_was_dropped) {
    metrics all;
    all.loop_late(300us);
    all.loop_late(2s);
    all.loop_worked(20ms);
    const std::string text = all.expose();
    EXPECT_THAT(text, HasSubstr(R"(event_loop_lag_seconds_bucket{le="0.001"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(event_loop_lag_seconds_bucket{le="1"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(event_loop_lag_seconds_bucket{le="2.5"} 2)"));
    EXPECT_THAT(text, HasSubstr(R"(event_loop_work_seconds_bucket{le="0.01"} 0)"));
    EXPECT_THAT(text, HasSubstr(R"(event_loop_work_seconds_bucket{le="0.025"} 1)"));
    EXPECT_THAT(text, HasSubstr("log_lines_dropped_total 0"));
}

/// The value of a line such as "process_open_fds 12"; -1 without one.
double value_of(const std::string& text, const std::string& name) {
    const auto at = text.find("\n" + name + " ");
    return at == std::string::npos ? -1 : std::stod(text.substr(at + name.size() + 2));
}

TEST(metrics_test, tells_what_linux_knows_of_the_process) {
    metrics all;
    const auto begun = std::chrono::steady_clock::now();
    const std::string before = all.expose();
    const std::vector<char> some(8 << 20, 'x');
    std::vector<std::unique_ptr<std::FILE, decltype(&std::fclose)>> files;
    for (int i = 0; i < 5; ++i) files.emplace_back(std::tmpfile(), &std::fclose);
    const double files_before = value_of(before, "process_open_fds");
    const double files_at_once = value_of(all.expose(), "process_open_fds");
    // Scrapers that come often do not have them counted each time. (A machine may be slow.)
    const bool is_soon = std::chrono::steady_clock::now() - begun < 500ms;
    EXPECT_TRUE(!is_soon || files_at_once == files_before) << files_at_once;
    std::string after;
    test::wait_until([&] { return value_of(after = all.expose(), "process_open_fds") == files_before + 5; });
    EXPECT_GE(value_of(after, "process_resident_memory_bytes"),
              value_of(before, "process_resident_memory_bytes") + (4 << 20));
    EXPECT_GE(value_of(after, "process_virtual_memory_bytes"), value_of(after, "process_resident_memory_bytes"));
    EXPECT_GT(value_of(after, "process_cpu_seconds_total"), 0);
    EXPECT_GE(value_of(after, "process_max_fds"), value_of(after, "process_open_fds"));
    EXPECT_GE(value_of(after, "process_threads"), 1);
    const double age = double(std::time(nullptr)) - value_of(after, "process_start_time_seconds");
    EXPECT_GT(age, -2);
    EXPECT_LT(age, 3600);
    EXPECT_EQ(value_of(after, "process_start_time_seconds"), value_of(before, "process_start_time_seconds"));
    EXPECT_EQ(some[1], 'x');
}

TEST(metrics_test, tells_what_runs_and_how_its_dependencies_are) {
    metrics all;
    all.describe("shop", "1.2.3", "0.1.0");
    all.readiness(false);
    all.dependency("database", true);
    all.dependency("storage", false);
    all.migrations(12, 2);
    all.waited("writer", 3ms);
    std::string text = all.expose();
    EXPECT_THAT(text, HasSubstr(R"(build_info{runtime="0.1.0",service="shop",version="1.2.3"} 1)"));
    EXPECT_THAT(text, HasSubstr("service_ready 0"));
    EXPECT_THAT(text, HasSubstr(R"(dependency_ok{dependency="database"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(dependency_ok{dependency="storage"} 0)"));
    EXPECT_THAT(text, HasSubstr("db_migration_version 12"));
    EXPECT_THAT(text, HasSubstr("db_migrations_pending 2"));
    EXPECT_THAT(text, HasSubstr(R"(db_connection_wait_seconds_bucket{connection="writer",le="0.005"} 1)"));
    EXPECT_THAT(text, HasSubstr(R"(login_failures_total{reason="credentials"} 0)"));
    all.login_failed("credentials");
    EXPECT_THAT(all.expose(), HasSubstr(R"(login_failures_total{reason="credentials"} 1)"));
}

TEST(metrics_test, threads_may_count_the_same_route) {
    metrics all;
    route_metrics& route = all.route("GET", "/a");
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i) all.count(route, 200 + i % 5, 1ms);
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_THAT(all.expose(), HasSubstr(R"(http_requests_total{method="GET",route="/a",status="203"} 800)"));
}

}  // namespace
}  // namespace tenon::observe
