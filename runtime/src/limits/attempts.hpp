// The stricter limits of handlers that check or set passwords and tokens.
#pragma once

#include <string>

#include <tenon/http/call.hpp>

namespace tenon::limits {

/// Counts an attempt of the caller's address, and at `account` (an e-mail address or a user's id; empty: not known).
/// errc::too_many_requests when there were too many. Comes before anything that costs.
task<result<void>> admit_attempt(http::open_call& call, std::string account);

}  // namespace tenon::limits
