// Who gets through to a handler: every kind of route against every kind of caller, and what is logged about it.
#include "service/dispatch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include <tenon/json/reader.hpp>
#include <tenon/loop/event_loop.hpp>

#include "limits/memory_store.hpp"
#include "observe/log_sink.hpp"
#include "operation/registry.hpp"

namespace tenon::service {
namespace {

using http::exchange;
using http::header;
using http::method;
using http::response;

using testing::HasSubstr;
using testing::Not;

enum class permission : std::uint16_t { read, write };
constexpr std::string_view roles[] = {"admin", "member"};
constexpr std::string_view permissions[] = {"task:read", "task:write"};
constexpr access::decision matrix[] = {access::decision::allowed, access::decision::allowed,  //
                                       access::decision::own, access::decision::denied};
constexpr std::uint64_t at_least[] = {3, 2};

task<result<response>> open_one(open_call& call) {
    co_return response(200, "text/plain", "open " + std::string(call.path_parameter("id")));
}
task<result<response>> user_one(user_call& call) {
    co_return response(200, "text/plain", "user " + call.user().to_string());
}
task<result<response>> tenant_one(tenant_call& call) {
    co_return response(200, "text/plain", std::string(call.only_own() ? "own " : "all ") + call.tenant().to_string());
}
task<result<response>> throwing(open_call&) {
    throw std::runtime_error("password=hunter2-in-exception");
    co_return response(200);
}
task<result<response>> broken(open_call&) {
    co_return error(errc::internal, "the table is on fire");
}

constexpr route table[] = {
    open_route(method::get, "/open/{id}", "open", open_one),
    open_route(method::get, "/health", "health", open_one),
    open_route(method::get, "/throw", "throw", throwing),
    open_route(method::get, "/broken", "broken", broken),
    user_route(method::get, "/me", "me", user_one),
    tenant_route(method::get, "/tasks", "list", permission::read, tenant_one),
    tenant_route(method::post, "/tasks", "create", permission::write, tenant_one),
};

class test_callers final : public operation::authenticator, public operation::directory {
  public:
    result<operation::principal> authenticate(std::string_view authorization) const override {
        if (authorization.empty()) return error(errc::unauthorized, "Sign in first.");
        return who;
    }
    task<result<operation::standing>> standing_of(user_id, uuid, std::optional<tenant_id>,
                                                  std::chrono::steady_clock::time_point) const override {
        co_return standing;
    }
    task<void> enforce(user_id) const override { co_return; }

    operation::principal who{user_id::generate(), uuid::generate(), tenant_id::generate()};
    result<operation::standing> standing = operation::standing(std::uint16_t{0});
};

/// No request here has a key.
class never_once final : public once_keeper {
  public:
    bool is_asked(const http::request&) const override { return false; }
    task<result<response>> once(open_call&, const route&, claims::key_scope, task<result<response>> handling) override {
        return handling;
    }
};

class dispatch_test : public testing::Test {
  protected:
    void SetUp() override {
        rates.per_address.count = rates.per_user.count = rates.per_tenant.count = 0;
        policy.roles = roles;
        policy.permissions = permissions;
        policy.matrix = matrix;
        policy.at_least = at_least;
        observe::capture_log([this](std::string_view line) { log.append(line).append("\n"); });
    }
    void TearDown() override { observe::capture_log(nullptr); }

    response ask(method m, std::string path, bool signed_in = true, std::string query = "") {
        if (!limits) limits = std::make_unique<limits::request_limits>(rates, metrics, nullptr, known);
        const pipeline way{services, policy, callers, callers, once, *limits, metrics};
        dispatcher all(way, table, {}, body_limits());
        exchange x;
        x.request.remote_ip = remote_ip;
        x.begun = std::chrono::steady_clock::now();
        x.request.method = m;
        x.request.path = std::move(path);
        x.request.query = std::move(query);
        x.request.id = "request-1";
        x.method_text = name_of(m);
        if (signed_in) x.request.headers.push_back(header{"Authorization", "Bearer x"});
        run_blocking(all.handle(x));
        all.answered(x, x.response.status);
        return x.response;
    }
    static std::string code_of(const response& r) {
        const std::size_t at = r.body.find("\"code\":\"");
        return at == std::string::npos ? "" : r.body.substr(at + 8, r.body.find('"', at + 8) - at - 8);
    }

