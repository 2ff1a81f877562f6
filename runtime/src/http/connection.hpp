// One client connection: reads requests, lets them be handled in order, writes the answers.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <tenon/core/task.hpp>
#include <tenon/observe/metrics.hpp>

#include "http/exchange.hpp"
#include "http/request_parser.hpp"
#include "http/server_options.hpp"
#include "http/socket_waits.hpp"
#include "http/unread_bytes.hpp"

namespace tenon::http {

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

class connection;

/// What connections of one loop share.
struct connection_context {
    using clock = std::chrono::steady_clock;

    const server_options& options;
    request_handler& handler;
    client_shares& clients;
    observe::metrics& metrics;
    std::vector<char> input;           ///< The read buffer: whoever suspends itself copies what it still needs.
    std::string output;                ///< The same for what is written at once.
    std::string date;                  ///< Of the current second.
    running_handler handlers;          ///< The head of the list.
    std::vector<connection*> waiting;  ///< Whose client does not read fast enough, the longest waiting first.
    clock::time_point clients_until = clock::time_point::max();  ///< A drain waits for clients no longer than this.

    bool idle() const { return handlers.next == &handlers; }
    /// Destroys handlers that never came back, once nothing can resume them any more.
    void destroy_handlers() {
        while (!idle()) handlers.next->frame.destroy();
    }

    connection_context(const server_options& o, request_handler& h, client_shares& c, observe::metrics& m)
        : options(o), handler(h), clients(c), metrics(m), input(input_bytes) {}

    static constexpr std::size_t input_bytes = 64 * 1024;
};

/// Lives on one loop; every member is called there.
class connection {
  public:
    using clock = std::chrono::steady_clock;

    connection(tcp_socket socket, connection_context& context, client_claim claim, std::string remote_ip);
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
    class waiting_place;

    task<bool> serve_one();
    task<std::optional<refusal>> read_request(request_parser& parser);
    task<std::optional<refusal>> read_header(request_parser& parser);
    task<std::optional<refusal>> read_body(request_parser& parser);
    std::optional<refusal> admit_body(request_parser& parser);
    std::optional<refusal> leave();
    task<read_outcome> fill(std::size_t at_most, bool likely);
    std::size_t read_now(std::size_t at_most, bool& open);
    [[nodiscard]] bool keep_unread();

    task<bool> answer(const response& r, bool keep_alive);
    task<bool> write_all(std::string_view head, std::string_view body);
    bool write_now(std::string_view& head, std::string_view& body);
    bool hold_answer(std::size_t bytes);
    connection* slowest_reader(bool of_this_client) const;
    void stop_waiting();
    task<void> refuse(refusal why);
    void start_handling(const std::shared_ptr<exchange>& x, std::unique_ptr<const refusal> refused);
    void end_handling(const exchange& x);
    task<void> linger();
    void prepare_exchange();
    void describe_client();
    void wait_in(phase p, clock::time_point deadline);
    const std::shared_ptr<client_share>& asking_client();

    tcp_socket socket_;
    connection_context& context_;
    const client_claim claim_;
    byte_lease unread_memory_;
    byte_lease answer_memory_;
    unread_bytes unread_;
    std::shared_ptr<exchange> exchange_;
    const std::string remote_ip_;

    phase phase_ = phase::idle;
    clock::time_point deadline_;
    clock::time_point waiting_since_;
    unsigned reads_at_once_ = 0;  // without a turn of the loop between them
    bool expired_ = false;
    bool served_ = false;  // at least one request
    bool draining_ = false;
    bool body_is_open_ = false;  // what is read may be no larger than a body whose sender is not known
    bool gone_ = false;          // the client closed, or nothing more is to be said to it
};

/// A copy for the connection when the handler of `x` is late and keeps `x` for itself; without the body.
std::shared_ptr<exchange> copy_without_body(const exchange& x);

}  // namespace tenon::http
