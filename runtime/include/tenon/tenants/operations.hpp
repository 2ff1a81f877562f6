// What can be done with tenants and their members, whoever asks and by whatever means.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <tenon/accounts/operations.hpp>
#include <tenon/core/error.hpp>
#include <tenon/core/patch.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/operation/callers.hpp>
#include <tenon/operation/context.hpp>
#include <tenon/operation/keeper.hpp>
#include <tenon/paging/list_request.hpp>

namespace tenon::tenants {

struct tenant {
    tenant_id id;
    std::string name;
    instant created_at;
    instant updated_at;
    std::int64_t version = 1;
};

struct new_tenant {
    std::string name;  ///< 1 to 120 code points, not only blanks.
};

struct tenant_changes {
    patch<std::string> name;
};

/// A tenant, as one of its members has it.
struct own_tenant {
    tenant_id id;
    std::string name;
    std::string role;
    instant created_at;
};

struct member {
    user_id user;
    std::string email;
    std::string name;
    std::string role;
    instant joined_at;
};

/// A user who has an account already.
struct new_member {
    std::string email;
    std::optional<std::string> role;  ///< Its name; else the product's default.
};

struct role_change {
    std::string role;  ///< Its name.
};

// Each of these brings names into the form that is stored, and adds an error for each value that may not be. Operations
// ask it as well; whoever reads what somebody has sent asks it beside their own errors, so that all are told at once.
void check(new_tenant& input, field_errors& errors);
void check(tenant_changes& changes, field_errors& errors);
void check(const new_member& input, const access::policy& policy, field_errors& errors);
void check(const role_change& change, const access::policy& policy, field_errors& errors);

/// What lists of own tenants and of members allow.
extern const paging::list_shape own_tenants_shape;
extern const paging::list_shape members_shape;

// Every operation also gives errc::deadline_exceeded and the errors of the database.

/// The user becomes its owner. Their session goes on acting where it did.
task<result<tenant>> create_tenant(operation::user_context who, new_tenant input,
                                   operation::keeper<tenant>* kept = nullptr);
/// `request` was read against own_tenants_shape.
task<result<paging::page<own_tenant>>> list_tenants(operation::user_context who, paging::list_request request);
/// A session of its own that acts in `wanted`; others go on where they are. errc::not_found unless a member.
task<result<accounts::tokens>> switch_tenant(operation::user_context who, tenant_id wanted,
                                             operation::keeper<accounts::tokens>* kept = nullptr);
/// errc::not_found unless a member; errc::conflict, kind "last_owner".
task<result<void>> leave_tenant(operation::user_context who, tenant_id left,
                                operation::keeper<operation::nothing>* kept = nullptr);

// Those below are about the tenant that `who` is at work in. errc::forbidden where the role has not the permission.

task<result<tenant>> get_tenant(operation::context who);
/// errc::precondition_failed for a version that is not meant.
task<result<tenant>> update_tenant(operation::context who, tenant_changes changes);
/// `request` was read against members_shape.
task<result<paging::page<member>>> list_members(operation::context who, paging::list_request request);
/// The role must be one that the caller's own includes: errc::forbidden, kind "role_above_own". errc::not_found, kind
/// "no_such_user"; errc::conflict, kind "already_member".
task<result<member>> add_member(operation::context who, new_member input, operation::keeper<member>* kept = nullptr);
/// Neither the old nor the new role may be above the caller's; errc::conflict, kind "last_owner"; errc::not_found.
task<result<member>> change_role(operation::context who, user_id user, role_change change);
/// Ends what the member has going in the tenant as well. As change_role.
task<result<void>> remove_member(operation::context who, user_id user);

}  // namespace tenon::tenants
