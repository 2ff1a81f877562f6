// One client connection: reads requests, lets them be handled in order, writes the answers.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>
#include <string>
#include <vector>

#include <tenon/core/task.hpp>

#include "http/exchange.hpp"
#include "http/request_parser.hpp"
#include "http/server_options.hpp"

namespace tenon::http {

using tcp_socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// A place in the list of a loop's running handlers; lives in the frame of the coroutine that it stands for.
struct running_handler {
    running_handler* before = this;
    running_handler* next = this;
    std::coroutine_handle<> frame;

    running_handler() = default;
    running_handler(running_handler& list, std::coroutine_handle<> f) : before(&list), next(list.next), frame(f) {
        before->next = this;
        next->before = this;
    }
    running_handler(const running_handler&) = delete;
    running_handler& operator=(const running_handler&) = delete;
    ~running_handler() {
        before->next = next;
        next->before = before;
    }
};

/// What connections of one loop share.
struct connection_context {
    const server_options& options;
    request_handler& handler;
    std::string date;          ///< Of the current second.
    running_handler handlers;  ///< The head of the list.

    bool idle() const { return handlers.next == &handlers; }
    /// Destroys handlers that never came back, once nothing can resume them any more.
    void destroy_handlers() {
        while (!idle()) handlers.next->frame.destroy();
    }

    connection_context(const server_options& o, request_handler& h) : options(o), handler(h) {}
};

/// Lives on one loop; every member is called there.
class connection {
  public:
    using clock = std::chrono::steady_clock;

    connection(tcp_socket socket, connection_context& context);
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    /// The whole life of the connection; returns when it is closed.
    task<void> serve();
    bool is_late(clock::time_point now) const { return !expired_ && now >= deadline_; }
    /// Ends whatever is waited for. Called by the loop's tick for who is late.
    void expire();
    /// Closes when idle; else the answer under way is the last one.
    void drain();
    /// Closes now.
    void abort();

    std::size_t position = 0;  ///< In the list of its loop.

  private:
    enum class phase { idle, reading, handling, writing };
    enum class read_outcome { data, closed, expired };
    class read_some;
    class write_some;
    class handled;

    task<bool> serve_one();
    task<std::optional<refusal>> read_request(request_parser& parser);
    task<std::optional<refusal>> read_header(request_parser& parser);
    task<std::optional<refusal>> read_body(request_parser& parser);
    std::optional<refusal> leave();
    task<read_outcome> fill(std::size_t capacity);
    task<bool> write_all(std::string_view bytes);
    task<bool> answer(const response& r, bool keep_alive);
    task<void> refuse(refusal why);
    task<void> linger();
    void prepare_exchange();
    void describe_client();
    void skip_blank_lines();
    std::string_view unread() const { return std::string_view(buffer_.data() + begin_, end_ - begin_); }
    void wait_in(phase p, clock::time_point deadline);

    tcp_socket socket_;
    connection_context& context_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::string out_;
    std::shared_ptr<exchange> exchange_;
    std::string remote_ip_;

    phase phase_ = phase::idle;
    clock::time_point deadline_;
    bool expired_ = false;
    bool served_ = false;  // at least one request
    bool draining_ = false;
    bool gone_ = false;  // the client closed, or nothing more is to be said to it
};

}  // namespace tenon::http
