// The stricter limits of handlers that check or set passwords.
#pragma once

#include <string>

#include <tenon/service/call.hpp>

namespace tenon::service {

/// Counts an attempt of the caller at `account` (an e-mail address, as it is stored): what the dispatcher cannot,
/// because it has not read the body. errc::too_many_requests when there were too many. Comes before anything that
/// costs.
task<result<void>> admit_account(open_call& call, std::string account);
/// The attempt has got in: from then on, the guesses of others do not shut the caller's network out.
task<void> attempt_succeeded(open_call& call, std::string account);

}  // namespace tenon::service
