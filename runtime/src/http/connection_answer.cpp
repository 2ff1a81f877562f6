// How a connection answers: at once when the client reads, counted when it does not.
#include <algorithm>
#include <memory>

#include <tenon/http/problem.hpp>

#include "core/ascii.hpp"
#include "core/ip_address.hpp"
#include "http/connection.hpp"
#include "http/cors.hpp"
#include "http/forwarded.hpp"
#include "http/response_text.hpp"

namespace tenon::http {
namespace {

// Enough for a client that sends a few times the largest body before it looks for the answer; time bounds the rest.
constexpr std::size_t linger_bytes_max = 8 * 1024 * 1024;
constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t small_body_bytes = 16 * 1024;   // copied behind its header; larger ones are written as they lie
constexpr std::size_t kept_output_bytes = 64 * 1024;  // of the loop
constexpr std::size_t kept_path_bytes = 1024;         // of each connection
constexpr std::size_t kept_headers = 32;

// 1 to 64 characters that are harmless in logs and headers.
bool is_request_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
               c == '.';
    });
}

void advance(std::string_view& head, std::string_view& body, std::size_t count) {
    const std::size_t of_head = std::min(count, head.size());
    head.remove_prefix(of_head);
    body.remove_prefix(count - of_head);
}

}  // namespace

// In the list of those whose clients do not read, for as long as it lives.
class connection::waiting_place {
  public:
    explicit waiting_place(connection& c) : connection_(c) {
        connection_.waiting_since_ = clock::now();
        connection_.context_.waiting.push_back(&connection_);
    }
    ~waiting_place() {
        std::erase(connection_.context_.waiting, &connection_);
        connection_.answer_memory_.clear();
    }
    waiting_place(const waiting_place&) = delete;
    waiting_place& operator=(const waiting_place&) = delete;

  private:
    connection& connection_;
};

task<bool> connection::answer(const response& r, bool keep_alive) {
    const request& asked = exchange_->request;
    wire_options options;
    options.head_only = asked.method == method::head;
    options.keep_alive = keep_alive;
    options.behind_tls =
        context_.options.trust_proxy && ascii::equal_ignoring_case(asked.header_value("X-Forwarded-Proto"), "https");
    options.date = context_.date;
    options.request_id = asked.id;
    const std::string cors = cors_lines(context_.options.cors_origins, asked, r);
    options.more_lines = cors;
    std::string& head = context_.output;
    head.clear();
    std::string_view body;
    if (append_head(head, r, options)) body = r.body;
    if (body.size() <= small_body_bytes) head += std::exchange(body, std::string_view());
    co_return co_await write_all(head, body);
}

// `head` may lie in the loop's buffer, `body` must last. True when all of it has gone out.
task<bool> connection::write_all(std::string_view head, std::string_view body) {
    const std::size_t body_bytes = body.size();  // all of it is held until the last of it has gone out
    // Most answers fit into the socket's buffer: try without going through the loop.
    if (!write_now(head, body)) co_return false;
    if (head.empty() && body.empty()) co_return true;
    const std::string rest(head);
    head = rest;
    if (context_.output.capacity() > kept_output_bytes) std::string().swap(context_.output);
    waiting_place place(*this);
    if (!hold_answer(rest.size() + body_bytes)) {
        context_.metrics.budget_refused("unread_answers");
        co_return false;
    }
    wait_in(phase::writing, clock::now() + context_.options.body_timeout);
    while (!(head.empty() && body.empty())) {
        if (expired_) co_return false;  // while the last part was on its way
        write_some write(socket_, head, body);
        const std::size_t count = co_await write;
        if (count == 0) co_return false;
        advance(head, body, count);
    }
    co_return true;
}

// Writes what the socket takes. False: the connection is broken.
bool connection::write_now(std::string_view& head, std::string_view& body) {
    boost::system::error_code failure;
    while (!(head.empty() && body.empty())) {
        std::size_t count = 0;
        if (body.empty()) {
            count = socket_.write_some(boost::asio::buffer(head), failure);
        } else {
            const std::array<boost::asio::const_buffer, 2> both{boost::asio::buffer(head), boost::asio::buffer(body)};
            count = socket_.write_some(both, failure);
        }
        advance(head, body, count);
        if (failure == boost::asio::error::would_block || failure == boost::asio::error::try_again) return true;
        if (failure) return false;
    }
    return true;
}

// Counts an answer that its client does not read. When the memory is short, those who have been waited for longest are
// ended first: of the same client when it has used up its share, of whoever holds most otherwise.
bool connection::hold_answer(std::size_t bytes) {
    const std::shared_ptr<client_share>& client = asking_client();
    answer_memory_ = byte_lease(client->memory);
    if (bytes > client->memory.limit()) return false;  // whoever would have to go for it
    while (!answer_memory_.try_resize(bytes)) {
        const bool own_share = bytes > client->memory.limit() - std::min(client->memory.limit(), client->memory.used());
        connection* const slowest = slowest_reader(own_share);
        if (slowest == nullptr) return false;
        context_.metrics.budget_refused("unread_answers");
        slowest->stop_waiting();
    }
    return true;
}

