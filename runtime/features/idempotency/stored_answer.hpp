// An answer as bytes, to be kept and given again.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tenon/http/message.hpp>

namespace tenon::idempotency {

/// Status, the handler's headers, media type and body.
std::string as_bytes(const http::response& answer);
/// Empty for anything that `as_bytes` does not write.
std::optional<http::response> from_bytes(std::string_view bytes);

}  // namespace tenon::idempotency
