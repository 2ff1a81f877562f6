// Reads one HTTP/1 request from bytes; knows nothing of sockets. The only place that speaks Beast.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tenon/core/byte_budget.hpp>
#include <tenon/core/error.hpp>
#include <tenon/http/message.hpp>

#include "http/chunk_reader.hpp"
#include "http/server_options.hpp"

namespace tenon::http {

/// A request that is refused before it is dispatched; the connection is closed behind the answer.
struct refusal {
    int status;
    error why;
    refusal(int s, error e) : status(s), why(std::move(e)) {}
};

/// For a client whose share of the memory budget is used up, or when all of the budget is.
refusal memory_short();

/// What it makes of a connection's bytes depends on them alone, never on the pieces in which they came: each refusal
/// and each state is that of a byte.
class request_parser {
  public:
    enum class progress {
        need_more,
        header_done,  ///< Returned once, before any of the body is read.
        done,
    };

    /// Fills `into`, and counts in `memory` what it holds; both must outlive the parser.
    request_parser(const server_options& options, request& into, byte_lease& memory);
    request_parser(const request_parser&) = delete;
    request_parser& operator=(const request_parser&) = delete;

    /// Takes bytes from the front of `bytes`: all of them with `need_more`, and none that belong to the next request.
    result<progress, refusal> feed(std::string_view& bytes);

    bool begun() const { return state_ != state::blank; }  ///< More has come than empty lines.
    bool done() const { return state_ == state::done; }    ///< The request is whole.
    bool keep_alive() const { return keep_alive_; }
    bool expects_continue() const;  ///< `Expect: 100-continue`, and there is a body to wait for.
    /// What the header says: the length of the body; nullopt when it comes in chunks.
    std::optional<std::uint64_t> body_length() const;
    /// Takes a body of at most so many bytes, which must be asked for before the first of them.
    void limit_body(std::size_t bytes) { chunks_ = chunk_reader(bytes, options_.max_header_bytes); }
    /// How many bytes of the request are still to come for certain.
    std::size_t bytes_to_come() const;
    /// The method as received; empty when it is one that `http::method` has.
    const std::string& unknown_method() const { return unknown_method_; }

  private:
    enum class state { blank, header, body, chunks, done };

    result<void, refusal> skip_blank_lines(std::string_view& bytes);
    result<progress, refusal> feed_header(std::string_view& bytes);
    result<void, refusal> check_method(std::string_view part);
    result<void, refusal> read_header(std::string_view header);
    result<void, refusal> feed_body(std::string_view& bytes);
    result<void, refusal> feed_chunks(std::string_view& bytes);
    result<void, refusal> hold(std::string& text, std::size_t more, std::size_t size_max);

    const server_options& options_;
    request& into_;
    byte_lease& memory_;
    chunk_reader chunks_;
    state state_ = state::blank;
    bool half_blank_ = false;   // the carriage return of an empty line has come
    bool method_read_ = false;  // up to the first blank
    bool keep_alive_ = false;
    bool http_1_1_ = false;
    std::string header_;            // a part of it, while there is only a part
    std::size_t header_bytes_ = 0;  // of the whole one
    std::uint64_t body_left_ = 0;
    std::string unknown_method_;
};

}  // namespace tenon::http
