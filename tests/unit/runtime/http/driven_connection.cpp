// Steps through the loop by polling it until nothing moves any more.
#include "http/driven_connection.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

namespace tenon::test {
namespace {

class hold {
  public:
    explicit hold(std::vector<std::coroutine_handle<>>& held) : held_(held) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) { held_.push_back(waiting); }
    void await_resume() const noexcept {}

  private:
    std::vector<std::coroutine_handle<>>& held_;
};

std::string described(const http::request& r) {
    std::string out = std::string(name_of(r.method)) + " " + r.path + "?" + r.query + "\n";
    for (const http::header& each : r.headers) out += each.name + "=" + each.value + "\n";
    std::size_t sum = 5381;
    for (const char c : r.body) sum = sum * 33 + static_cast<unsigned char>(c);
    return out + std::to_string(r.body.size()) + " " + std::to_string(sum) + " " + r.body.substr(0, 64);
}

// They cost more to make than a connection.
observe::metrics& shared_metrics() {
    static observe::metrics all;
    return all;
}

http::client_claim claim_on(http::client_shares& clients) {
    std::shared_ptr<http::client_share> client = clients.of("192.0.2.1");
    http::place of_all(client->connections, 1);
    http::place of_client(client->connections, 2);
    return http::client_claim(std::move(client), std::move(of_all), std::move(of_client));
}

}  // namespace

task<void> telling_handler::handle(http::exchange& x) {
    if (x.request.path.starts_with("/held")) {
        hold here(held);
        co_await here;
    }
    x.response = http::response(200, "text/plain", described(x.request));
    if (x.request.path == "/large") x.response.body.append(std::size_t{2} * 1024 * 1024, 'x');
}

driven_connection::driven_connection(const http::server_options& options, byte_budget& memory)
    : metrics_(shared_metrics()),
      options_(options),
      loop_(1),
      clients_(memory, options.memory_per_client_bytes),
      context_(options_, handler_, clients_, metrics_) {
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) != 0) std::abort();
    client_ = pair[0];
    context_.date = "Thu, 01 Jan 1970 00:00:00 GMT";
    connection_.emplace(http::tcp_socket(loop_, boost::asio::ip::tcp::v4(), pair[1]), context_, claim_on(clients_),
                        "192.0.2.1");
    run(*this);
    settle();
}

driven_connection::~driven_connection() {
    ::close(client_);
    client_ = -1;
    connection_->abort();
    let_go();
    if (!ended_) std::abort();
}

detached driven_connection::run(driven_connection& self) {
    co_await self.connection_->serve();
    self.ended_ = true;
}

void driven_connection::send(std::string_view bytes) {
    while (!bytes.empty() && !ended_) {
        const ssize_t count = ::send(client_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0 && errno != EAGAIN) break;
        if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
        settle();
        if (count <= 0 && (!reads_ || !handler_.held.empty())) break;  // it has no room before it can answer
    }
}

void driven_connection::finish_sending() {
    ::shutdown(client_, SHUT_WR);
    settle();
}

void driven_connection::read(bool whether) {
    reads_ = whether;
    settle();
}

void driven_connection::let_go() {
    settle();
    while (!handler_.held.empty()) {
        for (const auto each : std::exchange(handler_.held, {})) each.resume();
        settle();
    }
}

void driven_connection::expire() {
    if (!ended_) connection_->expire();
    settle();
}

void driven_connection::drain() {
    if (!ended_) connection_->drain();
    settle();
}

void driven_connection::settle() {
    bool moved = true;
    while (moved) {
        loop_.restart();
        moved = loop_.poll() > 0;
        while (receive()) moved = true;
    }
}

bool driven_connection::receive() {
    if (!reads_ || client_ < 0 || closed_) return false;
    char bytes[64 * 1024];
    const ssize_t count = ::recv(client_, bytes, sizeof bytes, 0);
    if (count < 0 && errno == EAGAIN) return false;
    closed_ = count <= 0;
    if (count > 0) heard_.append(bytes, static_cast<std::size_t>(count));
    return !closed_;
}

std::string driven_connection::heard() const {
    std::string out = heard_;
    for (const auto& [before, after] : {std::pair("X-Request-Id: ", '\r'), std::pair("\"trace_id\":\"", '"')}) {
        const std::string_view start(before);
        for (std::size_t at = out.find(start); at != std::string::npos; at = out.find(start, at)) {
            at += start.size();
            out.erase(at, out.find(after, at) - at);
        }
    }
    return out;
}

}  // namespace tenon::test
