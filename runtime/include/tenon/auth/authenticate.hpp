// Who sent a request: the bearer token of its Authorization header, checked.
#pragma once

#include <optional>

#include <tenon/core/error.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/http/message.hpp>

namespace tenon::app {
class services;
}

namespace tenon::auth {

/// What a valid access token says. It carries no role: that is asked per request (tenancy::directory).
struct principal {
    user_id user;
    uuid session;                     ///< The refresh-token family that the token belongs to.
    std::optional<tenant_id> tenant;  ///< The active tenant, if any.

    principal() = default;
    principal(user_id u, uuid s, std::optional<tenant_id> t) : user(u), session(s), tenant(t) {}
};

/// CPU only: no database, no waiting, and therefore no word on whether the session has been ended since; routes for
/// signed-in callers have that asked before their handler runs (tenancy::directory). errc::unauthorized without a valid
/// `Authorization: Bearer …`; kind "token_expired" when only the time is up, so that a client knows to refresh.
result<principal> authenticate(const app::services& services, const http::request& request);

}  // namespace tenon::auth
