// Loops, sleeping, detached work and the worker pool, as coroutines use them.
#include <tenon/loop/event_loop.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include "observe/log_sink.hpp"

#include "tests/wait_until.hpp"

namespace tenon {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

task<void> sleep_for(std::chrono::milliseconds time) {
    const auto until = clock::now() + time;
    co_await sleep_until(until);
}

task<void> note_order(std::vector<int>& order) {
    order.push_back(1);
    co_await sleep_for(5ms);
    order.push_back(2);
}

TEST(event_loop_test, sleeps_and_goes_on) {
    std::vector<int> order;
    run_blocking(note_order(order));
    EXPECT_EQ(order, (std::vector<int>{1, 2}));
    EXPECT_EQ(event_loop::current(), nullptr);
}

task<void> throw_later() {
    co_await sleep_for(1ms);
    throw std::runtime_error("late");
}

TEST(event_loop_test, an_exception_passes_through_run_blocking) {
    EXPECT_THROW(run_blocking(throw_later()), std::runtime_error);
}

task<void> start_failing_work() {
    start_detached(throw_later());
    co_await sleep_for(20ms);
}

TEST(event_loop_test, an_exception_in_detached_work_is_logged_and_goes_no_further) {
    std::string seen;
    observe::capture_log([&](std::string_view line) { seen += line; });
    run_blocking(start_failing_work());
    observe::capture_log(nullptr);
    EXPECT_NE(seen.find("late"), std::string::npos);
}

task<void> drop_a_timer(bool& kept_ran, bool& dropped_ran) {
    auto kept = event_loop::current()->at(clock::now() + 5ms, [&kept_ran] { kept_ran = true; });
    auto dropped = event_loop::current()->at(clock::now() + 5ms, [&dropped_ran] { dropped_ran = true; });
    dropped.reset();
    while (!kept_ran) co_await sleep_for(1ms);
    co_await sleep_for(5ms);
}

TEST(event_loop_test, a_dropped_timer_never_runs) {
    bool kept_ran = false;
    bool dropped_ran = false;
    run_blocking(drop_a_timer(kept_ran, dropped_ran));
    EXPECT_FALSE(dropped_ran);
}

task<void> use_pool(worker_pool& pool, std::thread::id& worker, bool& same_loop) {
    event_loop* const before = event_loop::current();
    std::function<void()> work = [&worker] { worker = std::this_thread::get_id(); };
    const auto done = co_await pool.run(std::move(work), clock::now() + 5s);
    EXPECT_TRUE(done);
    same_loop = before == event_loop::current();
}

TEST(worker_pool_test, works_elsewhere_and_resumes_at_home) {
    worker_pool pool(2, 10);
    std::thread::id worker;
    bool same_loop = false;
    run_blocking(use_pool(pool, worker, same_loop));
    EXPECT_NE(worker, std::thread::id());
    EXPECT_NE(worker, std::this_thread::get_id());
    EXPECT_TRUE(same_loop);
}

task<void> collect(worker_pool& pool, clock::time_point deadline, std::function<void()> work,
                   std::vector<std::string>& outcomes, int& left) {
    const auto done = co_await pool.run(std::move(work), deadline);
    outcomes.emplace_back(done ? "done" : name_of(done.error().code));
    --left;
}

task<void> wait_for_zero(int& left) {
    while (left > 0) co_await sleep_for(1ms);
}

TEST(worker_pool_test, refuses_beyond_its_queue_and_past_the_deadline) {
    worker_pool pool(1, 2);
    std::atomic<bool> release{false};
    std::vector<std::string> outcomes;
    int left = 4;
    const auto hold = [&] { test::wait_until([&] { return release.load(); }); };
    auto all = [&]() -> task<void> {
        start_detached(collect(pool, clock::now() + 5s, hold, outcomes, left));
        while (pool.waiting() > 0) co_await sleep_for(1ms);
        start_detached(collect(
            pool, clock::now() + 5s, [] {}, outcomes, left));
        start_detached(collect(
            pool, clock::now() + 5ms, [] {}, outcomes, left));
        start_detached(collect(
            pool, clock::now() + 5s, [] {}, outcomes, left));  // the queue is full
        while (outcomes.empty()) co_await sleep_for(1ms);
        EXPECT_EQ(outcomes, (std::vector<std::string>{"unavailable"}));
        EXPECT_EQ(pool.waiting(), 2U);
        co_await sleep_for(20ms);
        release = true;
        co_await wait_for_zero(left);
    };
    run_blocking(all());
    EXPECT_EQ(outcomes, (std::vector<std::string>{"unavailable", "done", "done", "deadline_exceeded"}));
}

TEST(worker_pool_test, stopping_answers_who_waits) {
    std::vector<std::string> outcomes;
    int left = 2;
    auto all = [&]() -> task<void> {
        auto pool = std::make_unique<worker_pool>(1, 2);
        start_detached(collect(
            *pool, clock::now() + 5s, [] { std::this_thread::sleep_for(20ms); }, outcomes, left));
        while (pool->waiting() > 0) co_await sleep_for(1ms);
        start_detached(collect(
            *pool, clock::now() + 5s, [] {}, outcomes, left));
        pool.reset();
        co_await wait_for_zero(left);
    };
    run_blocking(all());
    EXPECT_EQ(outcomes, (std::vector<std::string>{"done", "unavailable"}));
}

}  // namespace
}  // namespace tenon
