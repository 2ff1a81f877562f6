// A connection over a pair of sockets, driven step by step on the calling thread: what it does depends on the steps
// alone, not on time or threads. Shared with tests/fuzz.
#pragma once

#include <sys/socket.h>

#include <coroutine>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/byte_budget.hpp>
#include <tenon/observe/metrics.hpp>

#include "http/connection.hpp"
#include "loop/detached.hpp"

namespace tenon::test {

/// Answers with what it was asked. Requests under "/held" wait until they are let go; "/large" says more than fits
/// between two sockets.
class telling_handler final : public http::request_handler {
  public:
    task<void> handle(http::exchange& x) override;
    result<std::size_t> body_limit(http::exchange&) override { return body_max; }
    void answered(const http::exchange&, int) override {}

    std::size_t body_max = 256 * 1024;
    std::vector<std::coroutine_handle<>> held;
};

class driven_connection {
  public:
    /// What clients may hold there is counted in `memory`.
    driven_connection(const http::server_options& options, byte_budget& memory);
    ~driven_connection();  ///< Ends the connection in whatever state it is.
    driven_connection(const driven_connection&) = delete;
    driven_connection& operator=(const driven_connection&) = delete;

    // Steps of the client. After each the connection has done all that it can do.
    void send(std::string_view bytes);
    void finish_sending();
    void read(bool whether);  ///< From the start it does.

    // Steps of the server.
    void let_go();  ///< All held requests, also those that come up meanwhile.
    void expire();  ///< Whatever is waited for has taken too long.
    void drain();

    /// All answers so far; ids that the server gives are left out.
    std::string heard() const;
    /// No more will be heard.
    bool closed() const { return closed_; }
    telling_handler& handler() { return handler_; }

  private:
    static detached run(driven_connection& self);
    void settle();
    bool receive();

    observe::metrics& metrics_;
    telling_handler handler_;
    http::server_options options_;
    boost::asio::io_context loop_;
    http::client_shares clients_;
    http::connection_context context_;
    int client_ = -1;
    std::optional<http::connection> connection_;
    std::string heard_;
    bool reads_ = true;
    bool closed_ = false;
    bool ended_ = false;
};

}  // namespace tenon::test
