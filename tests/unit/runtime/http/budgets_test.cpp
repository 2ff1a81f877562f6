// What clients may hold of the server, in bytes and connections: bounded for each address and for all together, given
// back, and never another client's.
#include <gmock/gmock.h>

#include <deque>
#include <thread>

#include "http/server_fixture.hpp"

#include "tests/wait_until.hpp"

namespace tenon::http {
namespace {

using test::raw_client;
using test::wait_until;
using namespace std::chrono_literals;

constexpr const char* other_address = "127.0.0.2";
constexpr std::size_t big_bytes = 8 * 1024 * 1024;  // what /big says

class budgets_test : public server_test {
  protected:
    void SetUp() override { options.slow_reader_grace = 0ms; }

    double refused(const std::string& budget) const {
        const std::string name = "budget_refusals_total{budget=\"" + budget + "\"} ";
        const std::string all = metrics.expose();
        const std::size_t at = all.find(name);
        return at == std::string::npos ? 0 : std::stod(all.substr(at + name.size()));
    }
    static std::string upload(std::size_t announced, std::size_t sent, const std::string& lines = "") {
        return "POST /up HTTP/1.1\r\nHost: x\r\n" + lines + "Content-Length: " + std::to_string(announced) +
               "\r\n\r\n" + std::string(sent, 'b');
    }
    int get(std::uint16_t port, const char* from) {
        raw_client client(port, from);
        client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        return test::status_of(client.response());
    }
    // Asks for /big and does not read it; returns once that is counted.
    raw_client& ask_and_not_read(std::uint16_t port, const char* from) {
        const std::size_t before = memory->used();
        raw_client& client = unread.emplace_back(port, from);
        client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
        wait_until([&] { return memory->used() >= before + big_bytes; });
        return client;
    }
    void expect_all_given_back() {
        wait_until([&] { return memory->used() == 0; });
    }

