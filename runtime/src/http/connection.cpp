// One client connection, as a coroutine: its life, and how it reads. Answers are in connection_answer.cpp.
#include "http/connection.hpp"

#include <tenon/http/problem.hpp>

#include "loop/detached.hpp"

namespace tenon::http {
namespace {

// What follows a header has to be kept while the request is handled: a header is read in steps of this size.
constexpr std::size_t header_step_bytes = 4 * 1024;
constexpr std::size_t chunks_step_bytes = 16 * 1024;
constexpr unsigned reads_at_once_max = 16;
constexpr std::chrono::milliseconds first_request_grace{300};

// `co_await` gives the handle of the coroutine itself, without suspending it.
class own_handle {
  public:
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> self) noexcept {
        self_ = self;
        return false;
    }
    std::coroutine_handle<> await_resume() const noexcept { return self_; }

  private:
    std::coroutine_handle<> self_;
};

// Runs the handler, or what answers a request that is `refused`, to its end, whether or not the connection still waits
// for it.
detached run_handler(std::shared_ptr<exchange> x, connection_context& context, std::unique_ptr<const refusal> refused) {
    own_handle asking;
    const std::coroutine_handle<> self = co_await asking;
    std::optional<running_handler> running(std::in_place, context.handlers, self);
    if (refused) {
        co_await context.handler.refuse(*x, *refused);
    } else {
        co_await context.handler.handle(*x);
    }
    running.reset();
    x->finished = true;
    const auto waiting = std::exchange(x->connection, {});
    x.reset();  // so that the connection can use the exchange again
    if (waiting) waiting.resume();
}

}  // namespace

connection::connection(tcp_socket socket, connection_context& context, client_claim claim, std::string remote_ip)
    : socket_(std::move(socket)),
      context_(context),
      claim_(std::move(claim)),
      unread_memory_(claim_.client->memory),
      remote_ip_(std::move(remote_ip)) {
    boost::system::error_code ignored;
    socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
}

void connection::wait_in(phase p, clock::time_point deadline) {
    phase_ = p;
    // Handlers are the service's own: only clients are cut short by a drain.
    deadline_ = p == phase::handling ? deadline : std::min(deadline, context_.clients_until);
    expired_ = false;
}

