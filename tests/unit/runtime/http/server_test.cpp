// The server's manners over real sockets: framing, bounds, slow clients, pipelining, drain.
#include <gmock/gmock.h>

#include <thread>
#include <vector>

#include "http/server_fixture.hpp"

#include "tests/wait_until.hpp"

namespace tenon::http {
namespace {

using test::body_of;
using test::has_header;
using test::raw_client;
using test::status_of;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

TEST_F(server_test, answers_and_keeps_the_connection) {
    raw_client client(start());
    for (int i = 0; i < 3; ++i) {
        client.send("GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n");
        const std::string got = client.response();
        EXPECT_EQ(status_of(got), 200);
        EXPECT_EQ(body_of(got), "GET /a?b=c ");
        EXPECT_TRUE(has_header(got, "X-Content-Type-Options: nosniff"));
        EXPECT_TRUE(has_header(got, "Cache-Control: no-store"));
        EXPECT_THAT(got, Not(HasSubstr("Connection: close")));
    }
}

// row: RP-8.headers
TEST_F(server_test, says_on_every_answer_what_browsers_must_not_do) {
    const std::uint16_t port = start();
    for (const char* bytes : {"GET /a HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "nonsense\r\n\r\n"}) {
        raw_client client(port);
        client.send(bytes);
        const std::string got = client.response();
        for (const char* line : {"X-Content-Type-Options: nosniff", "X-Frame-Options: DENY",
                                 "Referrer-Policy: no-referrer", "Cache-Control: no-store"})
            EXPECT_TRUE(has_header(got, line)) << bytes << got;
    }
}

TEST_F(server_test, closes_when_asked_to_and_for_http_1_0) {
    const std::uint16_t port = start();
    for (const char* bytes : {"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"}) {
        raw_client client(port);
        client.send(bytes);
        const std::string got = client.response();
        EXPECT_EQ(status_of(got), 200);
        EXPECT_TRUE(has_header(got, "Connection: close"));
        EXPECT_TRUE(client.closed());
    }
}

TEST_F(server_test, answers_pipelined_requests_in_their_order) {
    raw_client client(start());
    client.send(
        "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
        "POST /two HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
        "\r\n"  // an empty line before a request line is ignored
        "GET /three HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(body_of(client.response()), "GET /slow? ");
    EXPECT_EQ(body_of(client.response()), "POST /two? abc");
    EXPECT_EQ(body_of(client.response()), "GET /three? ");
}

TEST_F(server_test, a_hundred_pipelined_requests_in_small_pieces) {
    raw_client client(start());
    std::string all;
    for (int i = 0; i < 100; ++i) all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    std::thread sender([&] {
        for (std::size_t i = 0; i < all.size(); i += 7) client.send(all.substr(i, 7));
    });
    for (int i = 0; i < 100; ++i) EXPECT_EQ(body_of(client.response()), "GET /" + std::to_string(i) + "? ");
    sender.join();
}

TEST_F(server_test, head_has_the_length_and_no_body) {
    raw_client client(start());
    client.send("HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n");
    const std::string got = client.response(false);
    EXPECT_TRUE(has_header(got, "Content-Length: 9"));
    client.send("GET /b HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(body_of(client.response()), "GET /b? ");  // nothing of a body was in between
}

TEST_F(server_test, reads_chunked_bodies_and_drops_trailers) {
    const std::string got =
        ask("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3\r\nabc\r\n5;ext=1\r\ndefgh\r\n0\r\nAuthorization: late\r\n\r\n");
    EXPECT_EQ(body_of(got), "POST /? abcdefgh");
}

TEST_F(server_test, says_continue_only_when_asked_and_needed) {
    raw_client client(start());
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.response(), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hi");
    EXPECT_EQ(body_of(client.response()), "POST /? hi");
    client.send("GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(status_of(client.response()), 200);
}

TEST_F(server_test, large_answers_arrive_whole_at_a_slow_reader) {
    raw_client client(start());
    client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(body_of(client.response()).size(), 8U * 1024 * 1024);
}

TEST_F(server_test, a_handlers_header_cannot_split_the_response) {
    const std::string got = ask("GET /headers HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_TRUE(has_header(got, "X-Good: yes"));
    EXPECT_THAT(got, Not(HasSubstr("Set-Cookie")));
}

TEST_F(server_test, takes_a_well_formed_request_id_and_replaces_others) {
    const std::uint16_t port = start();
    raw_client client(port);
    client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: abc-1.2_3\r\n\r\n");
    EXPECT_TRUE(has_header(client.response(), "X-Request-Id: abc-1.2_3"));
    client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a b<script>\r\n\r\n");
    const std::string got = client.response();
    EXPECT_THAT(got, Not(HasSubstr("script")));
    EXPECT_THAT(got, HasSubstr("X-Request-Id: "));
}

TEST_F(server_test, a_large_upload_hears_413_even_while_it_still_sends) {
    options.max_body_bytes = 1000;
    raw_client client(start());
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 500000\r\n\r\n" + std::string(500'000, 'x'));
    EXPECT_EQ(status_of(client.response()), 413);
    EXPECT_EQ(handler.handled, 0);
}

TEST_F(server_test, a_body_of_exactly_the_limit_is_taken) {
    options.max_body_bytes = 1000;
    const std::string got = ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'));
    EXPECT_EQ(status_of(got), 200);
}

TEST_F(server_test, slow_headers_and_slow_bodies_end_with_408) {
    options.header_timeout = 40ms;
    options.body_timeout = 40ms;
    const std::uint16_t port = start();
    raw_client header(port);
    header.send("GET / HTTP/1.1\r\nHo");
    EXPECT_EQ(status_of(header.response()), 408);
    EXPECT_TRUE(header.closed());
    raw_client body(port);
    body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab");
    EXPECT_EQ(status_of(body.response()), 408);
    EXPECT_TRUE(body.closed());
    EXPECT_EQ(handler.handled, 0);
}

TEST_F(server_test, dripping_headers_do_not_move_the_deadline) {
    options.header_timeout = 100ms;
    raw_client client(start());
    client.send("GET / HTTP/1.1\r\n");
    std::atomic<bool> stop{false};
    std::thread drip([&] {
        while (!stop) {
            client.send("A: b\r\n");
            std::this_thread::sleep_for(10ms);
        }
    });
    EXPECT_EQ(status_of(client.response()), 408);
    stop = true;
    drip.join();
}

TEST_F(server_test, an_idle_connection_is_closed_without_a_word) {
    options.header_timeout = 40ms;
    raw_client client(start());
    EXPECT_TRUE(client.closed());
}

TEST_F(server_test, a_late_handler_costs_504_and_may_finish_on_its_own) {
    options.request_timeout = 30ms;
    handler.slow_for = 200ms;
    raw_client client(start());
    client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(status_of(client.response()), 504);
    EXPECT_EQ(body_of(client.response()), "GET /next? ");
    EXPECT_TRUE(running->stop());  // waits for the handler
}

TEST_F(server_test, refuses_connections_above_the_limit_and_recovers) {
    options.max_connections = 2;
    const std::uint16_t port = start();
    {
        raw_client one(port);
        raw_client two(port);
        one.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        two.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        EXPECT_EQ(status_of(one.response()), 200);
        EXPECT_EQ(status_of(two.response()), 200);
        raw_client three(port);
        EXPECT_TRUE(three.closed());
    }
    for (int tries = 0; tries < 100; ++tries) {
        raw_client again(port);
        again.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        if (status_of(again.response()) == 200) return;
        std::this_thread::sleep_for(10ms);
    }
    FAIL() << "closed connections are still counted";
}

TEST_F(server_test, a_client_that_leaves_early_harms_nobody) {
    handler.slow_for = 30ms;
    const std::uint16_t port = start();
    for (int i = 0; i < 20; ++i) {
        raw_client gone(port);
        gone.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    for (int i = 0; i < 20; ++i) {
        raw_client gone(port);
        gone.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf");
    }
    raw_client client(port);
    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(status_of(client.response()), 200);
}

TEST_F(server_test, drain_answers_what_is_under_way_and_closes_what_is_idle) {
    options.loops = 2;
    handler.slow_for = 150ms;
    const std::uint16_t port = start();
    raw_client idle(port);
    idle.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(status_of(idle.response()), 200);
    raw_client busy(port);
    busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    test::wait_until([&] { return handler.handled >= 2; });

    std::thread stopper([&] { EXPECT_TRUE(running->stop()); });
    const std::string got = busy.response();
    EXPECT_EQ(body_of(got), "GET /slow? ");
    EXPECT_TRUE(has_header(got, "Connection: close"));
    EXPECT_TRUE(busy.closed());
    EXPECT_TRUE(idle.closed());
    stopper.join();
    EXPECT_THROW(raw_client late(port), std::runtime_error);
}

// The answer is larger than the socket's buffers, so the drain begins while it is being written.
TEST_F(server_test, drain_during_a_large_answer_finishes_it_and_closes) {
    raw_client client(start());
    client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
    test::wait_until([&] { return handler.handled >= 1; });
    std::thread stopper([&] { EXPECT_TRUE(running->stop()); });
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(body_of(client.response()).size(), 8U * 1024 * 1024);
    EXPECT_TRUE(client.closed());
    stopper.join();
}

TEST_F(server_test, drain_gives_up_after_its_time) {
    options.drain_timeout = 30ms;
    handler.slow_for = 10s;
    raw_client client(start());
    client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    test::wait_until([&] { return handler.handled >= 1; });
    EXPECT_FALSE(running->stop());
    EXPECT_EQ(status_of(client.response()), 504);
    EXPECT_TRUE(client.closed());
}

// Counting those who are refused may wait for Redis: that is the service's own, as a handler is.
TEST_F(server_test, a_refusal_that_takes_long_is_waited_for_as_a_handler_is) {
    options.drain_timeout = 30ms;
    handler.refuse_for = 10s;
    raw_client client(start());
    client.send("GET / HTTP/1.1\r\n\r\n");
    test::wait_until([&] { return handler.refused >= 1; });
    EXPECT_FALSE(running->stop());
    EXPECT_EQ(status_of(client.response()), 504);
    EXPECT_TRUE(client.closed());
}

// Clients that send one request per connection while the server drains: whoever could connect gets a whole answer.
TEST_F(server_test, drain_under_load_loses_no_accepted_request) {
    options.loops = 2;
    const std::uint16_t port = start();
    std::atomic<int> answered{0};
    std::atomic<int> broken{0};
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&] {
            while (true) {
                try {
                    raw_client client(port);
                    client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
                    const std::string got = client.response();
                    got.ends_with("GET /slow? ") ? ++answered : ++broken;
                } catch (const std::runtime_error&) {
                    return;  // no longer accepting
                }
            }
        });
    }
    std::this_thread::sleep_for(200ms);
    EXPECT_TRUE(running->stop());
    for (auto& client : clients) client.join();
    EXPECT_GT(answered, 0);
    EXPECT_LE(broken, 1);  // a connection that the kernel accepted between our last look and the close
}

TEST_F(server_test, says_so_when_the_address_is_taken) {
    options.port = start();
    auto second = server::start(options, handler, metrics, *memory);
    ASSERT_FALSE(second);
    EXPECT_THAT(second.error().message, HasSubstr(std::to_string(options.port)));
}

// Wherever a read ends, the body stays the body (RFC 9112, section 2.2: blank lines come before a request only).
TEST_F(server_test, a_header_may_end_at_any_edge_of_a_read) {
    const std::uint16_t port = start();
    const std::string body = "Authorization: Bearer stolen\r\n\r\n";
    for (std::size_t lines = 4080; lines <= 4112; ++lines) {
        std::string request =
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) + "\r\nX-Pad: ";
        request += std::string(lines - request.size() - 2, 'p') + "\r\n";
        raw_client client(port);
        client.send(request + "\r\n" + body);
        EXPECT_EQ(body_of(client.response()), "POST /echo? " + body) << lines;
    }
}

TEST_F(server_test, blank_lines_between_requests_may_come_in_halves) {
    raw_client client(start());
    for (const char* piece : {"\r", "\n\r\n", "\r", "\nGET /a HTTP/1.1\r", "\nHost: x\r\n\r", "\n"}) {
        client.send(piece);
        std::this_thread::sleep_for(5ms);
    }
    EXPECT_EQ(body_of(client.response()), "GET /a? ");
}

TEST_F(server_test, a_pipelined_request_may_lie_across_any_edge_of_a_read) {
    const std::uint16_t port = start();
    const std::string next = "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nA: b";
    const std::string head = "GET /a HTTP/1.1\r\nHost: x\r\nX-Pad: ";
    for (std::size_t before = 4090 - next.size(); before <= 4100; ++before) {
        raw_client client(port);
        client.send(head + std::string(before - head.size() - 4, 'p') + "\r\n\r\n" + next + next);
        EXPECT_EQ(body_of(client.response()), "GET /a? ") << before;
        EXPECT_EQ(body_of(client.response()), "POST /b? A: b") << before;
        EXPECT_EQ(body_of(client.response()), "POST /b? A: b") << before;
    }
}

}  // namespace
}  // namespace tenon::http