    std::deque<raw_client> unread;
};

TEST_F(budgets_test, unfinished_bodies_of_one_address_stay_within_its_share) {
    options.memory_per_client_bytes = 1024 * 1024;
    const std::uint16_t port = start();
    {
        std::deque<raw_client> strangers;
        for (int i = 0; i < 40; ++i) strangers.emplace_back(port).send(upload(60'000, 59'999));
        wait_until([&] { return handler.last_status == 503; });
        raw_client other(port, other_address);
        other.send(upload(60'000, 60'000));
        EXPECT_EQ(test::status_of(other.response()), 200);
        EXPECT_EQ(get(port, "127.0.0.1"), 200);  // what needs no memory is served all the same
    }
    expect_all_given_back();
    EXPECT_LE(memory->peak(), options.memory_per_client_bytes + 70'000);
}

TEST_F(budgets_test, a_stranger_may_not_send_large_bodies) {
    handler.body_max = 100'000;
    const std::uint16_t port = start();
    raw_client stranger(port);
    stranger.send(upload(100'001, 0));
    EXPECT_EQ(test::status_of(stranger.response()), 413);
    EXPECT_EQ(refused("open_body"), 1);
    raw_client chunked(port);
    chunked.send("POST /up HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n186a1\r\n");
    EXPECT_EQ(test::status_of(chunked.response()), 413);
    EXPECT_EQ(refused("open_body"), 2);
    handler.knows_nobody = true;
    raw_client unknown(port);
    unknown.send(upload(options.max_open_body_bytes + 1, 0));
    EXPECT_EQ(test::status_of(unknown.response()), 401);
    EXPECT_EQ(refused("open_body"), 3);
}

TEST_F(budgets_test, unread_answers_of_one_address_push_out_its_own_oldest) {
    options.memory_per_client_bytes = 2 * big_bytes + 1024 * 1024;
    memory_of_all = 10 * big_bytes;
    const std::uint16_t port = start();
    raw_client& other = ask_and_not_read(port, other_address);
    raw_client& first = ask_and_not_read(port, "127.0.0.1");
    raw_client& second = ask_and_not_read(port, "127.0.0.1");
    raw_client third(port);
    third.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_until([&] { return refused("unread_answers") == 1; });
    EXPECT_LT(test::body_of(first.rest()).size(), big_bytes);
    for (raw_client* const kept : {&second, &third, &other})
        EXPECT_EQ(test::body_of(kept->response()).size(), big_bytes);
    unread.clear();
}

TEST_F(budgets_test, when_all_memory_is_used_whoever_holds_most_goes_first) {
    options.memory_per_client_bytes = memory_of_all = 3 * big_bytes + 1024 * 1024;
    const std::uint16_t port = start();
    raw_client& modest = ask_and_not_read(port, other_address);
    raw_client& greedy = ask_and_not_read(port, "127.0.0.1");
    raw_client& also_greedy = ask_and_not_read(port, "127.0.0.1");
    raw_client newcomer(port, "127.0.0.3");
    newcomer.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
    wait_until([&] { return refused("unread_answers") == 1; });
    EXPECT_LT(test::body_of(greedy.rest()).size(), big_bytes);
    for (raw_client* const kept : {&modest, &also_greedy, &newcomer})
        EXPECT_EQ(test::body_of(kept->response()).size(), big_bytes);
    EXPECT_LE(memory->peak(), memory_of_all);
}

TEST_F(budgets_test, an_answer_larger_than_a_share_costs_nobody_else) {
    options.memory_per_client_bytes = big_bytes - 1;
    const std::uint16_t port = start();
    raw_client client(port);
    client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_LT(test::body_of(client.rest()).size(), big_bytes);
    EXPECT_EQ(refused("unread_answers"), 1);
}

TEST_F(budgets_test, connections_of_one_address_leave_room_for_another) {
    options.loops = 2;
    options.max_connections_per_client = 3;
    const std::uint16_t port = start();
    {
        std::deque<raw_client> slow;
        for (int i = 0; i < 3; ++i) {
            slow.emplace_back(port).send("GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHo");
            EXPECT_EQ(test::status_of(slow.back().response()), 200);  // so it is counted
        }
        raw_client fourth(port);
        EXPECT_TRUE(fourth.closed());
        EXPECT_EQ(get(port, other_address), 200);
        EXPECT_EQ(refused("connections_per_address"), 1);
    }
    wait_until([&] { return get(port, "127.0.0.1") == 200; });
}

TEST_F(budgets_test, behind_a_proxy_shares_are_those_of_its_clients) {
    options.trust_proxy = true;
    options.max_connections_per_client = 2;
    options.memory_per_client_bytes = 300'000;
    const std::uint16_t port = start();
    const std::string greedy = "X-Forwarded-For: 203.0.113.1\r\n";
    std::deque<raw_client> connections;
    for (int i = 0; i < 6; ++i) connections.emplace_back(port).send(upload(60'000, 59'999, greedy));
    wait_until([&] { return handler.last_status == 503; });
    raw_client other(port);
    other.send(upload(60'000, 60'000, "X-Forwarded-For: 203.0.113.2\r\n"));
    EXPECT_EQ(test::status_of(other.response()), 200);
}

// Nobody of these is waited for longer than the drain may take, and none makes it a failure.
TEST_F(budgets_test, a_drain_ends_in_time_beside_slow_clients) {
    options.drain_timeout = 600ms;
    const std::uint16_t port = start();
    raw_client idle(port);
    raw_client header(port);
    header.send("GET / HTTP/1.1\r\nHo");
    raw_client body(port);
    body.send(upload(100, 50));
    ask_and_not_read(port, "127.0.0.1");
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_TRUE(running->stop());
    EXPECT_LT(std::chrono::steady_clock::now() - begun, options.drain_timeout + 3s);
    EXPECT_EQ(test::status_of(body.response()), 408);
    EXPECT_TRUE(idle.closed());
}

}  // namespace
}  // namespace tenon::http
