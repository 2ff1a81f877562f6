// Accounts over HTTP: sign-up, login, token rotation, logout.
#pragma once

#include <tenon/core/task.hpp>
#include <tenon/service/call.hpp>

namespace tenon::auth {

// Tokens answer as {"access_token", "token_type": "Bearer", "expires_in": seconds, "refresh_token", "user_id",
// "<tenant>_id": active tenant or null}.

/// POST /v1/auth/sign-up {email, password (10..128 code points), name, <tenant>: name of the first tenant}: 201 with
/// tokens; the user founds that tenant as its owner. 409 kind "email_taken".
task<result<http::response>> sign_up(service::open_call& call);
/// POST /v1/auth/login {email, password, <tenant>_id?}: tokens for the named tenant, else the one joined first.
/// 401 kind "bad_credentials" for an unknown address and a wrong password alike, in the same time; 404 for a tenant
/// that the user is no member of.
task<result<http::response>> login(service::open_call& call);
/// POST /v1/auth/refresh {refresh_token}: rotates; a replay within 30 s answers the same successor, a later one revokes
/// the whole family (RFC 9700, section 4.14.2). 401.
task<result<http::response>> refresh(service::open_call& call);
/// POST /v1/auth/logout: revokes the caller's token family; 204.
task<result<http::response>> logout(service::user_call& call);
/// GET /v1/me: {id, email, name, created_at, updated_at, <tenant>_id: active tenant or null, <tenants>: [{id, name,
/// role, joined_at}]} of the user, with every tenant they belong to.
task<result<http::response>> me(service::user_call& call);
/// PATCH /v1/me {name?}: the same answer.
task<result<http::response>> update_me(service::user_call& call);
/// POST /v1/auth/password {current_password, new_password}: 204; revokes all other token families. A wrong current
/// password is a field error (422).
task<result<http::response>> change_password(service::user_call& call);

}  // namespace tenon::auth
