// The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-07), quoted as a Structured Field or bare.
#pragma once

#include <string>
#include <string_view>

#include <tenon/core/error.hpp>
#include <tenon/http/message.hpp>

namespace tenon::idempotency {

inline constexpr std::string_view key_header = "Idempotency-Key";
inline constexpr std::size_t key_length_max = 255;

/// Whether the request is one that keys are for, and has one, good or bad.
bool is_asked(const http::request& request);
/// The key that a header's value names: `"abc"` and `abc` are the same. errc::bad_request, kind
/// "bad_idempotency_key", unless it has 1 to 255 visible ASCII characters.
result<std::string> parse_key(std::string_view value);
/// The key of a request that `is_asked`; two headers are bad_request as well.
result<std::string> read_key(const http::request& request);

}  // namespace tenon::idempotency
