// Reads one HTTP/1 request from bytes; knows nothing of sockets. The only place that speaks Beast.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <tenon/core/error.hpp>
#include <tenon/http/message.hpp>

#include "http/server_options.hpp"

namespace tenon::http {

/// A request that is refused before it is dispatched; the connection is closed behind the answer.
struct refusal {
    int status;
    error why;
    refusal(int s, error e) : status(s), why(std::move(e)) {}
};

class request_parser {
  public:
    enum class progress {
        need_more,
        header_done,  ///< Returned once, before any of the body is read.
        done,
    };

    /// Fills `into`, which must outlive the parser's use of it.
    request_parser(const server_options& options, request& into);
    ~request_parser();
    request_parser(const request_parser&) = delete;
    request_parser& operator=(const request_parser&) = delete;

    /// Takes bytes from the front of `bytes` and says how many in `used`.
    result<progress, refusal> feed(std::string_view bytes, std::size_t& used);

    bool done() const;  ///< The request is whole.
    bool keep_alive() const;
    bool expects_continue() const;  ///< `Expect: 100-continue`, and there is a body to wait for.
    /// The method as received; empty when it is one that `http::method` has.
    const std::string& unknown_method() const;

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tenon::http
