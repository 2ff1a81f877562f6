// Who has signed in, and what they are where they ask.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/uuid.hpp>

namespace tenon::operation {

/// What a valid access token says. It carries no role: that is asked per request (directory).
struct principal {
    user_id user;
    uuid session;                     ///< The refresh-token family that the token belongs to.
    std::optional<tenant_id> tenant;  ///< The active tenant, if any.

    principal() = default;
    principal(user_id u, uuid s, std::optional<tenant_id> t) : user(u), session(s), tenant(t) {}
};

/// What a living session may do in the tenant that was asked for.
struct standing {
    /// Index into policy::roles; empty without a tenant, for those who are no member of it, and for a role that the
    /// product no longer has.
    std::optional<std::uint16_t> role;
    bool is_role_unknown = false;  ///< A member, by a role that the product no longer has.

    standing() = default;
    explicit standing(std::optional<std::uint16_t> r) : role(r) {}
};

/// What a member hears whose role the product no longer has: errc::forbidden, kind "unknown_role".
error unknown_role();

/// Thread-safe.
class authenticator {
  public:
    virtual ~authenticator() = default;
    /// `authorization`: a header's value. CPU only: no database, no waiting, and therefore no word on whether the
    /// session has been ended since; that is asked of the directory before anything is done. errc::unauthorized without
    /// a valid `Bearer TOKEN`; kind "token_expired" when only the time is up, so that a client knows to refresh.
    virtual result<principal> authenticate(std::string_view authorization) const = 0;
};

/// Thread-safe.
class directory {
  public:
    virtual ~directory() = default;
    /// errc::unauthorized when the session has ended or its user is gone; errc::deadline_exceeded; errors of the
    /// database.
    virtual task<result<standing>> standing_of(user_id user, uuid session, std::optional<tenant_id> tenant,
                                               std::chrono::steady_clock::time_point deadline) const = 0;
    /// For whoever has taken something from a user (a role, a membership, a session), once that is committed: returns
    /// when no process on the same database can still answer from what was before.
    virtual task<void> enforce(user_id user) const = 0;
};

}  // namespace tenon::operation
