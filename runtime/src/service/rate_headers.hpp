// What an answer says about limits: RateLimit-Policy and RateLimit, and the older X-RateLimit-* headers.
#pragma once

#include <tenon/http/message.hpp>

#include "limits/rates_seen.hpp"

namespace tenon::service {

/// Nothing when nothing was counted. The older headers speak of the limit with the least left; X-RateLimit-Reset is in
/// seconds from now, as everything here.
void add_rate_headers(http::response& to, const limits::rates_seen& seen);

}  // namespace tenon::service
