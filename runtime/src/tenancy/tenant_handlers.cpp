// Tenants over HTTP: founding, listing one's own, reading, renaming, switching, leaving.
#include <tenon/http/etag.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/service/kept_answer.hpp>
#include <tenon/service/lists.hpp>
#include <tenon/tenancy/handlers.hpp>
#include <tenon/tenants/operations.hpp>

#include "accounts/authority_parts.hpp"
#include "auth/token_answer.hpp"
#include "http/read_body.hpp"
#include "service/parts.hpp"
#include "tenancy/paths.hpp"

namespace tenon::tenancy {
namespace {

std::string as_json(const tenants::tenant& one) {
    json::writer out;
    out.begin_object();
    out.member("id", one.id);
    out.member("name", one.name);
    out.member("created_at", one.created_at);
    out.member("updated_at", one.updated_at);
    out.member("version", one.version);
    out.end_object();
    return std::move(out).take();
}

void write_own(json::writer& out, const tenants::own_tenant& one) {
    out.begin_object();
    out.member("id", one.id);
    out.member("name", one.name);
    out.member("role", one.role);
    out.member("created_at", one.created_at);
    out.end_object();
}

http::response shown(const tenants::tenant& one) {
    return http::ok(as_json(one)).with("ETag", http::etag(one.version));
}

result<tenants::new_tenant> read_new_tenant(const http::request& request) {
    const auto read = [](json::object_reader& body, tenants::new_tenant& out) { body.required("name", out.name); };
    return http::read_body<tenants::new_tenant>(request, read,
                                                [](auto& out, field_errors& errors) { tenants::check(out, errors); });
}

result<tenants::tenant_changes> read_tenant_changes(const http::request& request) {
    const auto read = [](json::object_reader& body, tenants::tenant_changes& out) { body.optional("name", out.name); };
    return http::read_body<tenants::tenant_changes>(
        request, read, [](auto& out, field_errors& errors) { tenants::check(out, errors); });
}

}  // namespace

task<result<http::response>> create(service::user_call& call) {
    CO_TRY_ASSIGN(auto input, read_new_tenant(call.request()));
    const auto who = call.user_context();
    const auto made_below = [&call](const tenants::tenant& one) {
        return http::created(path_below(call, one.id.value), as_json(one)).with("ETag", http::etag(one.version));
    };
    service::kept_answer<tenants::tenant> answer(call, made_below);
    CO_TRY_ASSIGN(const auto made, co_await tenants::create_tenant(who, std::move(input), &answer));
    co_return std::move(answer).of(made);
}

task<result<http::response>> list_mine(service::user_call& call) {
    CO_TRY_ASSIGN(auto request, service::read_list_request(call, tenants::own_tenants_shape));
    const auto who = call.user_context();
    CO_TRY_ASSIGN(const auto page, co_await tenants::list_tenants(who, std::move(request)));
    co_return service::page_response(page, write_own);
}

task<result<http::response>> switch_to(service::user_call& call) {
    CO_TRY_ASSIGN(const tenant_id wanted, call.path_id<tenant_tag>("id"));
    const auto who = call.user_context();
    const tenant_names& names = service::part<accounts::authority>(call).internals().settings.tenant;
    service::kept_answer<accounts::tokens> answer(call, auth::token_answer(200, names));
    CO_TRY_ASSIGN(const auto made, co_await tenants::switch_tenant(who, wanted, &answer));
    co_return std::move(answer).of(made);
}

task<result<http::response>> leave(service::user_call& call) {
    CO_TRY_ASSIGN(const tenant_id left, call.path_id<tenant_tag>("id"));
    const auto who = call.user_context();
    service::kept_answer<operation::nothing> answer(call, service::no_content_for);
    CO_TRY(co_await tenants::leave_tenant(who, left, &answer));
    co_return std::move(answer).of(operation::nothing());
}

task<result<http::response>> get(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    const auto who = call.context();
    CO_TRY_ASSIGN(const auto found, co_await tenants::get_tenant(who));
    CO_TRY(who.check_version(found.version));
    if (http::not_modified(call.request(), found.version)) co_return http::unchanged(found.version);
    co_return shown(found);
}

task<result<http::response>> update(service::tenant_call& call) {
    CO_TRY(require_own_tenant(call));
    CO_TRY_ASSIGN(auto changes, read_tenant_changes(call.request()));
    const auto who = call.context();
    CO_TRY_ASSIGN(const auto updated, co_await tenants::update_tenant(who, std::move(changes)));
    co_return shown(updated);
}

}  // namespace tenon::tenancy
