// The members of the token's tenant over HTTP: listing, adding, changing roles, removing.
#include <tenon/json/writer.hpp>
#include <tenon/service/kept_answer.hpp>
#include <tenon/service/lists.hpp>
#include <tenon/service/services.hpp>
#include <tenon/tenancy/handlers.hpp>
#include <tenon/tenants/operations.hpp>

#include "http/read_body.hpp"
#include "tenancy/paths.hpp"

namespace tenon::tenancy {
namespace {

void write_member(json::writer& out, const tenants::member& one) {
    out.begin_object();
    out.member("user_id", one.user);
    out.member("email", one.email);
    out.member("name", one.name);
    out.member("role", one.role);
    out.member("joined_at", one.joined_at);
    out.end_object();
}

std::string as_json(const tenants::member& one) {
    json::writer out;
    write_member(out, one);
    return std::move(out).take();
}

result<tenants::new_member> read_new_member(const http::request& request, const access::policy& policy) {
    const auto read = [&policy](json::object_reader& body, tenants::new_member& out) {
        std::string role(policy.roles[policy.default_role]);
        body.required("email", out.email);
        body.optional("role", role);
        out.role = std::move(role);
    };
    return http::read_body<tenants::new_member>(
        request, read, [&policy](auto& out, field_errors& errors) { tenants::check(out, policy, errors); });
}

result<tenants::role_change> read_role(const http::request& request, const access::policy& policy) {
    const auto read = [](json::object_reader& body, tenants::role_change& out) { body.required("role", out.role); };
    return http::read_body<tenants::role_change>(
        request, read, [&policy](auto& out, field_errors& errors) { tenants::check(out, policy, errors); });
}

}  // namespace

task<result<http::response>> list_members(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    CO_TRY_ASSIGN(auto request, service::read_list_request(call, tenants::members_shape));
    const auto who = call.context();
    CO_TRY_ASSIGN(const auto page, co_await tenants::list_members(who, std::move(request)));
    co_return service::page_response(page, write_member);
}

task<result<http::response>> add_member(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    CO_TRY_ASSIGN(auto input, read_new_member(call.request(), call.services().policy()));
    const auto who = call.context();
    const auto made_below = [&call](const tenants::member& one) {
        return http::created(path_below(call, one.user.value), as_json(one));
    };
    service::kept_answer<tenants::member> answer(call, made_below);
    CO_TRY_ASSIGN(const auto added, co_await tenants::add_member(who, std::move(input), &answer));
    co_return std::move(answer).of(added);
}

task<result<http::response>> change_role(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    CO_TRY_ASSIGN(const user_id member, call.path_id<user_tag>("user_id"));
    CO_TRY_ASSIGN(auto change, read_role(call.request(), call.services().policy()));
    const auto who = call.context();
    CO_TRY_ASSIGN(const auto changed, co_await tenants::change_role(who, member, std::move(change)));
    co_return http::ok(as_json(changed));
}

task<result<http::response>> remove_member(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    CO_TRY_ASSIGN(const user_id member, call.path_id<user_tag>("user_id"));
    const auto who = call.context();
    CO_TRY(co_await tenants::remove_member(who, member));
    co_return http::no_content();
}

}  // namespace tenon::tenancy
