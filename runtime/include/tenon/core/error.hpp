// The closed set of ways in which a service operation can fail, and the error value that carries one.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/core/result.hpp>

namespace tenon {

/// Each value maps to exactly one HTTP status (see http/problem.hpp).
enum class errc {
    bad_request,             ///< 400: the request itself cannot be understood (syntax, cursor, path id).
    unauthorized,            ///< 401: no, expired, or forged credentials.
    forbidden,               ///< 403: known caller, not allowed.
    not_found,               ///< 404: no such thing for this tenant (a foreign id looks the same).
    method_not_allowed,      ///< 405
    request_timeout,         ///< 408: the client sent too slowly.
    conflict,                ///< 409: unique value taken, or still referenced.
    precondition_failed,     ///< 412: If-Match names a version that is no longer current.
    payload_too_large,       ///< 413
    unsupported_media_type,  ///< 415
    invalid,                 ///< 422: well-formed, but fields break rules; see `error::fields`.
    too_many_requests,       ///< 429
    headers_too_large,       ///< 431
    internal,                ///< 500: a bug or a broken dependency; the message is logged, never sent.
    unavailable,             ///< 503: draining, or a dependency is away.
    deadline_exceeded,       ///< 504: the request's own deadline passed.
};

/// One rule broken by one field. `pointer` is an RFC 6901 JSON pointer into the request body ("/name", "/tags/2"),
/// or "?limit" for a query parameter.
struct field_error {
    std::string pointer;
    std::string detail;
};

/// Collects field errors; the first one reported for a pointer wins, so that a value that could not be decoded
/// is not also reported as out of range. What comes after the first `most` is left out: whoever sends a body chooses
/// how many there are.
class field_errors {
  public:
    static constexpr std::size_t most = 100;

    void add(std::string_view pointer, std::string_view detail);
    bool has(std::string_view pointer) const;
    bool empty() const { return list_.empty(); }
    std::vector<field_error> take() && { return std::move(list_); }
    const std::vector<field_error>& list() const { return list_; }

  private:
    std::vector<field_error> list_;
};

struct error {
    errc code = errc::internal;
    std::string message;  ///< One sentence for the caller (for `internal`: for the log only).
    std::string kind;     ///< Stable machine-readable reason, e.g. "email_taken"; empty = the name of `code`.
    std::vector<field_error> fields;
    std::chrono::seconds retry_after{0};  ///< When asking again makes sense; 0: nothing is known.

    error() = default;
    error(errc c, std::string m) : code(c), message(std::move(m)) {}
    error(errc c, std::string m, std::string k) : code(c), message(std::move(m)), kind(std::move(k)) {}
    explicit error(field_errors&& errors);  ///< errc::invalid with the collected fields.
};

/// "not_found" for errc::not_found, and so on.
std::string_view name_of(errc code);

}  // namespace tenon
