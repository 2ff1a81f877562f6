// From an e-mail address to the account that it names, or to what stands in for one.
#pragma once

#include <chrono>
#include <string>

#include "auth/accounts_parts.hpp"

namespace tenon::auth {

struct stored_account {
    user_id user;
    std::string password_hash;  ///< Empty: there is no such account.
    std::string stand_in;  ///< Somebody's hash, always the same one for an address; empty while there are no users.
    stored_account() = default;
};

/// Asks the database the same questions whether or not there is an account.
task<result<stored_account>> find_account(accounts::parts& own, std::string email,
                                          std::chrono::steady_clock::time_point deadline);

}  // namespace tenon::auth
