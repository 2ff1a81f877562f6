// A service of routes over the limits, for tests with several processes: each takes its numbers from the query.
#include <chrono>
#include <string>

#include <tenon/app/handlers.hpp>
#include <tenon/app/product.hpp>
#include <tenon/limits/limiter.hpp>
#include <tenon/service/services.hpp>

#include "limits/tenant_key.hpp"

namespace {

using namespace tenon;
using std::chrono::milliseconds;

std::string text_of(service::open_call& call, std::string_view name) {
    for (const auto& [key, value] : http::parse_query(call.request().query)) {
        if (key == name) return value;
    }
    return "";
}
std::int64_t number_of(service::open_call& call, std::string_view name) {
    const std::string text = text_of(call, name);
    return text.empty() ? 0 : std::stoll(text);
}
limits::key key_of(service::open_call& call) {
    const auto tenant = tenant_id::parse("018f4f7e-7b1c-7c3a-9d2e-0a1b2c3d4e5f");
    return limits::tenant_key(*tenant, "test", {text_of(call, "key")});
}
/// 200 with what was granted, 429 for a refusal.
http::response answer(bool granted, std::string text = "{}") {
    return http::response(granted ? 200 : 429, "text/plain", std::move(text));
}
limits::store& exact(service::open_call& call) {
    return call.services().limits().exact();
}

task<result<http::response>> take(service::open_call& call) {
    limits::bucket_rule rule;
    rule.burst = number_of(call, "burst");
    rule.period = std::chrono::hours(24);
    const auto deadline = call.request().deadline;
    CO_TRY_ASSIGN(const auto got, co_await exact(call).take(key_of(call), rule, 1, deadline));
    co_return answer(got.allowed);
}
task<result<http::response>> use(service::open_call& call) {
    const auto deadline = call.request().deadline;
    const std::int64_t cap = number_of(call, "cap");
    CO_TRY_ASSIGN(const auto got, co_await exact(call).use(key_of(call), limits::window::ever, cap, 1, deadline));
    co_return answer(got.granted);
}
/// What everybody writes first: read, compare, write. The tests must be able to tell it from the real one.
task<result<http::response>> use_naively(service::open_call& call) {
    limits::store& all = call.services().limits().cache();
    const auto deadline = call.request().deadline;
    CO_TRY_ASSIGN(const limits::cached seen, co_await all.get(key_of(call), deadline));
    const std::int64_t used = seen.value ? std::stoll(*seen.value) : 0;
    if (used >= number_of(call, "cap")) co_return answer(false);
    std::string next = std::to_string(used + 1);
    CO_TRY(co_await all.put(key_of(call), std::move(next), limits::cache_ttl_max, seen.generation, deadline));
    co_return answer(true);
}
task<result<http::response>> acquire(service::open_call& call) {
    const auto deadline = call.request().deadline;
    const std::int64_t limit = number_of(call, "limit");
    const milliseconds ttl(number_of(call, "ttl"));
    CO_TRY_ASSIGN(const auto got, co_await exact(call).acquire(key_of(call), limit, ttl, deadline));
    co_return answer(got.has_value(), got ? got->to_string() : "");
}
task<result<http::response>> cool_down(service::open_call& call) {
    const auto deadline = call.request().deadline;
    CO_TRY_ASSIGN(const auto got, co_await exact(call).cool_down(key_of(call), std::chrono::hours(1), deadline));
    co_return answer(got.started);
}
/// Takes the lock and leaves it to its end, or gives it back.
task<result<http::response>> lock(service::open_call& call) {
    const auto deadline = call.request().deadline;
    const milliseconds ttl(number_of(call, "ttl"));
    CO_TRY_ASSIGN(const auto got, co_await exact(call).lock(key_of(call), ttl, deadline));
    if (got && text_of(call, "keep").empty()) CO_TRY(co_await exact(call).unlock(key_of(call), *got, deadline));
    co_return answer(got.has_value(), got ? std::to_string(got->fence) : "");
}

constexpr service::route routes[] = {
    service::open_route(http::method::get, "/health", "health", &app::health),
    service::open_route(http::method::post, "/take", "take", &take),
    service::open_route(http::method::post, "/use", "use", &use),
    service::open_route(http::method::post, "/use-naively", "use_naively", &use_naively),
    service::open_route(http::method::post, "/acquire", "acquire", &acquire),
    service::open_route(http::method::post, "/cool-down", "cool_down", &cool_down),
    service::open_route(http::method::post, "/lock", "lock", &lock),
};

}  // namespace

int main(int argc, char** argv) {
    app::product product;
    product.name = "limits";
    product.title = "Limits";
    product.version = "1.0.0";
    product.tenant.singular = "workspace";
    product.tenant.table = "workspaces";
    product.tenant.column = "workspace_id";
    product.routes = routes;
    return app::run(product, argc, argv);
}
