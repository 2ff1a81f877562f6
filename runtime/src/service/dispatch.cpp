// From a request to its handler: route, identity, permission, in this order.
#include "service/dispatch.hpp"

#include <algorithm>
#include <exception>
#include <set>

#include <tenon/http/problem.hpp>
#include <tenon/observe/log.hpp>

#include "core/percent.hpp"
#include "feature/feature.hpp"
#include "http/forwarded.hpp"
#include "service/call_origin.hpp"
#include "service/rate_headers.hpp"

namespace tenon::service {

using http::exchange;
using http::method;
using http::problem;
using http::refusal;
using http::response;

namespace {

error no_such_route() {
    return error(errc::not_found, "There is nothing under this path.");
}

// Broken escapes are refused once, here, so that no reader of the query has to think of them.
bool is_clean_query(std::string_view query) {
    if (query.empty()) return true;
    const auto decoded = percent_decode(query, true);
    return decoded && is_clean_utf8(*decoded);
}

// Counts a request as under way for as long as it lives, also when its coroutine is destroyed.
class in_flight {
  public:
    explicit in_flight(observe::metrics& metrics) : metrics_(metrics) { metrics_.request_begun(); }
    ~in_flight() { metrics_.request_ended(); }
    in_flight(const in_flight&) = delete;
    in_flight& operator=(const in_flight&) = delete;

