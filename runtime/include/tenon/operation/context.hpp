// For whom, and by what means, an operation is done: what every operation of a product is given, whoever asks for it.
#pragma once

#include <chrono>
#include <cstdint>

#include <tenon/access/policy.hpp>
#include <tenon/access/viewer.hpp>
#include <tenon/core/error.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/db/session.hpp>
#include <tenon/operation/product_parts.hpp>

namespace tenon::limits {
class limiter;
}
namespace tenon::observe {
class metrics;
}
namespace tenon::paging {
class cursor_codec;
}

namespace tenon::operation {

struct surroundings;  // the runtime's own: what one running service consists of

/// Which versions of a record may be read or changed: of a request, its If-Match and If-None-Match.
class condition {
  public:
    virtual ~condition() = default;
    /// errc::precondition_failed for a version that is not meant.
    virtual result<void> check(std::int64_t version) const = 0;
};

/// By what an operation came to be asked for.
enum class means : std::uint8_t {
    http,
    program,  ///< Code of the product itself, on behalf of a member.
};

/// A member at work in one tenant. Only the runtime makes one: who it stands for has been proved. Cheap to copy; what
/// it was made from outlives it.
class context {
  public:
    context(const surroundings& all, tenant_id tenant, user_id user, std::uint16_t role, means by,
            std::chrono::steady_clock::time_point deadline, const condition* only = nullptr)
        : all_(&all), only_(only), tenant_(tenant), user_(user), deadline_(deadline), role_(role), by_(by) {}

    tenant_id tenant() const { return tenant_; }
    user_id user() const { return user_; }
    std::uint16_t role() const { return role_; }
    means by() const { return by_; }
    /// Whatever is asked of the database by then ends with errc::deadline_exceeded.
    std::chrono::steady_clock::time_point deadline() const { return deadline_; }

    access::viewer viewer() const;
    /// A session bound to this tenant and to the deadline.
    db::tenant_session database() const;
    const access::policy& policy() const;
    const paging::cursor_codec& cursors() const;
    limits::limiter& limits() const;  ///< Quotas, leases, cooldowns, locks, cache.
    observe::metrics& metrics() const;
    const product_parts& parts() const;  ///< What the product's own code stands on.

    /// errc::forbidden unless the role has `permission` in full.
    template <class Permission>
    result<void> require(Permission permission) const {
        return require_in_full(static_cast<std::uint16_t>(permission));
    }
    /// errc::forbidden when the role has not `permission`; else whether only for rows that the user created, which
    /// whoever asks then has to see to.
    template <class Permission>
    result<bool> require_or_own(Permission permission) const {
        return is_only_own(static_cast<std::uint16_t>(permission));
    }
    /// errc::forbidden when the role has not `permission`, or only for rows that the user created and this is another.
    template <class Permission>
    result<void> require_for(Permission permission, user_id created_by) const {
        return require_row(static_cast<std::uint16_t>(permission), created_by);
    }
    /// errc::not_found unless the role may read this row: `read` in full, or as its creator.
    template <class Permission>
    result<void> require_visible(Permission read, user_id created_by) const {
        return require_seen(static_cast<std::uint16_t>(read), created_by);
    }
    /// errc::precondition_failed when whoever asks meant another version of the record.
    result<void> check_version(std::int64_t version) const;

  private:
    friend class key_hold;  // see once.hpp
    friend struct inner;    // the runtime's own
    result<void> require_in_full(std::uint16_t permission) const;
    result<bool> is_only_own(std::uint16_t permission) const;
    result<void> require_row(std::uint16_t permission, user_id created_by) const;
    result<void> require_seen(std::uint16_t read, user_id created_by) const;

    const surroundings* all_;
    const condition* only_;
    tenant_id tenant_;
    user_id user_;
    std::chrono::steady_clock::time_point deadline_;
    std::uint16_t role_;
    means by_;
};

}  // namespace tenon::operation
