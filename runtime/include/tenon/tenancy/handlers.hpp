// Tenants and their members over HTTP. Paths use the product's word: /v1/workspaces, /v1/workspaces/{id}/members.
#pragma once

#include <tenon/core/task.hpp>
#include <tenon/service/call.hpp>

namespace tenon::tenancy {

/// POST /v1/<tenants> {name}: 201 {id, name, created_at, updated_at, version}; the caller becomes its owner. Their
/// token goes on acting in the tenant it was made for.
task<result<http::response>> create(service::user_call& call);
/// GET /v1/<tenants>: {"items": [{id, name, role, created_at}], "next_cursor"} of the caller's own, by keyset.
task<result<http::response>> list_mine(service::user_call& call);
/// POST /v1/<tenants>/{id}/switch: fresh tokens whose active tenant is {id}; 404 unless the caller is a member. They
/// are a family of their own: the old tokens go on in the old tenant.
task<result<http::response>> switch_to(service::user_call& call);
/// POST /v1/<tenants>/{id}/leave: 204; 409 kind "last_owner".
task<result<http::response>> leave(service::user_call& call);

// The routes below act in the token's tenant; an {id} of any other tenant is 404.

/// GET /v1/<tenants>/{id}, with an ETag.
task<result<http::response>> get(service::tenant_call& call);
/// PATCH /v1/<tenants>/{id} {name?}, If-Match honoured.
task<result<http::response>> update(service::tenant_call& call);
/// GET /v1/<tenants>/{id}/members: {"items": [{user_id, email, name, role, joined_at}], "next_cursor"}.
task<result<http::response>> list_members(service::tenant_call& call);
/// POST /v1/<tenants>/{id}/members {email, role?}: adds an existing user; 201. The role must be one that the caller's
/// own includes (403 kind "role_above_own" otherwise). 404 kind "no_such_user", 409 kind "already_member".
task<result<http::response>> add_member(service::tenant_call& call);
/// PATCH /v1/<tenants>/{id}/members/{user_id} {role}: neither the old nor the new role above the caller's; 409 kind
/// "last_owner".
task<result<http::response>> change_role(service::tenant_call& call);
/// DELETE /v1/<tenants>/{id}/members/{user_id}: 204; the member's token families for this tenant end. 409 "last_owner".
task<result<http::response>> remove_member(service::tenant_call& call);

}  // namespace tenon::tenancy