  private:
    observe::metrics& metrics_;
};

/// Asked by machines that must not be turned away, all the time: paths that no limit counts a GET of.
std::set<std::string_view> unlimited_paths() {
    std::set<std::string_view> out;
    for (const feature::declaration& each : feature::all_features()) {
        for (const feature::route& declared : each.routes) {
            if (!declared.limited) out.insert(declared.path);
        }
    }
    return out;
}

response not_allowed(const exchange& x, const match& found) {
    if (x.request.method == method::options) return response(204).with("Allow", found.allow);
    const error why(errc::method_not_allowed, "This path answers to " + found.allow + ".");
    return problem(why, x.request).with("Allow", found.allow);
}

/// What the way here has found out of any request.
call_origin from_anybody(exchange& x, const match& found) {
    call_origin out;
    out.path_parameters = found.parameters;
    out.rates = &x.rates;
    return out;
}

call_origin from_user(exchange& x, const match& found, const operation::principal& who) {
    call_origin out = from_anybody(x, found);
    out.user = who.user;
    out.session = who.session;
    return out;
}

}  // namespace

dispatcher::dispatcher(const pipeline& way, std::span<const route> routes, std::span<const route::any_handler> guessed,
                       body_limits bodies)
    : way_(way),
      router_(routes),
      bodies_(bodies),
      unmatched_(&way.metrics.route("OTHER", "unmatched")),
      options_(&way.metrics.route("OPTIONS", "any")) {
    const std::set<std::string_view> unlimited = unlimited_paths();
    for (const route& each : routes) {
        by_route_.push_back(&way.metrics.route(name_of(each.verb()), each.path()));
        unlimited_.push_back(each.verb() == http::method::get && unlimited.contains(each.path()));
        is_attempt_.push_back(std::find(guessed.begin(), guessed.end(), each.handler()) != guessed.end());
    }
}

task<void> dispatcher::handle(exchange& x) {
    const in_flight counted(way_.metrics);
    try {
        auto outcome = co_await dispatch(x);
        if (!outcome && outcome.error().code == errc::internal)
            log::error("a request failed",
                       {{"request_id", x.request.id}, {"route", x.route}, {"what", outcome.error().message}});
        x.response = outcome ? std::move(*outcome) : problem(outcome.error(), x.request);
    } catch (const std::exception& e) {
        log::error("a handler threw", {{"request_id", x.request.id}, {"route", x.route}, {"what", e.what()}});
        x.response = problem(error(), x.request);
    } catch (...) {
        log::error("a handler threw", {{"request_id", x.request.id}, {"route", x.route}, {"what", "unknown"}});
        x.response = problem(error(), x.request);
    }
    add_rate_headers(x.response, x.rates);
}

task<result<response>> dispatcher::dispatch(exchange& x) {
    const match found = router_.find(x.request.method, x.request.path);
    limits::counted_here counted;
    if (found.route == nullptr || !unlimited_[found.index]) CO_TRY(admit_address(x, counted));
    auto by = co_await admit(x, found, counted);
    // Whoever is turned away for another reason counts everywhere all the same.
    const bool too_many_here = !by && by.error().code == errc::too_many_requests;
    if (!counted.empty() && !too_many_here)
        CO_TRY(co_await way_.limits.admit_there(std::move(counted), x.request.deadline, x.rates));
    if (!by) co_return std::move(by).error();
    if (found.what == match::outcome::method_not_allowed) co_return not_allowed(x, found);
    if (is_attempt_[found.index]) CO_TRY(co_await admit_attempt(x, found, *by));

    const auto& handler = found.route->handler();
    if (const auto* open = std::get_if<open_handler>(&handler)) co_return co_await call(x, found, *open);
    if (const auto* user = std::get_if<user_handler>(&handler)) co_return co_await call(x, found, *by, *user);
    co_return co_await call(x, found, *by, std::get<tenant_handler>(handler));
}

result<void> dispatcher::admit_address(exchange& x, limits::counted_here& counted) {
    if (x.client_untold) tell_untold(x);
    return way_.limits.admit_address(x.request.remote_ip, std::chrono::steady_clock::now(), x.rates, counted);
}

/// All such requests share the bucket of the proxy: its operator must hear of it.
void dispatcher::tell_untold(const exchange& x) {
    constexpr std::int64_t quiet_seconds = 60;
    way_.metrics.client_untold();
    const auto since_start = x.begun.time_since_epoch();
    const std::int64_t now = std::chrono::duration_cast<std::chrono::seconds>(since_start).count();
    std::int64_t last = untold_logged_at_.load(std::memory_order_relaxed);
    if (last != 0 && now - last < quiet_seconds) return;
    if (!untold_logged_at_.compare_exchange_strong(last, now)) return;
    const std::string_view hop = http::last_hop(x.request.headers);
    log::warn("the proxy names no client: its requests are all counted as one address",
              {{"header", "X-Forwarded-For"}, {"hop", hop.substr(0, 64)}, {"counted_as", x.request.remote_ip}});
}

task<result<void>> dispatcher::admit_attempt(exchange& x, const match& found, const admitted& by) {
    const auto now = std::chrono::steady_clock::now();
    std::string address = x.request.remote_ip;
    CO_TRY(co_await way_.limits.admit_attempt(std::move(address), now, x.request.deadline, x.rates));
    // Of an open route, the body names the account.
    if (std::holds_alternative<open_handler>(found.route->handler())) co_return result<void>();
    limits::account_attempt attempt(by.who.user.to_string(), x.request.remote_ip);
    co_return co_await way_.limits.admit_account(std::move(attempt), now, x.request.deadline, x.rates);
}

task<void> dispatcher::refuse(exchange& x, const refusal& why) {
    limits::counted_here counted;
    result<void> admitted = admit_address(x, counted);
    if (admitted && !counted.empty())
        admitted = co_await way_.limits.admit_there(std::move(counted), x.request.deadline, x.rates);
    x.response = admitted ? problem(why.status, why.why, x.request) : problem(admitted.error(), x.request);
    add_rate_headers(x.response, x.rates);
}

task<result<dispatcher::admitted>> dispatcher::admit(exchange& x, const match& found, limits::counted_here& counted) {
    if (found.what == match::outcome::bad_path)
        co_return error(errc::bad_request, "The path is not valid percent-encoded UTF-8.", "bad_path");
    if (found.what == match::outcome::no_such_path) co_return no_such_route();
    admitted out;
    if (found.what == match::outcome::method_not_allowed) {
        if (x.request.method == method::options) x.route = "any", x.metrics = options_;
        co_return out;
    }
    x.route = found.route->path();
    x.metrics = by_route_[found.index];
    if (!is_clean_query(x.request.query))
        co_return error(errc::bad_request, "The query is not valid percent-encoded UTF-8.", "bad_query");
    const auto& handler = found.route->handler();
    if (std::holds_alternative<open_handler>(handler)) co_return out;

    CO_TRY_ASSIGN(out.who, way_.callers.authenticate(x.request.header_value("Authorization")));
    x.user = out.who.user;
    CO_TRY(way_.limits.admit_user(out.who.user, std::chrono::steady_clock::now(), x.rates, counted));
    const bool in_tenant = std::holds_alternative<tenant_handler>(handler);
    if (in_tenant && !out.who.tenant)
        co_return error(errc::forbidden, "Choose a tenant first: this token has none.", "no_tenant");
    if (in_tenant) x.tenant = out.who.tenant;
    // Asked per request: a member who was removed or given another role notices at once.
    CO_TRY_ASSIGN(
        const operation::standing standing,
        co_await way_.standings.standing_of(out.who.user, out.who.session, out.who.tenant, x.request.deadline));
    if (!in_tenant) co_return out;

    if (standing.is_role_unknown) co_return operation::unknown_role();
    if (!standing.role)
        co_return error(errc::forbidden, "You are not a member of this token's tenant.", "not_a_member");
    CO_TRY(way_.limits.admit_tenant(*out.who.tenant, std::chrono::steady_clock::now(), x.rates, counted));
    out.role = *standing.role;
    out.decision = way_.policy.decide(out.role, found.route->permission());
    if (out.decision == access::decision::denied) co_return error(errc::forbidden, "Your role does not allow this.");
    co_return out;
}

task<result<response>> dispatcher::answer(open_call& call, const match& found, claims::key_scope whose,
                                          task<result<response>> handling) const {
    if (!way_.once.is_asked(call.request())) return handling;
    return way_.once.once(call, *found.route, whose, std::move(handling));
}

task<result<response>> dispatcher::call(exchange& x, const match& found, open_handler handler) {
    const call_origin from = from_anybody(x, found);
    open_call call(from, way_.services, x.request);
    const claims::key_scope nobody;
    co_return co_await answer(call, found, nobody, handler(call));
}

task<result<response>> dispatcher::call(exchange& x, const match& found, const admitted& by, user_handler handler) {
    const call_origin from = from_user(x, found, by.who);
    user_call call(from, way_.services, x.request);
    const claims::key_scope own(std::nullopt, by.who.user);
    co_return co_await answer(call, found, own, handler(call));
}

task<result<response>> dispatcher::call(exchange& x, const match& found, const admitted& by, tenant_handler handler) {
    call_origin from = from_user(x, found, by.who);
    from.tenant = *by.who.tenant;
    from.role = by.role;
    from.decision = by.decision;
    tenant_call call(from, way_.services, x.request);
    const claims::key_scope own(by.who.tenant, by.who.user);
    co_return co_await answer(call, found, own, handler(call));
}

result<std::size_t> dispatcher::body_limit(exchange& x) {
    const match found = router_.find(x.request.method, x.request.path);
    const bool open =
        found.what != match::outcome::found || std::holds_alternative<open_handler>(found.route->handler());
    if (open) return std::min(bodies_.open, bodies_.known);
    const auto who = way_.callers.authenticate(x.request.header_value("Authorization"));
    if (!who) return who.error();
    return bodies_.known;
}

void dispatcher::answered(const exchange& x, int status) {
    const auto duration = std::chrono::steady_clock::now() - x.begun;
    way_.metrics.count(x.metrics ? *x.metrics : *unmatched_, status, duration);
    if (!log::enabled(log::level::info)) return;
    const double duration_ms = std::chrono::duration<double, std::milli>(duration).count();
    const std::string user = x.user ? x.user->to_string() : std::string();
    const std::string tenant = x.tenant ? x.tenant->to_string() : std::string();
    // The template, not the path: paths hold ids and whatever clients put into them.
    log::info("request", {{"request_id", x.request.id},
                          {"method", x.method_text},
                          {"route", x.route.empty() ? std::string_view("unmatched") : x.route},
                          {"status", status},
                          {"duration_ms", duration_ms},
                          {"remote_ip", x.request.remote_ip},
                          {"user", user},
                          {"tenant", tenant}});
}

}  // namespace tenon::service
