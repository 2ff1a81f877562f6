// Sockets and just enough HTTP to read an answer.
#include "tests/service/wire.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cerrno>

namespace tenon::service_test {
namespace {

using clock = std::chrono::steady_clock;

std::string lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

boost::json::value parse(const std::string& text) {
    boost::system::error_code wrong;
    boost::json::parse_options options;
    options.max_depth = 128;  // a record's own 64, and what stands around it
    auto value = boost::json::parse(text, wrong, {}, options);
    return wrong ? boost::json::value() : value;
}

}  // namespace

std::string answer::header(std::string_view name) const {
    const std::string wanted = "\r\n" + lower(name) + ":";
    const std::size_t found = lower(head).find(wanted);
    if (found == std::string::npos) return "";
    const std::size_t begin = head.find_first_not_of(' ', found + wanted.size());
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

std::string answer::at(std::string_view json_pointer) const {
    const auto root = parse(body);
    boost::system::error_code wrong;
    const auto* found = root.find_pointer(json_pointer, wrong);
    if (found == nullptr || found->is_null()) return "";
    return found->is_string() ? std::string(found->as_string()) : boost::json::serialize(*found);
}

std::vector<std::string> answer::broken_fields() const {
    const auto root = parse(body);
    std::vector<std::string> out;
    boost::system::error_code wrong;
    const auto* errors = root.find_pointer("/errors", wrong);
    if (errors == nullptr || !errors->is_array()) return out;
    for (const auto& each : errors->as_array()) out.emplace_back(each.at("pointer").as_string());
    return out;
}

connection::connection(std::uint16_t port, const client_end& from)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (from.receive_buffer_bytes > 0) {
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &from.receive_buffer_bytes, sizeof from.receive_buffer_bytes);
    }
    const timeval patience{20, 0};  // bounds `connect` too
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in own{};
    own.sin_family = AF_INET;
    if (!from.address.empty()) {
        // Without this the kernel would keep a port for this socket alone, and run out of them.
        const int later = 1;
        ::setsockopt(socket_, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &later, sizeof later);
        if (::inet_pton(AF_INET, from.address.c_str(), &own.sin_addr) != 1 ||
            ::bind(socket_, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0) {
            close();
            return;
        }
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) close();
}

connection::~connection() {
    close();
}

void connection::close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

std::size_t connection::send_some(std::string_view bytes) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent > 0 ? static_cast<std::size_t>(sent) : 0;
}

std::size_t connection::discard(std::size_t bytes_max) {
    std::array<char, 16384> bytes{};
    const auto got = ::recv(socket_, bytes.data(), std::min(bytes.size(), bytes_max), MSG_DONTWAIT);
    if (got > 0) return static_cast<std::size_t>(got);
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) close();
    return 0;
}

void connection::reset() {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    close();
}

bool connection::wait_for(short event, clock::time_point until) const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now());
    pollfd waiting{socket_, event, 0};
    return left.count() > 0 && ::poll(&waiting, 1, static_cast<int>(left.count())) > 0;
}

bool connection::send(std::string_view bytes, std::chrono::milliseconds patience) {
    const auto until = clock::now() + patience;
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno != EAGAIN || !wait_for(POLLOUT, until)) {
            return false;
        }
    }
    return true;
}

bool connection::fill(clock::time_point until) {
    if (!wait_for(POLLIN, until)) return false;
    std::array<char, 16384> bytes{};
    const auto got = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (got <= 0) return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(got));
    return true;
}

answer connection::receive(std::chrono::milliseconds patience) {
    const auto until = clock::now() + patience;
    answer out;
    std::size_t end = buffer_.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!is_open() || !fill(until)) return out;
        end = buffer_.find("\r\n\r\n");
    }
    out.head = buffer_.substr(0, end + 2);
    out.status = out.head.size() > 12 ? std::stoi(out.head.substr(9, 3)) : 0;
    const std::string length = out.header("Content-Length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (buffer_.size() < end + 4 + size && fill(until)) continue;
    out.body = buffer_.substr(end + 4, size);
    buffer_.erase(0, end + 4 + size);
    if (out.status == 100) return receive(patience);
    return out;
}

std::string to_wire(const request& r) {
    std::string out = r.method + " " + r.target + " HTTP/1.1\r\nHost: localhost\r\n";
    if (!r.token.empty()) out += "Authorization: Bearer " + r.token + "\r\n";
    for (const std::string& header : r.headers) out += header + "\r\n";
    if (!r.body.empty() && out.find("Content-Type") == std::string::npos) out += "Content-Type: application/json\r\n";
    if (!r.body.empty() || r.method != "GET") out += "Content-Length: " + std::to_string(r.body.size()) + "\r\n";
    return out + "\r\n" + r.body;
}

answer ask(std::uint16_t port, const request& r, const client_end& from) {
    return ask_raw(port, to_wire(r), from);
}

answer ask_raw(std::uint16_t port, std::string_view bytes, const client_end& from) {
    connection c(port, from);
    if (c.is_open()) c.send(bytes);  // A server may answer and close before it has read all of it.
    return c.receive();
}

}  // namespace tenon::service_test
