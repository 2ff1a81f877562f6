// Every endpoint on one screen: method, path, operation, who may, handler. `{{service.name.kebab}} routes` prints it.
#include "api/routes.hpp"

#include "access/permissions.hpp"
{{#handler_files}}
#include "api/{{.}}.hpp"
{{/handler_files}}

#include <tenon/app/handlers.hpp>
#include <tenon/auth/handlers.hpp>
#include <tenon/tenancy/handlers.hpp>

namespace {{service.space}}::api {

namespace {

using access::permission;
using tenon::http::method;
using tenon::service::open_route;
using tenon::service::tenant_route;
using tenon::service::user_route;
namespace app = tenon::app;
namespace auth = tenon::auth;
namespace tenancy = tenon::tenancy;

constexpr tenon::service::route table[] = {
    open_route(method::get, "/health", "health", app::health),
    open_route(method::get, "/ready", "ready", app::ready),
    open_route(method::get, "/metrics", "metrics", app::metrics),
    open_route(method::get, "/openapi.yaml", "openapi", app::openapi),
    open_route(method::get, "/openapi.json", "openapi_json", app::openapi_json),
    open_route(method::get, "/openapi.html", "openapi_page", app::openapi_page),
    open_route(method::get, "/problems/{code}", "problem", app::problem),

    open_route(method::post, "/v1/auth/sign-up", "sign_up", auth::sign_up),
    open_route(method::post, "/v1/auth/login", "login", auth::login),
    open_route(method::post, "/v1/auth/refresh", "refresh", auth::refresh),
    user_route(method::post, "/v1/auth/logout", "logout", auth::logout),
    user_route(method::post, "/v1/auth/password", "change_password", auth::change_password),
    user_route(method::get, "/v1/me", "me", auth::me),
    user_route(method::patch, "/v1/me", "update_me", auth::update_me),

    user_route(method::post, "{{tenant.route}}", "create_{{tenant.name.snake}}", tenancy::create),
    user_route(method::get, "{{tenant.route}}", "list_{{tenant.name.plural_snake}}", tenancy::list_mine),
    tenant_route(method::get, "{{tenant.route}}/{id}", "get_{{tenant.name.snake}}",
        permission::{{tenant_read}}, tenancy::get),
    tenant_route(method::patch, "{{tenant.route}}/{id}", "update_{{tenant.name.snake}}",
        permission::{{tenant_update}}, tenancy::update),
    user_route(method::post, "{{tenant.route}}/{id}/switch", "switch_{{tenant.name.snake}}", tenancy::switch_to),
    user_route(method::post, "{{tenant.route}}/{id}/leave", "leave_{{tenant.name.snake}}", tenancy::leave),
    tenant_route(method::get, "{{tenant.route}}/{id}/members", "list_members",
        permission::member_read, tenancy::list_members),
    tenant_route(method::post, "{{tenant.route}}/{id}/members", "add_member",
        permission::member_manage, tenancy::add_member),
    tenant_route(method::patch, "{{tenant.route}}/{id}/members/{user_id}", "change_role",
        permission::member_manage, tenancy::change_role),
    tenant_route(method::delete_, "{{tenant.route}}/{id}/members/{user_id}", "remove_member",
        permission::member_manage, tenancy::remove_member),
    {{#entities}}

    tenant_route(method::get, "{{route}}", "{{list_operation}}",
        permission::{{read_permission}}, list_{{plural_snake}}),
    tenant_route(method::post, "{{route}}", "{{create_operation}}",
        permission::{{create_permission}}, create_{{snake}}),
    tenant_route(method::get, "{{route}}/{id}", "{{get_operation}}",
        permission::{{read_permission}}, get_{{snake}}),
    tenant_route(method::patch, "{{route}}/{id}", "{{update_operation}}",
        permission::{{update_permission}}, update_{{snake}}),
    tenant_route(method::delete_, "{{route}}/{id}", "{{delete_operation}}",
        permission::{{delete_permission}}, delete_{{snake}}),
    {{#soft_delete}}
    tenant_route(method::post, "{{route}}/{id}/restore", "{{restore_operation}}",
        permission::{{delete_permission}}, restore_{{snake}}),
    {{/soft_delete}}
    {{#has_purge}}
    tenant_route(method::post, "{{route}}/{id}/purge", "{{purge_operation}}",
        permission::{{purge_permission}}, purge_{{snake}}),
    {{/has_purge}}
    {{/entities}}
};

}  // namespace

std::span<const tenon::service::route> routes() {
    return table;
}

}  // namespace {{service.space}}::api
