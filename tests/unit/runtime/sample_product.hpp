// A product with nothing but accounts, tenants and members, for the tests of those.
#pragma once

#include <tenon/app/product.hpp>
#include <tenon/auth/handlers.hpp>
#include <tenon/tenancy/handlers.hpp>

#include "feature_tables.hpp"

namespace tenon::test {

enum class permission : std::uint16_t { workspace_read, workspace_manage, members_read, members_manage };
enum class role : std::uint16_t { owner, admin, member };

inline constexpr std::string_view role_names[] = {"owner", "admin", "member"};
inline constexpr std::string_view permission_names[] = {"workspace:read", "workspace:manage", "members:read",
                                                        "members:manage"};
inline constexpr auto yes = access::decision::allowed;
inline constexpr auto no = access::decision::denied;
inline constexpr access::decision matrix[] = {
    yes, yes, yes, yes,  // owner
    yes, yes, yes, yes,  // admin
    yes, no,  yes, no,   // member
};
inline constexpr std::uint64_t at_least[] = {0b111, 0b110, 0b100};

inline constexpr service::route sample_routes[] = {
    service::open_route(http::method::post, "/v1/auth/sign-up", "sign_up", &auth::sign_up),
    service::open_route(http::method::post, "/v1/auth/login", "login", &auth::login),
    service::open_route(http::method::post, "/v1/auth/refresh", "refresh", &auth::refresh),
    service::user_route(http::method::post, "/v1/auth/logout", "logout", &auth::logout),
    service::user_route(http::method::post, "/v1/auth/password", "change_password", &auth::change_password),
    service::user_route(http::method::get, "/v1/me", "me", &auth::me),
    service::user_route(http::method::patch, "/v1/me", "update_me", &auth::update_me),
    service::user_route(http::method::post, "/v1/workspaces", "create_workspace", &tenancy::create),
    service::user_route(http::method::get, "/v1/workspaces", "list_workspaces", &tenancy::list_mine),
    service::user_route(http::method::post, "/v1/workspaces/{id}/switch", "switch_workspace", &tenancy::switch_to),
    service::user_route(http::method::post, "/v1/workspaces/{id}/leave", "leave_workspace", &tenancy::leave),
    service::tenant_route(http::method::get, "/v1/workspaces/{id}", "get_workspace", permission::workspace_read,
                          &tenancy::get),
    service::tenant_route(http::method::patch, "/v1/workspaces/{id}", "update_workspace", permission::workspace_manage,
                          &tenancy::update),
    service::tenant_route(http::method::get, "/v1/workspaces/{id}/members", "list_members", permission::members_read,
                          &tenancy::list_members),
    service::tenant_route(http::method::post, "/v1/workspaces/{id}/members", "add_member", permission::members_manage,
                          &tenancy::add_member),
    service::tenant_route(http::method::patch, "/v1/workspaces/{id}/members/{user_id}", "change_role",
                          permission::members_manage, &tenancy::change_role),
    service::tenant_route(http::method::delete_, "/v1/workspaces/{id}/members/{user_id}", "remove_member",
                          permission::members_manage, &tenancy::remove_member),
};

inline const app::product& sample_product() {
    static const std::string sqlite = feature_tables("sqlite");
    static const std::string postgres = feature_tables("postgres");
    static const db::migration on_sqlite[] = {{"0001_initial", sqlite, "-- irreversible: a test"}};
    static const db::migration on_postgres[] = {{"0001_initial", postgres, "-- irreversible: a test"}};
    static const app::product out = [] {
        app::product p;
        p.name = "sample";
        p.title = "Sample";
        p.version = "1.0.0";
        p.tenant.singular = "workspace";
        p.tenant.table = "workspaces";
        p.tenant.column = "workspace_id";
        p.policy.roles = role_names;
        p.policy.permissions = permission_names;
        p.policy.matrix = matrix;
        p.policy.at_least = at_least;
        p.policy.owner_role = static_cast<std::uint16_t>(role::owner);
        p.policy.default_role = static_cast<std::uint16_t>(role::member);
        p.policy.read_members = static_cast<std::uint16_t>(permission::members_read);
        p.policy.manage_members = static_cast<std::uint16_t>(permission::members_manage);
        p.policy.read_tenant = static_cast<std::uint16_t>(permission::workspace_read);
        p.policy.manage_tenant = static_cast<std::uint16_t>(permission::workspace_manage);
        p.routes = sample_routes;
        p.sqlite_migrations = on_sqlite;
        p.postgres_migrations = on_postgres;
        return p;
    }();
    return out;
}

}  // namespace tenon::test
