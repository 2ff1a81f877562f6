// One client connection, as a coroutine.
#include "http/connection.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>

#include <tenon/http/problem.hpp>

#include "core/detached.hpp"
#include "http/ascii.hpp"
#include "http/client_address.hpp"
#include "http/response_text.hpp"

namespace tenon::http {
namespace {

constexpr std::size_t first_buffer_bytes = 4 * 1024;
constexpr std::size_t body_buffer_bytes = 64 * 1024;
// Enough for a client that sends a few times the largest body before it looks for the answer; time bounds the rest.
constexpr std::size_t linger_bytes_max = 8 * 1024 * 1024;
constexpr std::size_t kept_output_bytes = 256 * 1024;
constexpr std::chrono::seconds linger_time{2};
constexpr std::chrono::milliseconds first_request_grace{300};

// 1 to 64 characters that are harmless in logs and headers.
bool is_request_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
               c == '.';
    });
}

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

// Runs the handler to its end, whether or not the connection still waits for it.
detached run_handler(std::shared_ptr<exchange> x, connection_context& context) {
    own_handle asking;
    const std::coroutine_handle<> self = co_await asking;
    std::optional<running_handler> running(std::in_place, context.handlers, self);
    co_await context.handler.handle(*x);
    running.reset();
    x->finished = true;
    const auto waiting = std::exchange(x->connection, {});
    x.reset();  // so that the connection can use the exchange again
    if (waiting) waiting.resume();
}

}  // namespace

class connection::read_some {
  public:
    read_some(tcp_socket& socket, char* into, std::size_t size) : socket_(socket), into_(into), size_(size) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        socket_.async_read_some(boost::asio::buffer(into_, size_),
                                [this, waiting](boost::system::error_code failure, std::size_t count) {
                                    count_ = failure ? 0 : count;
                                    waiting.resume();
                                });
    }
    std::size_t await_resume() const noexcept { return count_; }

  private:
    tcp_socket& socket_;
    char* into_;
    std::size_t size_;
    std::size_t count_ = 0;
};

class connection::write_some {
  public:
    write_some(tcp_socket& socket, std::string_view bytes) : socket_(socket), bytes_(bytes) {}
    // Most answers fit into the socket's buffer: try without going through the loop.
    bool await_ready() {
        boost::system::error_code failure;
        count_ = socket_.write_some(boost::asio::buffer(bytes_.data(), bytes_.size()), failure);
        return failure != boost::asio::error::would_block && failure != boost::asio::error::try_again;
    }
    void await_suspend(std::coroutine_handle<> waiting) {
        socket_.async_write_some(boost::asio::buffer(bytes_.data(), bytes_.size()),
                                 [this, waiting](boost::system::error_code failure, std::size_t count) {
                                     count_ = failure ? 0 : count;
                                     waiting.resume();
                                 });
    }
    std::size_t await_resume() const noexcept { return count_; }

  private:
    tcp_socket& socket_;
    std::string_view bytes_;
    std::size_t count_ = 0;
};

class connection::handled {
  public:
    explicit handled(exchange& x) : exchange_(x) {}
    bool await_ready() const noexcept { return exchange_.finished; }
    void await_suspend(std::coroutine_handle<> waiting) noexcept { exchange_.connection = waiting; }
    void await_resume() const noexcept {}

  private:
    exchange& exchange_;
};

connection::connection(tcp_socket socket, connection_context& context)
    : socket_(std::move(socket)), context_(context), buffer_(first_buffer_bytes) {
    boost::system::error_code ignored;
    socket_.set_option(boost::asio::ip::tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
    const auto peer = socket_.remote_endpoint(ignored);
    if (ignored) return;
    const std::string address = peer.address().to_string();
    remote_ip_ = parse_address(address).value_or(address);
}

connection::~connection() = default;

void connection::wait_in(phase p, clock::time_point deadline) {
    phase_ = p;
    deadline_ = deadline;
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
        if (draining_ && unread().empty()) again = false;
    }
    boost::system::error_code ignored;
    socket_.shutdown(tcp_socket::shutdown_both, ignored);
    socket_.close(ignored);
}

