// Sign-up, login, refresh and logout over HTTP.
#include <tenon/accounts/operations.hpp>
#include <tenon/auth/handlers.hpp>
#include <tenon/service/kept_answer.hpp>

#include "accounts/authority_parts.hpp"
#include "auth/token_answer.hpp"
#include "http/read_body.hpp"
#include "service/parts.hpp"

namespace tenon::auth {
namespace {

const tenant_names& names(const service::open_call& call) {
    return service::part<accounts::authority>(call).internals().settings.tenant;
}

result<accounts::new_account> read_new_account(const http::request& request, const tenant_names& names) {
    const auto read = [&names](json::object_reader& body, accounts::new_account& out) {
        body.required("email", out.email);
        body.required("password", out.password);
        body.required("name", out.name);
        body.required(names.singular, out.tenant);
    };
    return http::read_body<accounts::new_account>(
        request, read, [&names](auto& out, field_errors& errors) { accounts::check(out, names.singular, errors); });
}

result<accounts::credentials> read_credentials(const http::request& request, const tenant_names& names) {
    return http::read_body<accounts::credentials>(request,
                                                  [&names](json::object_reader& body, accounts::credentials& out) {
                                                      body.required("email", out.email);
                                                      body.required("password", out.password);
                                                      body.optional(names.column, out.tenant);
                                                  });
}

result<std::string> read_refresh_token(const http::request& request) {
    return http::read_body<std::string>(
        request, [](json::object_reader& body, std::string& out) { body.required("refresh_token", out); });
}

}  // namespace

task<result<http::response>> sign_up(service::open_call& call) {
    CO_TRY_ASSIGN(auto input, read_new_account(call.request(), names(call)));
    const auto who = call.visitor_context();
    service::kept_answer<accounts::tokens> answer(call, token_answer(201, names(call)));
    CO_TRY_ASSIGN(const auto made, co_await accounts::sign_up(who, std::move(input), &answer));
    co_return std::move(answer).of(made);
}

task<result<http::response>> login(service::open_call& call) {
    CO_TRY_ASSIGN(auto input, read_credentials(call.request(), names(call)));
    const auto who = call.visitor_context();
    service::kept_answer<accounts::tokens> answer(call, token_answer(200, names(call)));
    CO_TRY_ASSIGN(const auto made, co_await accounts::login(who, std::move(input), &answer));
    co_return std::move(answer).of(made);
}

task<result<http::response>> refresh(service::open_call& call) {
    CO_TRY_ASSIGN(auto presented, read_refresh_token(call.request()));
    const auto who = call.visitor_context();
    CO_TRY_ASSIGN(const auto made, co_await accounts::refresh(who, std::move(presented)));
    co_return token_answer(200, names(call))(made);
}

task<result<http::response>> logout(service::user_call& call) {
    const auto who = call.user_context();
    service::kept_answer<operation::nothing> answer(call, service::no_content_for);
    CO_TRY(co_await accounts::logout(who, &answer));
    co_return std::move(answer).of(operation::nothing());
}

}  // namespace tenon::auth
