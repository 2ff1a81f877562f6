// The stricter limits of operations that check or set passwords.
#pragma once

#include <string>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/operation/callers.hpp>

namespace tenon::accounts {

/// Counts an attempt at `account` (an e-mail address, as it is stored): what nobody can who has not read what is asked.
/// errc::too_many_requests when there were too many. Comes before anything that costs.
task<result<void>> admit_account(operation::visitor_context who, std::string account);
/// The attempt has got in: from then on, the guesses of others do not shut the caller's network out of this account. It
/// counts by its address where somebody logs in, and by its user where the password is changed.
task<void> attempt_succeeded(operation::visitor_context who, std::string account, user_id user);

}  // namespace tenon::accounts