    const operation::registry nothing;  // no handler here reaches for a part
    const service::services services{nothing};
    never_once once;
    access::policy policy;
    test_callers callers;
    observe::metrics metrics;
    limits::rate_settings rates;
    limits::memory_store kept;
    const limits::known_networks known{kept, "secret"};
    std::unique_ptr<limits::request_limits> limits;
    std::string remote_ip = "192.0.2.1";
    std::string log;
};

TEST_F(dispatch_test, open_routes_are_for_anybody) {
    EXPECT_EQ(ask(method::get, "/open/a%20b", false).body, "open a b");
}

TEST_F(dispatch_test, user_routes_need_a_token_but_no_tenant) {
    EXPECT_EQ(ask(method::get, "/me", false).status, 401);
    callers.who.tenant.reset();
    EXPECT_EQ(ask(method::get, "/me").body, "user " + callers.who.user.to_string());
    callers.standing = error(errc::unauthorized, "The session has ended.");
    EXPECT_EQ(ask(method::get, "/me").status, 401);
    EXPECT_EQ(ask(method::get, "/open/a", true).status, 200);
}

TEST_F(dispatch_test, tenant_routes_need_token_tenant_membership_and_permission) {
    EXPECT_EQ(ask(method::get, "/tasks", false).status, 401);
    EXPECT_EQ(ask(method::get, "/tasks").body, "all " + callers.who.tenant->to_string());

    callers.standing = operation::standing(std::uint16_t{1});
    EXPECT_EQ(ask(method::get, "/tasks").body, "own " + callers.who.tenant->to_string());
    EXPECT_EQ(ask(method::post, "/tasks").status, 403);
    EXPECT_EQ(code_of(ask(method::post, "/tasks")), "forbidden");

    callers.standing = operation::standing();
    EXPECT_EQ(ask(method::get, "/tasks").status, 403);
    EXPECT_EQ(code_of(ask(method::get, "/tasks")), "not_a_member");
    callers.standing->is_role_unknown = true;
    EXPECT_EQ(ask(method::get, "/tasks").status, 403);
    EXPECT_EQ(code_of(ask(method::get, "/tasks")), "unknown_role") << "a member all the same";

    callers.standing = error(errc::unavailable, "The database is busy.");
    EXPECT_EQ(ask(method::get, "/tasks").status, 503);

    callers.who.tenant.reset();
    EXPECT_EQ(ask(method::get, "/tasks").status, 403);
    EXPECT_EQ(code_of(ask(method::get, "/tasks")), "no_tenant");
}

TEST_F(dispatch_test, unknown_paths_and_methods) {
    EXPECT_EQ(ask(method::get, "/nowhere").status, 404);
    EXPECT_EQ(ask(method::get, "/open/%zz").status, 400);
    EXPECT_EQ(ask(method::get, "/open/x", true, "a=%zz").status, 400);
    EXPECT_EQ(ask(method::get, "/open/x", true, "a=%00").status, 400);
    EXPECT_EQ(ask(method::get, "/open/x", true, "a=%C3%A9").status, 200);
    const response refused = ask(method::delete_, "/tasks");
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.headers.at(0).value, "GET, HEAD, POST, OPTIONS");
    const response options = ask(method::options, "/tasks", false);
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.headers.at(0).value, "GET, HEAD, POST, OPTIONS");
}

TEST_F(dispatch_test, what_went_wrong_inside_is_logged_and_not_told) {
    for (const char* path : {"/throw", "/broken"}) {
        const response got = ask(method::get, path);
        EXPECT_EQ(got.status, 500);
        EXPECT_THAT(got.body, Not(HasSubstr("fire")));
        EXPECT_THAT(got.body, Not(HasSubstr("hunter2")));
        EXPECT_THAT(got.body, HasSubstr("request-1"));
    }
    EXPECT_THAT(log, HasSubstr("the table is on fire"));
    EXPECT_THAT(log, Not(HasSubstr("hunter2")));
}

