// Which users belong to which tenants, with what role, and whether their sessions live.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/uuid.hpp>

namespace tenon::app {
struct product;
}
namespace tenon::db {
class backend;
}

namespace tenon::tenancy {

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

/// Answers are kept for at most half a second, and only by this process. Thread-safe. Keeps references: both arguments
/// must outlive it.
class directory {
  public:
    directory(const app::product& product, db::backend& database);
    ~directory();
    directory(const directory&) = delete;
    directory& operator=(const directory&) = delete;

    /// errc::unauthorized when the session has ended or its user is gone; errc::deadline_exceeded; errors of the
    /// database.
    task<result<standing>> standing_of(user_id user, uuid session, std::optional<tenant_id> tenant,
                                       std::chrono::steady_clock::time_point deadline) const;

    /// For whoever has taken something from a user (a role, a membership, a session), once that is committed: this
    /// process forgets at once. Returns when no other process on the same database can still answer from what was
    /// before: about half a second later on PostgreSQL, at once on SQLite. Whoever is answered only then can rely on
    /// it.
    task<void> enforce(user_id user) const;

    struct parts;  // runtime/src/tenancy/directory_parts.hpp
    const parts& internals() const { return *parts_; }

  private:
    std::unique_ptr<parts> parts_;
};

}  // namespace tenon::tenancy
