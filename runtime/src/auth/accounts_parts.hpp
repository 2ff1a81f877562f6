// What the account handlers share.
#pragma once

#include "auth/accounts.hpp"
#include "db/backend.hpp"

#include "auth/access_tokens.hpp"
#include "auth/password_hasher.hpp"

namespace tenon::auth {

struct accounts::parts {
    const auth::settings settings;
    db::backend& database;
    access_tokens access;
    password_hasher passwords;
    const std::string stand_in_key;  ///< Chooses whose hash stands in for an address without an account.

    parts(auth::settings wanted, db::backend& d);
};

}  // namespace tenon::auth