TEST_F(dispatch_test, one_access_line_by_route_template_without_path_or_query) {
    ask(method::get, "/open/private-thing", true, "q=private-query");
    EXPECT_THAT(log, HasSubstr(R"("request_id":"request-1","method":"GET","route":"/open/{id}","status":200)"));
    EXPECT_THAT(log, Not(HasSubstr("private")));
    ask(method::get, "/scan/private-thing");
    EXPECT_THAT(log, HasSubstr(R"("route":"unmatched","status":404)"));
    EXPECT_THAT(log, Not(HasSubstr("private")));
    ask(method::get, "/tasks");
    EXPECT_THAT(log, HasSubstr(callers.who.user.to_string()));
    EXPECT_THAT(log, HasSubstr(callers.who.tenant->to_string()));
    ask(method::options, "/tasks");
    const std::string told = metrics.expose();
    EXPECT_THAT(told, HasSubstr(R"(http_requests_total{method="OTHER",route="unmatched",status="404"} 1)"));
    EXPECT_THAT(told, HasSubstr(R"(http_requests_total{method="OPTIONS",route="any",status="204"} 1)"));
}

std::string header_of(const response& r, std::string_view name) {
    for (const header& each : r.headers) {
        if (each.name == name) return each.value;
    }
    return "";
}

TEST_F(dispatch_test, limits_addresses_before_anything_else) {  // RP-8
    rates.per_address.count = 3;
    const response first = ask(method::get, "/open/a", false);
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(header_of(first, "RateLimit-Policy"), "\"ip\";q=3;w=60");
    EXPECT_EQ(header_of(first, "RateLimit"), "\"ip\";r=2;t=20");
    EXPECT_EQ(header_of(first, "X-RateLimit-Limit"), "3");
    EXPECT_EQ(header_of(first, "X-RateLimit-Remaining"), "2");
    EXPECT_EQ(header_of(first, "X-RateLimit-Reset"), "20");
    EXPECT_EQ(ask(method::get, "/nowhere", false).status, 404);
    EXPECT_EQ(ask(method::get, "/me", false).status, 401);
    for (const char* path : {"/open/a", "/nowhere", "/me", "/open/%zz"}) {
        const response refused = ask(method::get, path, false);
        EXPECT_EQ(refused.status, 429) << path;
        EXPECT_EQ(header_of(refused, "Retry-After"), "20");
        EXPECT_EQ(header_of(refused, "RateLimit"), "\"ip\";r=0;t=20");
        EXPECT_EQ(header_of(refused, "X-RateLimit-Remaining"), "0");
        EXPECT_THAT(refused.body, HasSubstr("https://iana.org/assignments/http-problem-types#quota-exceeded"));
        EXPECT_EQ(code_of(refused), "too_many_requests");
    }
    EXPECT_EQ(ask(method::get, "/health", false).status, 200);
    remote_ip = "192.0.2.2";
    EXPECT_EQ(ask(method::get, "/open/a", false).status, 200);
    EXPECT_THAT(metrics.expose(), HasSubstr("rate_limit_refusals_total{policy=\"ip\"} 4"));
}

TEST_F(dispatch_test, limits_users_and_tenants_once_they_are_known) {  // RP-8
    rates.per_user.count = 2;
    rates.per_tenant.count = 3;
    EXPECT_EQ(ask(method::get, "/me").status, 200);
    const response both = ask(method::get, "/tasks");
    EXPECT_EQ(header_of(both, "RateLimit-Policy"), "\"user\";q=2;w=60, \"tenant\";q=3;w=60");
    EXPECT_EQ(header_of(both, "RateLimit"), "\"user\";r=0;t=60, \"tenant\";r=2;t=20");
    EXPECT_EQ(header_of(both, "X-RateLimit-Limit"), "2");
    EXPECT_EQ(ask(method::get, "/me").status, 429);
    EXPECT_EQ(ask(method::get, "/open/a").status, 200);
    for (const int status : {200, 200, 429}) {
        callers.who.user = user_id::generate();
        EXPECT_EQ(ask(method::get, "/tasks").status, status);
    }
    callers.who.tenant = tenant_id::generate();
    EXPECT_EQ(ask(method::get, "/tasks").status, 200);
}

}  // namespace
}  // namespace tenon::service
