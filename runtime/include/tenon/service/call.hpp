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
#include <tenon/operation/callers.hpp>
#include <tenon/operation/context.hpp>

namespace tenon::limits {
class rates_seen;
}

namespace tenon::service {

class claim;
class services;
struct call_access;  // the runtime's own: what it holds for a call
struct call_origin;  // the runtime's own: who a call is of

/// A request that anybody may send. Lives until its response has been written. Only the runtime makes calls: who they
/// are of has been proved.
class open_call {
  public:
    open_call(const call_origin& from, const service::services& all, const http::request& request);
    open_call(const open_call&) = delete;
    open_call& operator=(const open_call&) = delete;

    const service::services& services() const { return services_; }
    const http::request& request() const { return request_; }
    /// What operations for anybody are given. The call outlives it.
    operation::visitor_context visitor_context() const;

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
    user_call(const call_origin& from, const service::services& all, const http::request& request);
    /// What operations for a signed-in user are given. The call outlives it.
    operation::user_context user_context() const;
    user_id user() const { return user_; }
    uuid auth_session() const { return auth_session_; }  ///< The refresh-token family that the access token belongs to.

  private:
    user_id user_;
    uuid auth_session_;
};

/// A request of a member, in one tenant, with a permission that the route table named and the role has.
class tenant_call : public user_call, private operation::condition {
  public:
    tenant_call(const call_origin& from, const service::services& all, const http::request& request);
    tenant_id tenant() const { return tenant_; }
    std::uint16_t role() const { return role_; }

    /// What operations are given: they ask for the same rights, and refuse versions that the request does not mean.
    /// The call outlives it.
    operation::context context() const;
    access::viewer viewer() const { return context().viewer(); }
    /// A session bound to this tenant and to the request's deadline.
    db::tenant_session database() const { return context().database(); }

    /// Says that the next statement of `open` is the last (see there), unless an Idempotency-Key adds another one.
    void commit_with_next(db::tenant_transaction& open) const;
    /// Commits, and gives `answer` back. With an Idempotency-Key the answer is kept in the same transaction, so that
    /// whoever asks again gets it, and whatever happens there is either neither effect nor answer, or both.
    /// errc::conflict when another request has taken the key over; the errors of a commit.
    task<result<http::response>> commit(db::tenant_transaction& open, http::response answer) const;

    /// True when the route's permission only covers rows that the caller created.
    bool only_own() const { return decision_ == access::decision::own; }
    /// errc::forbidden when the route's permission only covers own rows and this one is somebody else's.
    result<void> require_own(user_id created_by) const;
    /// See operation::context, all three.
    template <class Permission>
    result<void> require_visible(Permission read, user_id created_by) const {
        return context().require_visible(read, created_by);
    }
    template <class Permission>
    result<void> require(Permission permission) const {
        return context().require(permission);
    }
    template <class Permission>
    result<bool> require_or_own(Permission permission) const {
        return context().require_or_own(permission);
    }

  private:
    result<void> check(std::int64_t version) const override;

    tenant_id tenant_;
    std::uint16_t role_;
    access::decision decision_;
};

}  // namespace tenon::service