connection* connection::slowest_reader(bool of_this_client) const {
    const auto before = clock::now() - context_.options.slow_reader_grace;
    connection* found = nullptr;
    std::size_t most = exchange_->client->memory.used();
    for (connection* const each : context_.waiting) {
        if (each == this || each->answer_memory_.size() == 0 || each->waiting_since_ > before) continue;
        const client_share& client = *each->exchange_->client;
        if (of_this_client) {
            if (&client == exchange_->client.get()) return each;
            continue;
        }
        if (client.memory.used() < most || (found != nullptr && client.memory.used() == most)) continue;
        most = client.memory.used();
        found = each;
    }
    return found;
}

void connection::stop_waiting() {
    answer_memory_.clear();
    gone_ = true;
    expire();
}

// Whom to count for. With a proxy in between the header says it, and is looked up where there is something to count.
const std::shared_ptr<client_share>& connection::asking_client() {
    if (context_.options.trust_proxy && exchange_->client == claim_.client &&
        exchange_->request.remote_ip != remote_ip_)
        exchange_->client = context_.clients.of(exchange_->request.remote_ip);
    return exchange_->client;
}

// Answers what never reached a handler; the rest of the input cannot be trusted, so the connection ends.
task<void> connection::refuse(refusal why) {
    unread_.drop();
    const std::shared_ptr<exchange> x = exchange_;
    describe_client();
    if (x->begun == clock::time_point()) x->begun = clock::now();
    x->method_text = "OTHER";
    x->request.deadline = clock::now() + context_.options.request_timeout;
    std::string().swap(x->request.body);
    x->memory.clear();
    // It may wait for whoever counts requests, as handlers do.
    start_handling(x, std::make_unique<const refusal>(std::move(why)));
    handled done(*x);
    co_await done;
    end_handling(*x);
    const bool written = co_await answer(exchange_->response, false);
    if (written) co_await linger();
}

// Closing while the client still sends would reset the connection, and could take our answer with it.
task<void> connection::linger() {
    boost::system::error_code ignored;
    socket_.shutdown(tcp_socket::shutdown_send, ignored);
    wait_in(phase::reading, clock::now() + linger_time);
    std::size_t dropped = 0;
    while (dropped < linger_bytes_max && !expired_) {
        const read_outcome outcome = co_await fill(context_.input.size(), true);
        if (outcome != read_outcome::data) break;
        dropped += unread_.view().size();
        unread_.drop();
    }
}

void connection::prepare_exchange() {
    unread_.shrink();
    if (unread_.empty()) unread_memory_.clear();
    if (!exchange_ || exchange_.use_count() > 1) {
        exchange_ = std::make_shared<exchange>();
    } else {
        // Path and headers keep their memory from request to request, unless much has passed; bodies do not. Made anew,
        // for a string that an empty one is assigned to keeps all of it.
        exchange& x = *exchange_;
        std::string path = std::move(x.request.path);
        std::vector<header> headers = std::move(x.request.headers);
        std::destroy_at(&x);
        std::construct_at(&x);
        path.clear();
        headers.clear();
        if (path.capacity() <= kept_path_bytes) x.request.path = std::move(path);
        if (headers.capacity() <= kept_headers) x.request.headers = std::move(headers);
    }
    exchange_->client = claim_.client;
    exchange_->memory = byte_lease(claim_.client->memory);
}

void connection::describe_client() {
    request& r = exchange_->request;
    if (!r.id.empty()) return;
    const std::string_view given = r.header_value("X-Request-Id");
    r.id = is_request_id(given) ? std::string(given) : uuid::generate().to_string();
    r.remote_ip = remote_ip_;
    if (!context_.options.trust_proxy) return;
    auto told = parse_address(last_hop(r.headers));
    exchange_->client_untold = !told;
    if (told) r.remote_ip = std::move(*told);
}

std::shared_ptr<exchange> copy_without_body(const exchange& x) {
    auto out = std::make_shared<exchange>();
    out->client = x.client;
    out->client_untold = x.client_untold;
    out->request.method = x.request.method;
    out->request.path = x.request.path;
    out->request.headers = x.request.headers;
    out->request.id = x.request.id;
    out->request.remote_ip = x.request.remote_ip;
    out->method_text = x.method_text;
    out->begun = x.begun;
    out->metrics = x.metrics;
    out->route = x.route;
    out->user = x.user;
    out->tenant = x.tenant;
    out->rates = x.rates;
    return out;
}

}  // namespace tenon::http
