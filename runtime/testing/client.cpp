// A blocking HTTP/1.1 client for tests: one connection a request.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <stdexcept>

#include <tenon/testing/service.hpp>

namespace tenon::testing {
namespace {

constexpr int patience_seconds = 30;

class connection {
  public:
    explicit connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        const timeval patience{patience_seconds, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    }
    ~connection() {
        if (socket_ >= 0) ::close(socket_);
    }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    std::string exchange(std::string_view request) {
        if (!connected_) throw std::runtime_error("the service does not accept connections");
        while (!request.empty()) {
            const ssize_t sent = ::send(socket_, request.data(), request.size(), MSG_NOSIGNAL);
            if (sent <= 0) break;  // refused early: the answer says why
            request.remove_prefix(static_cast<std::size_t>(sent));
        }
        std::string out;
        char bytes[16 * 1024];
        for (;;) {
            const ssize_t received = ::recv(socket_, bytes, sizeof bytes, 0);
            if (received < 0 && out.empty()) throw std::runtime_error("the service did not answer");
            if (received <= 0) return out;
            out.append(bytes, static_cast<std::size_t>(received));
        }
    }

  private:
    int socket_;
    bool connected_ = false;
};

answer parse(const std::string& text) {
    const std::size_t head_end = text.find("\r\n\r\n");
    if (head_end == text.npos || !text.starts_with("HTTP/1.1 "))
        throw std::runtime_error("not an HTTP answer: " + text);
    answer out;
    out.status = std::stoi(text.substr(9, 3));
    out.body = text.substr(head_end + 4);
    std::size_t at = text.find("\r\n") + 2;
    while (at < head_end) {
        const std::size_t end = text.find("\r\n", at);
        const std::size_t colon = text.find(':', at);
        const std::size_t value = text.find_first_not_of(" \t", colon + 1);
        out.headers.emplace_back(text.substr(at, colon - at), text.substr(value, end - value));
        at = end + 2;
    }
    return out;
}

}  // namespace

answer client::send(std::string_view method, std::string_view target, std::string_view body,
                    std::vector<std::pair<std::string, std::string>> headers) {
    std::string request;
    request.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
    const auto given = [&](std::string_view name) {
        for (const auto& each : headers) {
            if (each.first == name) return true;
        }
        return false;
    };
    if (!token_.empty() && !given("Authorization")) headers.emplace_back("Authorization", "Bearer " + token_);
    if (!body.empty() && !given("Content-Type")) headers.emplace_back("Content-Type", "application/json");
    const bool sends_body = !body.empty() || method == "POST" || method == "PUT" || method == "PATCH";
    if (sends_body) headers.emplace_back("Content-Length", std::to_string(body.size()));
    for (const auto& [name, value] : headers) request.append(name).append(": ").append(value).append("\r\n");
    request.append("\r\n").append(body);
    connection to(port_);
    return parse(to.exchange(request));
}

}  // namespace tenon::testing