// One request and its answer; false when the connection is to be closed.
task<bool> connection::serve_one() {
    prepare_exchange();
    request_parser parser(context_.options, exchange_->request);
    auto refused = co_await read_request(parser);
    if (refused) {
        co_await refuse(std::move(*refused));
        co_return false;
    }
    if (gone_) co_return false;
    served_ = true;

    // Held here too: `exchange_` may be replaced while a late handler still fills this one.
    const std::shared_ptr<exchange> x = exchange_;
    describe_client();
    x->begun = clock::now();
    x->request.deadline = x->begun + context_.options.request_timeout;
    x->method_text = name_of(x->request.method);
    wait_in(phase::handling, x->request.deadline);
    run_handler(x, context_);
    handled done(*x);
    co_await done;
    if (!x->finished) {
        const error late(errc::deadline_exceeded, "The answer took too long.");
        exchange_ = std::make_shared<exchange>(*x);
        exchange_->response = problem(late, x->request);
    }
    context_.handler.answered(*exchange_, exchange_->response.status);
    const bool keep_alive = parser.keep_alive() && !draining_ && !gone_;
    const bool written = co_await answer(exchange_->response, keep_alive);
    co_return written&& keep_alive;
}

// Reads until the request is whole. Nothing to refuse and `gone_` set: the client has left, or was idle for too long.
task<std::optional<refusal>> connection::read_request(request_parser& parser) {
    auto refused = co_await read_header(parser);
    if (refused || gone_) co_return refused;
    if (!parser.unknown_method().empty())
        co_return refusal(501, error(errc::bad_request, "This method is not known here.", "bad_method"));
    if (parser.done()) co_return std::nullopt;

    wait_in(phase::reading, clock::now() + context_.options.body_timeout);
    const bool asked = !exchange_->request.header_value("Expect").empty();
    if (asked && parser.expects_continue() && unread().empty()) {
        const bool written = co_await write_all("HTTP/1.1 100 Continue\r\n\r\n");
        if (!written) co_return leave();
        wait_in(phase::reading, clock::now() + context_.options.body_timeout);
    }
    co_return co_await read_body(parser);
}

task<std::optional<refusal>> connection::read_header(request_parser& parser) {
    // During a drain, a connection that was just accepted gets a moment for its first request.
    const std::chrono::milliseconds patience = draining_ ? first_request_grace : context_.options.header_timeout;
    wait_in(phase::idle, clock::now() + patience);
    // Once the parser has taken anything, an empty line is the end of the header, wherever a read may have ended.
    bool begun = false;
    while (true) {
        if (!begun) skip_blank_lines();
        const bool half_blank_line = !begun && unread() == "\r";
        if (!unread().empty() && !half_blank_line) {
            phase_ = phase::reading;
            std::size_t used = 0;
            const auto fed = parser.feed(unread(), used);
            begin_ += used;
            begun = begun || used > 0;
            if (!fed) co_return fed.error();
            if (*fed != request_parser::progress::need_more) co_return std::nullopt;
        }
        if (unread().size() > context_.options.max_header_bytes)
            co_return refusal(431, error(errc::headers_too_large, "The headers are too large."));
        const read_outcome outcome = co_await fill(context_.options.max_header_bytes + 1);
        if (outcome == read_outcome::closed) co_return leave();
        if (outcome == read_outcome::expired && unread().empty()) co_return leave();
        if (outcome == read_outcome::expired)
            co_return refusal(408, error(errc::request_timeout, "The headers took too long to arrive."));
    }
}

task<std::optional<refusal>> connection::read_body(request_parser& parser) {
    while (true) {
        if (!unread().empty()) {
            std::size_t used = 0;
            const auto fed = parser.feed(unread(), used);
            begin_ += used;
            if (!fed) co_return fed.error();
            if (parser.done()) co_return std::nullopt;
            if (unread().size() >= body_buffer_bytes)
                co_return refusal(400, error(errc::bad_request, "The body's chunks are not framed well.", "bad_http"));
        }
        const read_outcome outcome = co_await fill(body_buffer_bytes);
        if (outcome == read_outcome::closed) co_return leave();
        if (outcome == read_outcome::expired)
            co_return refusal(408, error(errc::request_timeout, "The body took too long to arrive."));
    }
}

std::optional<refusal> connection::leave() {
    gone_ = true;
    return std::nullopt;
}

// Empty lines before a request line are skipped (RFC 9112, section 2.2).
void connection::skip_blank_lines() {
    while (end_ - begin_ >= 2 && buffer_[begin_] == '\r' && buffer_[begin_ + 1] == '\n') begin_ += 2;
}

