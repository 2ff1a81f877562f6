// Looks accounts up by their address.
#include "accounts/account_lookup.hpp"

#include "crypto/digest.hpp"
#include "db/own_session.hpp"

namespace tenon::accounts {
namespace {

/// Where an address that has no account is taken to be among those that have one: nobody can tell beforehand.
std::string place_among_users(const authority::parts& own, std::string_view email) {
    std::string out;
    for (const std::uint8_t byte : crypto::hmac_sha256(own.stand_in_key, email))
        out += static_cast<char>('a' + byte % 26);
    return out;
}

/// A hash that costs what those of users cost, also after the parameters have changed.
task<result<std::string>> find_stand_in(authority::parts& own, db::own_session& session, std::string email) {
    const auto place = db::args(place_among_users(own, email));
    for (const char* text : {"SELECT password_hash FROM users WHERE email >= $1 ORDER BY email LIMIT 1",
                             "SELECT password_hash FROM users WHERE email < $1 ORDER BY email LIMIT 1"}) {
        CO_TRY_ASSIGN(const db::rows found, co_await session.read(text, place));
        if (!found.empty()) co_return found[0].get<std::string>(0);
    }
    co_return std::string();
}

}  // namespace

db::values parameters_of(const email_address& email) {
    return db::args(email.known_as[0], email.known_as[1], email.known_as[2], email.known_as[3]);
}

task<result<stored_account>> find_account(authority::parts& own, email_address email,
                                          std::chrono::steady_clock::time_point deadline) {
    db::own_session session(own.database, deadline, db::row_scope::of_service());
    static const std::string text = std::string("SELECT id, password_hash").append(of_address);
    CO_TRY_ASSIGN(const db::rows found, co_await session.read(text, parameters_of(email)));
    stored_account out;
    if (!found.empty()) {
        found[0].read(0, out.user);
        found[0].read(1, out.password_hash);
    }
    CO_TRY_ASSIGN(out.stand_in, co_await find_stand_in(own, session, std::move(email.stored)));
    co_return out;
}

}  // namespace tenon::accounts
