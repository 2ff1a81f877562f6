// Sessions: families of refresh tokens, each token good for one rotation.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <tenon/core/task.hpp>

#include <tenon/accounts/operations.hpp>

#include "accounts/authority_parts.hpp"
#include "db/own_session.hpp"

namespace tenon::accounts {

/// How long the presenter of a token that was already rotated is taken for the same client asking again (a lost answer,
/// two tabs) and gets the same successor; later it is taken for a thief.
inline constexpr std::chrono::seconds rotation_grace(30);

struct token_set {
    operation::principal who;
    std::string refresh_token;
    token_set() = default;
    token_set(operation::principal w, std::string t) : who(std::move(w)), refresh_token(std::move(t)) {}
};

/// Starts a family for `user`, acting in `tenant`, inside the caller's transaction.
task<result<token_set>> open_family(authority::parts& own, db::own_transaction& open, user_id user,
                                    std::optional<tenant_id> tenant);

/// Rotates a refresh token. errc::unauthorized for one that is unknown, expired or of an ended family; one that was
/// rotated longer than the grace ago ends its family, which `sessions` then enforces.
task<result<token_set>> rotate(authority::parts& own, const operation::directory& sessions, std::string presented,
                               std::chrono::steady_clock::time_point deadline);

/// Which families to end: those of one user, of one tenant or one session only, or all but one.
struct family_filter {
    user_id user;
    std::optional<tenant_id> tenant;
    std::optional<uuid> only;
    std::optional<uuid> except;
    explicit family_filter(user_id u) : user(u) {}
};

/// Marks the families as ended and says how many there were. Once that is committed, their access tokens are refused
/// behind `directory::enforce`.
task<result<std::size_t>> end_families(db::own_transaction& open, family_filter which);

/// With an access token, as a client gets them.
tokens issue(const authority::parts& own, const token_set& made);

}  // namespace tenon::accounts