void connection::expire() {
    expired_ = true;
    if (phase_ == phase::handling) {
        // The handler goes on alone; whoever asked hears that it took too long.
        if (const auto waiting = std::exchange(exchange_->connection, {})) waiting.resume();
        return;
    }
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void connection::drain() {
    draining_ = true;
    if (phase_ != phase::handling) deadline_ = std::min(deadline_, context_.clients_until);
    if (phase_ != phase::idle) return;
    if (!served_) {
        // Accepted a moment ago: its first request may be on the way.
        deadline_ = std::min(deadline_, clock::now() + first_request_grace);
        return;
    }
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void connection::abort() {
    gone_ = true;
    draining_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
    if (phase_ != phase::handling || !exchange_) return;
    expired_ = true;
    if (const auto waiting = std::exchange(exchange_->connection, {})) waiting.resume();
}

task<void> connection::serve() {
    bool again = true;
    while (again && !gone_) {
        again = co_await serve_one();
        // A drain may have begun while the answer was on its way: only what the client has sent already is served.
        if (draining_ && unread_.empty()) again = false;
    }
    boost::system::error_code ignored;
    socket_.shutdown(tcp_socket::shutdown_both, ignored);
    socket_.close(ignored);
}

// One request and its answer; false when the connection is to be closed.
task<bool> connection::serve_one() {
    prepare_exchange();
    request_parser parser(context_.options, exchange_->request, exchange_->memory);
    auto refused = co_await read_request(parser);
    if (refused) {
        co_await refuse(std::move(*refused));
        co_return false;
    }
    if (gone_) co_return false;
    served_ = true;
    if (!keep_unread()) {
        // The client sends ahead: it can ask again when it has its answer.
        unread_.drop();
        draining_ = true;
    }

    // Held here too: `exchange_` may be replaced while a late handler still fills this one.
    const std::shared_ptr<exchange> x = exchange_;
    x->begun = clock::now();
    x->request.deadline = x->begun + context_.options.request_timeout;
    x->method_text = name_of(x->request.method);
    start_handling(x, nullptr);
    handled done(*x);
    co_await done;
    end_handling(*x);
    const bool keep_alive = parser.keep_alive() && !draining_ && !gone_;
    const bool written = co_await answer(exchange_->response, keep_alive);
    co_return written&& keep_alive;
}

void connection::start_handling(const std::shared_ptr<exchange>& x, std::unique_ptr<const refusal> refused) {
    wait_in(phase::handling, x->request.deadline);
    run_handler(x, context_, std::move(refused));
}

// What there is to answer now is in `exchange_`.
void connection::end_handling(const exchange& x) {
    if (!x.finished) {
        const error late(errc::deadline_exceeded, "The answer took too long.");
        exchange_ = copy_without_body(x);
        exchange_->response = problem(late, x.request);
    }
    context_.handler.answered(*exchange_, exchange_->response.status);
}

// Reads until the request is whole. Nothing to refuse and `gone_` set: the client has left, or was idle for too long.
task<std::optional<refusal>> connection::read_request(request_parser& parser) {
    auto refused = co_await read_header(parser);
    if (refused || gone_) co_return refused;
    describe_client();
    if (!parser.unknown_method().empty())
        co_return refusal(501, error(errc::bad_request, "This method is not known here.", "bad_method"));
    if (parser.done()) co_return std::nullopt;
    refused = admit_body(parser);
    if (refused) co_return refused;

    // Also when some of the body is here already: what a client hears must not depend on where a read ended.
    if (parser.expects_continue()) {
        if (!keep_unread()) co_return memory_short();
        const bool written = co_await write_all("HTTP/1.1 100 Continue\r\n\r\n", std::string_view());
        if (!written) co_return leave();
    }
    wait_in(phase::reading, clock::now() + context_.options.body_timeout);
    refused = co_await read_body(parser);
    if (refused && refused->status == status_of(errc::payload_too_large) && body_is_open_)
        context_.metrics.budget_refused("open_body");
    co_return refused;
}

// Large bodies are taken from callers that are known; what anybody may send is counted for the client, not the peer.
std::optional<refusal> connection::admit_body(request_parser& parser) {
    const auto length = parser.body_length();
    body_is_open_ = false;
    if (!length || *length > context_.options.max_open_body_bytes) {
        const auto limit = context_.handler.body_limit(*exchange_);
        body_is_open_ = !limit || *limit < context_.options.max_body_bytes;
        const bool is_refused = !limit || (length && *length > *limit);
        if (is_refused && body_is_open_) context_.metrics.budget_refused("open_body");
        if (!limit) return refusal(status_of(limit.error().code), limit.error());
        if (is_refused)
            return refusal(413, error(errc::payload_too_large, "The body is larger than this route takes."));
        parser.limit_body(std::min(*limit, context_.options.max_body_bytes));
    }
    if (!context_.options.trust_proxy) return std::nullopt;
    byte_lease counted(asking_client()->memory);
    if (!counted.try_resize(exchange_->memory.size())) return memory_short();
    exchange_->memory = std::move(counted);
    return std::nullopt;
}

task<std::optional<refusal>> connection::read_header(request_parser& parser) {
    // During a drain, a connection that was just accepted gets a moment for its first request.
    const std::chrono::milliseconds patience = draining_ ? first_request_grace : context_.options.header_timeout;
    wait_in(phase::idle, clock::now() + patience);
    while (true) {
        const auto fed = parser.feed(unread_.view());
        if (!fed) co_return fed.error();
        if (*fed != request_parser::progress::need_more) co_return std::nullopt;
        if (parser.begun()) phase_ = phase::reading;
        const bool likely = parser.begun() || !served_;
        const read_outcome outcome = co_await fill(header_step_bytes, likely);
        if (outcome == read_outcome::closed) co_return leave();
        if (outcome == read_outcome::expired && !parser.begun()) co_return leave();
        if (outcome == read_outcome::expired)
            co_return refusal(408, error(errc::request_timeout, "The headers took too long to arrive."));
    }
}

task<std::optional<refusal>> connection::read_body(request_parser& parser) {
    while (true) {
        const auto fed = parser.feed(unread_.view());
        if (!fed) co_return fed.error();
        if (parser.done()) co_return std::nullopt;
        const std::size_t left = parser.bytes_to_come();
        const std::size_t at_most = left > 0 ? std::min(left, context_.input.size()) : chunks_step_bytes;
        const read_outcome outcome = co_await fill(at_most, true);
        if (outcome == read_outcome::closed) co_return leave();
        if (outcome == read_outcome::expired)
            co_return refusal(408, error(errc::request_timeout, "The body took too long to arrive."));
    }
}

std::optional<refusal> connection::leave() {
    gone_ = true;
    return std::nullopt;
}

// Reads what there is, at most `at_most` bytes, into the loop's buffer. Looks before it waits when more is `likely`.
task<connection::read_outcome> connection::fill(std::size_t at_most, bool likely) {
    // The last bytes may have come in together with the deadline: nobody would end another wait.
    if (expired_) co_return read_outcome::expired;
    bool open = true;
    std::size_t count = 0;
    if (likely && ++reads_at_once_ < reads_at_once_max) count = read_now(at_most, open);
    while (count == 0 && open) {
        reads_at_once_ = 0;
        readable something(socket_);
        const bool woken = co_await something;
        if (!woken && (expired_ || gone_)) break;
        count = read_now(at_most, open);
        open = open && woken;  // a drain cancelled the wait: what has arrived by now is still answered
    }
    if (count > 0) co_return read_outcome::data;
    co_return expired_ ? read_outcome::expired : read_outcome::closed;
}

// 0 with `open` still set: nothing is there yet.
std::size_t connection::read_now(std::size_t at_most, bool& open) {
    boost::system::error_code failure;
    const std::size_t count = socket_.read_some(boost::asio::buffer(context_.input.data(), at_most), failure);
    open = !failure || failure == boost::asio::error::would_block || failure == boost::asio::error::try_again;
    if (count > 0) unread_.set(std::string_view(context_.input.data(), count));
    return count;
}

// Before anything else can use the loop's buffer. False: there is no memory for it.
bool connection::keep_unread() {
    unread_.keep();
    return unread_memory_.try_resize(unread_.kept_bytes());
}

}  // namespace tenon::http
