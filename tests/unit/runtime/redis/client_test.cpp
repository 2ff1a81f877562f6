// The Redis client against a Redis of its own: answers, deadlines, losses, scripts, drain (RC-3).
#include "redis/client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "loop_runner.hpp"
#include "redis_server.hpp"

namespace tenon::redis {
namespace {

clock::time_point within(std::chrono::milliseconds time) {
    return clock::now() + time;
}
clock::time_point soon() {
    return within(std::chrono::seconds(20));
}

class redis_client : public testing::Test {
  protected:
    redis_client() : client_(std::make_unique<client>(*parse_url(server_.socket_url()))) {}

    result<reply> run(std::vector<std::string> words, clock::time_point deadline = soon()) {
        return runner_.wait(client_->run(std::move(words), deadline));
    }
    /// Until Redis answers again, for at most ten seconds.
    bool recovers() {
        for (const auto until = within(std::chrono::seconds(10)); clock::now() < until;) {
            if (run({"PING"})) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return false;
    }

    test::redis_server server_;
    test::loop_runner runner_;
    std::unique_ptr<client> client_;
};

TEST_F(redis_client, speaks_every_kind_of_reply) {
    EXPECT_EQ(run({"SET", "a key", std::string("a\0b\r\n", 5)})->text, "OK");
    EXPECT_EQ(run({"GET", "a key"})->text, std::string("a\0b\r\n", 5));
    EXPECT_TRUE(run({"GET", "nothing"})->is_nil());
    EXPECT_EQ(run({"INCRBY", "n", "-7"})->number, -7);
    const auto list = run({"MGET", "n", "nothing"});
    ASSERT_EQ(list->items.size(), 2U);
    EXPECT_EQ(list->items[0].text, "-7");
    EXPECT_TRUE(list->items[1].is_nil());
    const auto wrong = run({"INCR", "a key"});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, errc::internal);
}

TEST_F(redis_client, comes_by_tcp_into_the_right_database) {
    client tcp(*parse_url(server_.url("/2")));
    EXPECT_TRUE(runner_.wait(tcp.run({"SET", "where", "two"}, soon())));
    EXPECT_TRUE(run({"GET", "where"})->is_nil());
    client named(
        *parse_url("redis://:p%40ss%2Fword%3A1@localhost" + server_.url().substr(server_.url().rfind(':')) + "/2"));
    // Its name may stand for ::1 as well, where this server is not.
    const auto found = runner_.wait(named.run({"GET", "where"}, soon()));
    ASSERT_TRUE(found) << found.error().message;
    EXPECT_EQ(found->text, "two");
}

TEST_F(redis_client, does_nothing_as_nobody_or_in_another_database) {
    for (const std::string& url :
         {"unix://:hunter22@" + server_.socket_url().substr(server_.socket_url().find('@') + 1),
          server_.socket_url("?db=999")}) {
        client wrong(*parse_url(url));
        const auto refused = runner_.wait(wrong.run({"SET", "k", "v"}, soon()));
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, errc::unavailable);
        EXPECT_EQ(refused.error().message.find("hunter22"), std::string::npos);
    }
    EXPECT_TRUE(run({"GET", "k"})->is_nil());
}

TEST_F(redis_client, pipelines_and_keeps_the_order) {
    std::vector<std::future<result<reply>>> all;
    for (int i = 0; i < 1000; ++i) all.push_back(runner_.start(client_->run({"INCR", "count"}, soon())));
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(all[static_cast<std::size_t>(i)].get()->number, i + 1);
}

TEST_F(redis_client, runs_scripts_that_redis_has_forgotten) {
    const script add("return redis.call('INCRBY', KEYS[1], ARGV[1])");
    EXPECT_EQ(runner_.wait(client_->run(add, {"sum"}, {"3"}, soon()))->number, 3);
    EXPECT_EQ(runner_.wait(client_->run(add, {"sum"}, {"4"}, soon()))->number, 7);
    EXPECT_TRUE(run({"SCRIPT", "FLUSH"}));
    EXPECT_EQ(runner_.wait(client_->run(add, {"sum"}, {"5"}, soon()))->number, 12);
}

TEST_F(redis_client, gives_up_at_the_deadline_and_drops_what_comes_late) {
    ASSERT_TRUE(run({"PING"}));
    server_.freeze();
    const auto late = run({"INCR", "n"}, within(std::chrono::milliseconds(60)));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, errc::deadline_exceeded);
    server_.thaw();
    EXPECT_EQ(run({"INCR", "n"})->number, 2);
    EXPECT_EQ(run({"ECHO", "in step"})->text, "in step");
    EXPECT_EQ(run({"PING"}, clock::now()).error().code, errc::deadline_exceeded);
}

TEST_F(redis_client, leaves_a_connection_that_has_gone_silent) {
    ASSERT_TRUE(run({"PING"}));
    server_.freeze();
    const auto late = run({"PING"}, within(std::chrono::milliseconds(10)));
    EXPECT_EQ(late.error().code, errc::deadline_exceeded);
    // Behind the silent one: not answered before its own deadline, but as soon as the silence is taken for an end.
    const auto behind = run({"PING"});
    ASSERT_FALSE(behind);
    EXPECT_EQ(behind.error().code, errc::unavailable);
    server_.thaw();
    EXPECT_TRUE(recovers());
}

task<void> wait_in_vain(client& redis, bool& came_back) {
    std::vector<std::string> words = {"BLPOP", "never", "0"};
    (void)co_await redis.run(std::move(words), soon());
    came_back = true;
}

TEST_F(redis_client, forgets_a_frame_that_is_gone) {
    bool came_back = false;
    runner_.run([&] {
        auto waiting = std::make_unique<task<void>>(wait_in_vain(*client_, came_back));
        waiting->operator co_await().await_suspend(std::noop_coroutine()).resume();
        waiting.reset();
    });
    client other(*parse_url(server_.socket_url()));
    EXPECT_TRUE(runner_.wait(other.run({"RPUSH", "never", "1"}, soon())));
    EXPECT_EQ(run({"ECHO", "after"})->text, "after");
    EXPECT_FALSE(came_back);
}

TEST_F(redis_client, comes_back_after_a_restart) {
    ASSERT_TRUE(run({"PING"}));
    server_.stop();
    const auto away = run({"PING"});
    ASSERT_FALSE(away);
    EXPECT_EQ(away.error().code, errc::unavailable);
    EXPECT_EQ(run({"PING"}).error().code, errc::unavailable);
    server_.start();
    EXPECT_TRUE(recovers());
}

TEST_F(redis_client, drains) {
    auto last = runner_.start(client_->run({"BLPOP", "never", "0.2"}, soon()));
    runner_.run([] {});
    std::promise<void> drained;
    const auto drain = [](client& redis, std::promise<void>& done) -> task<void> {
        co_await redis.drain();
        done.set_value();
    };
    runner_.run([&] { start_detached(drain(*client_, drained)); });
    drained.get_future().get();
    EXPECT_TRUE(last.get()->is_nil());
    const auto refused = run({"PING"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::unavailable);
}

TEST_F(redis_client, ends_what_is_under_way_with_the_client) {
    auto last = runner_.start(client_->run({"BLPOP", "never", "0"}, soon()));
    runner_.run([] {});
    // The frame that waits refers to the client: it is gone first, as at the end of a service.
    EXPECT_EQ(last.wait_for(std::chrono::milliseconds(50)), std::future_status::timeout);
    server_.stop();
    EXPECT_EQ(last.get().error().code, errc::unavailable);
    client_.reset();
    runner_.run([] {});
}

}  // namespace
}  // namespace tenon::redis
