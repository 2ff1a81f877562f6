// Bytes to and from a server, without a library's good manners between: hostile requests have to arrive as written.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tenon::service_test {

struct answer {
    int status = 0;  ///< 0: the connection was closed without an answer.
    std::string head;
    std::string body;

    /// The value of a header, whatever its case; "" when it is not there.
    std::string header(std::string_view name) const;
    /// A scalar of the JSON body by pointer, as text; "" when there is none.
    std::string at(std::string_view json_pointer) const;
    /// The pointers of a problem's `errors`.
    std::vector<std::string> broken_fields() const;
};

/// One TCP connection to 127.0.0.1. Closed at the end.
class connection {
  public:
    explicit connection(std::uint16_t port);
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    bool is_open() const { return socket_ >= 0; }
    /// False when the server has closed its side.
    bool send(std::string_view bytes);
    /// The next answer, with the body that its Content-Length says.
    answer receive(std::chrono::milliseconds patience = std::chrono::seconds(20));

  private:
    bool fill(std::chrono::steady_clock::time_point until);

    int socket_ = -1;
    std::string buffer_;
};

struct request {
    std::string method = "GET";
    std::string target = "/";
    std::string body = {};
    std::string token = {};
    std::vector<std::string> headers = {};  ///< "Name: value"
};

/// The request as HTTP/1.1 with Host, Content-Length and, when there is a body, Content-Type.
std::string to_wire(const request& r);

/// One request on a connection of its own.
answer ask(std::uint16_t port, const request& r);
answer ask_raw(std::uint16_t port, std::string_view bytes);

}  // namespace tenon::service_test
