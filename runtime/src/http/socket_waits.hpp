// What a connection waits for, as awaitables without a frame or an allocation of their own.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <coroutine>
#include <string_view>

#include "http/exchange.hpp"

namespace tenon::http {

using tcp_socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// True when there is something to read, or the end of it; false when the wait was cancelled.
class readable {
  public:
    explicit readable(tcp_socket& socket) : socket_(socket) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        socket_.async_wait(tcp_socket::wait_read, [this, waiting](boost::system::error_code failure) {
            woken_ = !failure;
            waiting.resume();
        });
    }
    bool await_resume() const noexcept { return woken_; }

  private:
    tcp_socket& socket_;
    bool woken_ = false;
};

/// How many bytes of two pieces were written; 0 when the connection is broken or the wait was cancelled.
class write_some {
  public:
    write_some(tcp_socket& socket, std::string_view first, std::string_view second)
        : socket_(socket), bytes_{boost::asio::buffer(first), boost::asio::buffer(second)} {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        socket_.async_write_some(bytes_, [this, waiting](boost::system::error_code failure, std::size_t count) {
            count_ = failure ? 0 : count;
            waiting.resume();
        });
    }
    std::size_t await_resume() const noexcept { return count_; }

  private:
    tcp_socket& socket_;
    std::array<boost::asio::const_buffer, 2> bytes_;
    std::size_t count_ = 0;
};

/// Until the handler has finished, or the connection stops waiting for it.
class handled {
  public:
    explicit handled(exchange& x) : exchange_(x) {}
    bool await_ready() const noexcept { return exchange_.finished; }
    void await_suspend(std::coroutine_handle<> waiting) noexcept { exchange_.connection = waiting; }
    void await_resume() const noexcept {}

  private:
    exchange& exchange_;
};

}  // namespace tenon::http
