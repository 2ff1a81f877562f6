// What a handler is given: one type per kind of route, so that a handler cannot be mounted with less protection than
// it needs.
#pragma once

#include <string_view>

#include <tenon/access/policy.hpp>
#include <tenon/access/viewer.hpp>
#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/db/session.hpp>
#include <tenon/http/message.hpp>

namespace tenon::limits {
class rates_seen;
}

namespace tenon::service {

class claim;
class services;
struct call_access;  // the runtime's own: who a call is of

/// A request that anybody may send. Lives until its response has been written.
class open_call {
  public:
    open_call(const service::services& all, const http::request& request) : services_(all), request_(request) {}
    open_call(const open_call&) = delete;
    open_call& operator=(const open_call&) = delete;

    const service::services& services() const { return services_; }
    const http::request& request() const { return request_; }

    /// The path parameter `{name}`; empty when the route has none of that name.
    std::string_view path_parameter(std::string_view name) const;
    /// A path parameter that is an id. Anything that is not a UUID is errc::not_found, as an unknown id is.
    template <class Entity = void>
    result<id<Entity>> path_id(std::string_view name) const {
        auto parsed = id<Entity>::parse(path_parameter(name));
        if (!parsed) return error(errc::not_found, "There is nothing under this id.");
        return *parsed;
    }

  private:
    friend struct call_access;
    const service::services& services_;
    const http::request& request_;
    service::claim* claim_ = nullptr;
    limits::rates_seen* rates_ = nullptr;
    std::vector<std::pair<std::string, std::string>> path_parameters_;
};

/// A request of a signed-in user; no tenant's data is in reach.
class user_call : public open_call {
  public:
    using open_call::open_call;
    user_id user() const { return user_; }
    uuid auth_session() const { return auth_session_; }  ///< The refresh-token family that the access token belongs to.

  private:
    friend struct call_access;
    user_id user_;
    uuid auth_session_;
};

/// A request of a member, in one tenant, with a permission that the route table named and the role has.
class tenant_call : public user_call {
  public:
    using user_call::user_call;
    tenant_id tenant() const { return tenant_; }
    std::uint16_t role() const { return role_; }

    access::viewer viewer() const;

    /// A session bound to this tenant and to the request's deadline.
    db::tenant_session database() const;

    /// Says that the next statement of `open` is the last (see there), unless an Idempotency-Key adds another one.
    void commit_with_next(db::tenant_transaction& open) const;
    /// Commits, and gives `answer` back. With an Idempotency-Key the answer is kept in the same transaction, so that
    /// whoever asks again gets it, and whatever happens there is either neither effect nor answer, or both.
    /// errc::conflict when another request has taken the key over; the errors of a commit.
    task<result<http::response>> commit(db::tenant_transaction& open, http::response answer) const;

    /// True when the route's permission only covers rows that the caller created.
    bool only_own() const { return decision_ == access::decision::own; }
    /// errc::forbidden when the permission only covers own rows and this one is somebody else's.
    result<void> require_own(user_id created_by) const;
    /// errc::not_found unless the caller's role may read this row: `read` in full, or as its creator. For routes that
    /// change rows which not everybody may see.
    template <class Permission>
    result<void> require_visible(Permission read, user_id created_by) const {
        return require_visible_index(static_cast<std::uint16_t>(read), created_by);
    }
    /// errc::forbidden unless the role has `permission` in full (for options inside a route).
    template <class Permission>
    result<void> require(Permission permission) const {
        return require_index(static_cast<std::uint16_t>(permission));
    }
    /// errc::forbidden when the role has not `permission`; else whether only for rows that the caller created, which
    /// the route then has to see to (for options inside a route, such as listing deleted rows).
    template <class Permission>
    result<bool> require_or_own(Permission permission) const {
        return require_or_own_index(static_cast<std::uint16_t>(permission));
    }

  private:
    friend struct call_access;
    result<void> require_index(std::uint16_t permission) const;
    result<bool> require_or_own_index(std::uint16_t permission) const;
    result<void> require_visible_index(std::uint16_t read, user_id created_by) const;
    tenant_id tenant_;
    std::uint16_t role_ = 0;
    access::decision decision_ = access::decision::denied;
};

}  // namespace tenon::service
