// The caller's own account over HTTP.
#include <tenon/accounts/operations.hpp>
#include <tenon/auth/handlers.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/service/kept_answer.hpp>

#include "accounts/authority_parts.hpp"
#include "http/read_body.hpp"
#include "service/parts.hpp"

namespace tenon::auth {
namespace {

http::response shown(const service::user_call& call, const accounts::profile& found) {
    const tenant_names& names = service::part<accounts::authority>(call).internals().settings.tenant;
    json::writer out;
    out.begin_object();
    out.member("id", found.id);
    out.member("email", found.email);
    out.member("name", found.name);
    out.member("created_at", found.created_at);
    out.member("updated_at", found.updated_at);
    out.member(names.column, found.tenant);
    out.key(names.table);
    out.begin_array();
    for (const accounts::membership& each : found.memberships) {
        out.begin_object();
        out.member("id", each.tenant);
        out.member("name", each.name);
        out.member("role", each.role);
        out.member("joined_at", each.joined_at);
        out.end_object();
    }
    out.end_array();
    out.end_object();
    return http::ok(std::move(out).take());
}

result<accounts::profile_changes> read_profile_changes(const http::request& request) {
    const auto read = [](json::object_reader& body, accounts::profile_changes& out) {
        body.optional("name", out.name);
    };
    return http::read_body<accounts::profile_changes>(
        request, read, [](auto& out, field_errors& errors) { accounts::check(out, errors); });
}

result<accounts::password_change> read_password_change(const http::request& request) {
    const auto read = [](json::object_reader& body, accounts::password_change& out) {
        body.required("current_password", out.current);
        body.required("new_password", out.wanted);
    };
    return http::read_body<accounts::password_change>(
        request, read, [](auto& out, field_errors& errors) { accounts::check(out, errors); });
}

}  // namespace

task<result<http::response>> me(service::user_call& call) {
    const auto who = call.user_context();
    CO_TRY_ASSIGN(const auto found, co_await accounts::get_profile(who));
    co_return shown(call, found);
}

task<result<http::response>> update_me(service::user_call& call) {
    CO_TRY_ASSIGN(auto changes, read_profile_changes(call.request()));
    const auto who = call.user_context();
    CO_TRY_ASSIGN(const auto updated, co_await accounts::update_profile(who, std::move(changes)));
    co_return shown(call, updated);
}

task<result<http::response>> change_password(service::user_call& call) {
    CO_TRY_ASSIGN(auto change, read_password_change(call.request()));
    const auto who = call.user_context();
    service::kept_answer<operation::nothing> answer(call, service::no_content_for);
    CO_TRY(co_await accounts::change_password(who, std::move(change), &answer));
    co_return std::move(answer).of(operation::nothing());
}

}  // namespace tenon::auth
