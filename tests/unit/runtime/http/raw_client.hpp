// A TCP client that sends exactly the bytes it is given, for tests of the server's manners.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace tenon::test {

class raw_client {
  public:
    /// From one of the addresses of this machine, 127.0.0.0/8.
    explicit raw_client(std::uint16_t port, const char* from = "127.0.0.1")
        : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        ::inet_pton(AF_INET, from, &address.sin_addr);
        if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot bind");
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect");
    }
    ~raw_client() { ::close(socket_); }
    raw_client(const raw_client&) = delete;
    raw_client& operator=(const raw_client&) = delete;

    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return;  // the server has closed: what it said is still to be read
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void finish_sending() { ::shutdown(socket_, SHUT_WR); }

    /// One response with its body, by Content-Length; "" when the server closed without one.
    std::string response(bool has_body = true) {
        std::size_t header_end = std::string::npos;
        while ((header_end = buffer_.find("\r\n\r\n")) == std::string::npos) {
            if (!receive()) return std::exchange(buffer_, "");
        }
        const std::size_t at = buffer_.find("Content-Length: ");
        std::size_t length = 0;
        if (has_body && at < header_end) length = std::stoul(buffer_.substr(at + 16));
        const std::size_t total = header_end + 4 + length;
        while (buffer_.size() < total) {
            if (!receive()) break;
        }
        std::string out = buffer_.substr(0, total);
        buffer_.erase(0, total);
        return out;
    }
    /// Everything until the server closes.
    std::string rest() {
        while (receive()) {
        }
        return std::exchange(buffer_, "");
    }
    /// True when the server has closed (or does so within five seconds) without sending more.
    bool closed() { return rest().empty(); }

  private:
    bool receive() {
        pollfd ready{socket_, POLLIN, 0};
        if (::poll(&ready, 1, 5000) <= 0) throw std::runtime_error("the server neither answers nor closes");
        char bytes[16 * 1024];
        const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
        if (count <= 0) return false;
        buffer_.append(bytes, static_cast<std::size_t>(count));
        return true;
    }

    int socket_;
    std::string buffer_;
};

inline int status_of(const std::string& response) {
    return response.size() < 12 ? 0 : std::stoi(response.substr(9, 3));
}
inline bool has_header(const std::string& response, std::string_view line) {
    return response.find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
}
inline std::string body_of(const std::string& response) {
    const std::size_t end = response.find("\r\n\r\n");
    return end == std::string::npos ? "" : response.substr(end + 4);
}

}  // namespace tenon::test
