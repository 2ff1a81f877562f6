// From an e-mail address to the account that it names, or to what stands in for one.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "accounts/account_input.hpp"
#include "accounts/authority_parts.hpp"

namespace tenon::accounts {

/// The account of an email_address, by its `known_as`: somebody who has one from before addresses had one form keeps
/// it.
inline constexpr std::string_view of_address =
    " FROM users WHERE email IN ($1, $2, $3, $4) AND deleted_at IS NULL "
    "ORDER BY CASE email WHEN $1 THEN 0 WHEN $2 THEN 1 ELSE 2 END LIMIT 1";
db::values parameters_of(const email_address& email);

struct stored_account {
    user_id user;
    std::string password_hash;  ///< Empty: there is no such account.
    std::string stand_in;  ///< Somebody's hash, always the same one for an address; empty while there are no users.
    stored_account() = default;
};

/// Asks the database the same questions whether or not there is an account.
task<result<stored_account>> find_account(authority::parts& own, email_address email,
                                          std::chrono::steady_clock::time_point deadline);

}  // namespace tenon::accounts
