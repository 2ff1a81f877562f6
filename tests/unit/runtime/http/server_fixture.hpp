// A server with a handler that answers what it was asked, for tests of the server's manners.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>

#include <tenon/http/message.hpp>
#include <tenon/loop/event_loop.hpp>

#include "http/raw_client.hpp"
#include "http/server.hpp"

namespace tenon::http {

// Answers with what it was asked; "/slow" takes its time, "/big" says a lot.
class echo_handler final : public request_handler {
  public:
    task<void> handle(exchange& x) override {
        ++handled;
        if (x.request.path == "/slow") {
            const auto until = std::chrono::steady_clock::now() + slow_for;
            co_await sleep_until(until);
        }
        if (x.request.path == "/big") {
            x.response = response(200, "text/plain", std::string(8 * 1024 * 1024, 'x'));
            co_return;
        }
        if (x.request.path == "/headers") {
            x.response = response(200, "{}");
            x.response.headers.push_back(header{"X-Evil", "a\r\nSet-Cookie: b"});
            x.response.headers.push_back(header{"X-Good", "yes"});
            co_return;
        }
        x.response = response(200, "text/plain",
                              std::string(name_of(x.request.method)) + " " + x.request.path + "?" + x.request.query +
                                  " " + x.request.body);
    }
    task<void> refuse(exchange& x, const refusal& why) override {
        ++refused;
        const auto until = std::chrono::steady_clock::now() + refuse_for;
        if (refuse_for.count() > 0) co_await sleep_until(until);
        x.response = problem(why.status, why.why, x.request);
    }
    result<std::size_t> body_limit(exchange&) override {
        if (knows_nobody) return error(errc::unauthorized, "A token is wanted.");
        return body_max.load();
    }
    void answered(const exchange&, int status) override { last_status = status; }

    std::atomic<std::size_t> body_max{256 * 1024 * 1024};
    std::atomic<bool> knows_nobody{false};
    std::atomic<int> handled{0};
    std::atomic<int> refused{0};
    std::atomic<int> last_status{0};
    std::chrono::milliseconds slow_for{50};
    std::chrono::milliseconds refuse_for{0};
};

class server_test : public testing::Test {
  protected:
    std::uint16_t start() {
        memory.emplace(memory_of_all);
        auto started = server::start(options, handler, metrics, *memory);
        if (!started) throw std::runtime_error(started.error().message);
        running = std::move(*started);
        return running->port();
    }
    std::string ask(std::string_view bytes) {
        test::raw_client client(start());
        client.send(bytes);
        return client.response();
    }

    server_options options;
    echo_handler handler;
    observe::metrics metrics;
    std::size_t memory_of_all = 96 * 1024 * 1024;
    std::optional<byte_budget> memory;
    std::unique_ptr<server> running;
};

}  // namespace tenon::http
