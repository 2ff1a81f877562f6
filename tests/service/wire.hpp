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

/// The client's end of a connection.
struct client_end {
    std::string address = {};      ///< Of 127.0.0.0/8: the caller's address as the server sees it; "": 127.0.0.1.
    int receive_buffer_bytes = 0;  ///< What the kernel keeps of answers that nobody reads; 0: as much as it likes.
};

/// One TCP connection to 127.0.0.1. Closed at the end.
class connection {
  public:
    explicit connection(std::uint16_t port, const client_end& from = {});
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    bool is_open() const { return socket_ >= 0; }
    /// False when the server has closed its side, or does not take all of it in time.
    bool send(std::string_view bytes, std::chrono::milliseconds patience = std::chrono::seconds(20));
    /// The next answer, with the body that its Content-Length says.
    answer receive(std::chrono::milliseconds patience = std::chrono::seconds(20));
    /// Sends what fits without waiting: how many bytes, 0 also when the server has closed its side.
    std::size_t send_some(std::string_view bytes);
    /// Reads at most `bytes_max` of what has arrived and forgets it: how many bytes, 0 when there is nothing now.
    /// Afterwards `is_open` is false when the server has closed its side.
    std::size_t discard(std::size_t bytes_max);
    /// Closes with a reset, whatever is under way.
    void reset();

  private:
    void close();
    bool wait_for(short event, std::chrono::steady_clock::time_point until) const;
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
answer ask(std::uint16_t port, const request& r, const client_end& from = {});
answer ask_raw(std::uint16_t port, std::string_view bytes, const client_end& from = {});

}  // namespace tenon::service_test
