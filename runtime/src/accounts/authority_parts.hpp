// What the operations on accounts share.
#pragma once

#include "accounts/authority.hpp"
#include "db/backend.hpp"

#include "accounts/access_tokens.hpp"
#include "accounts/password_hasher.hpp"

namespace tenon::accounts {

struct authority::parts {
    const accounts::settings settings;
    db::backend& database;
    access_tokens access;
    password_hasher passwords;
    const std::string stand_in_key;  ///< Chooses whose hash stands in for an address without an account.

    parts(accounts::settings wanted, db::backend& d);
};

}  // namespace tenon::accounts
