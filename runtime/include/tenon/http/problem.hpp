// Errors as RFC 9457 problem documents: the one form in which a service says no.
#pragma once

#include <span>
#include <string_view>

#include <tenon/core/error.hpp>
#include <tenon/http/message.hpp>

namespace tenon::http {

/// The HTTP status of an error code, as `errc` documents it.
int status_of(errc code);
/// "Not Found" for 404; "Unknown" for numbers without a name.
std::string_view reason_of(int status);

/// application/problem+json with type, title, status, detail, instance (the path), code (the error's kind), trace_id
/// (the request id) and, when fields are wrong, errors [{pointer, detail}]. 401 carries WWW-Authenticate, 429
/// and 503 Retry-After. The text of errc::internal never leaves the process.
response problem(const error& why, const request& request);
/// For refusals of the protocol itself, whose status has no errc (417, 501, 505).
response problem(int status, const error& why, const request& request);

/// A code that problem documents of the runtime have, in words.
struct problem_kind {
    std::string_view code;     ///< "stale_version"
    int status;                ///< The one that it mostly comes with.
    std::string_view meaning;  ///< What has happened, in a sentence or two.
    std::string_view remedy;   ///< What a client can do.
};

/// All of them, by code. A product's own handlers may answer with codes of their own besides.
std::span<const problem_kind> problem_kinds();
/// Null for a code that is not among them.
const problem_kind* find_problem_kind(std::string_view code);

}  // namespace tenon::http