// Reads what there is, into a buffer that grows up to `capacity` bytes.
task<connection::read_outcome> connection::fill(std::size_t capacity) {
    if (begin_ == end_) begin_ = end_ = 0;
    if (end_ == buffer_.size() && begin_ > 0) {
        std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
                  buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
        end_ -= std::exchange(begin_, 0);
    }
    if (end_ == buffer_.size()) buffer_.resize(std::min(capacity, buffer_.size() * 4));
    // The last bytes may have come in together with the deadline: nobody would end another wait.
    if (expired_) co_return read_outcome::expired;
    read_some read(socket_, buffer_.data() + end_, buffer_.size() - end_);
    std::size_t count = co_await read;
    if (count == 0 && draining_ && !expired_ && !gone_) {
        // A drain cancelled the wait: what has arrived by now is still answered.
        boost::system::error_code failure;
        count = socket_.read_some(boost::asio::buffer(buffer_.data() + end_, buffer_.size() - end_), failure);
        if (failure) count = 0;
    }
    end_ += count;
    if (count > 0) co_return read_outcome::data;
    co_return expired_ ? read_outcome::expired : read_outcome::closed;
}

task<bool> connection::write_all(std::string_view bytes) {
    wait_in(phase::writing, clock::now() + context_.options.body_timeout);
    while (!bytes.empty()) {
        if (expired_) co_return false;  // while the last part was on its way
        write_some write(socket_, bytes);
        const std::size_t count = co_await write;
        if (count == 0) co_return false;
        bytes.remove_prefix(count);
    }
    co_return true;
}

task<bool> connection::answer(const response& r, bool keep_alive) {
    const request& asked = exchange_->request;
    wire_options options;
    options.head_only = asked.method == method::head;
    options.keep_alive = keep_alive;
    options.behind_tls =
        context_.options.trust_proxy && equal_ignoring_case(asked.header_value("X-Forwarded-Proto"), "https");
    options.date = context_.date;
    options.request_id = asked.id;
    out_.clear();
    append_response(out_, r, options);
    const bool written = co_await write_all(out_);
    if (out_.capacity() > kept_output_bytes) std::string().swap(out_);
    co_return written;
}

// Answers what never reached a handler; the rest of the input cannot be trusted, so the connection ends.
task<void> connection::refuse(refusal why) {
    exchange& x = *exchange_;
    describe_client();
    if (x.begun == clock::time_point()) x.begun = clock::now();
    x.method_text = "OTHER";
    x.request.deadline = clock::now() + context_.options.request_timeout;
    co_await context_.handler.refuse(x, why);
    context_.handler.answered(x, x.response.status);
    const bool written = co_await answer(x.response, false);
    if (written) co_await linger();
}

// Closing while the client still sends would reset the connection, and could take our answer with it.
task<void> connection::linger() {
    boost::system::error_code ignored;
    socket_.shutdown(tcp_socket::shutdown_send, ignored);
    wait_in(phase::reading, clock::now() + linger_time);
    std::size_t dropped = 0;
    while (dropped < linger_bytes_max && !expired_) {
        read_some read(socket_, buffer_.data(), buffer_.size());
        const std::size_t count = co_await read;
        if (count == 0) break;
        dropped += count;
    }
}

void connection::prepare_exchange() {
    if (!exchange_ || exchange_.use_count() > 1) {
        exchange_ = std::make_shared<exchange>();
        return;
    }
    // The strings keep their memory from request to request, unless a large body has passed.
    exchange& x = *exchange_;
    std::string path = std::move(x.request.path);
    std::vector<header> headers = std::move(x.request.headers);
    x = exchange();
    path.clear();
    headers.clear();
    x.request.path = std::move(path);
    x.request.headers = std::move(headers);
}

void connection::describe_client() {
    request& r = exchange_->request;
    const std::string_view given = r.header_value("X-Request-Id");
    r.id = is_request_id(given) ? std::string(given) : uuid::generate().to_string();
    r.remote_ip = remote_ip_;
    if (!context_.options.trust_proxy) return;
    auto told = parse_address(last_hop(r.headers));
    exchange_->client_untold = !told;
    if (told) r.remote_ip = std::move(*told);
}

}  // namespace tenon::http
