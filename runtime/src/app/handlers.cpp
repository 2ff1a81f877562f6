// The handlers that are the same in every product: health, readiness, metrics, the API's description.
#include <tenon/app/handlers.hpp>

#include <algorithm>

#include <tenon/app/configuration.hpp>
#include <tenon/app/product.hpp>
#include <tenon/http/problem.hpp>
#include <tenon/observe/metrics.hpp>

#include "app/readiness.hpp"
#include "crypto/digest.hpp"
#include "http/html.hpp"
#include "limits/limiter_parts.hpp"
#include "service/parts.hpp"

namespace tenon::app {
namespace {

/// A scrape that waits for a database that hangs would tell nothing at all.
constexpr std::chrono::seconds metrics_patience(1);

bool has_metrics_token(const http::request& request, const secret& token) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view given = request.header_value("Authorization");
    return !token.empty() && given.starts_with(scheme) && crypto::equal(given.substr(scheme.size()), token.reveal());
}

/// HTML with a style of its own, and nothing else that a browser would load or run.
http::response page(std::string html) {
    http::response out(200, "text/html; charset=utf-8", std::move(html));
    return std::move(out).with("Content-Security-Policy",
                               "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
                               "frame-ancestors 'none'");
}

}  // namespace

task<result<http::response>> health(service::open_call&) {
    co_return http::response(200, "{\"status\":\"ok\"}");
}

task<result<http::response>> ready(service::open_call& call) {
    const readiness_report report = co_await check_readiness(service::part<parts>(call), call.request().deadline);
    const std::string checks = ",\"checks\":" + dependencies_json(report) + "}";
    if (report.is_ready()) co_return http::response(200, "{\"status\":\"ready\"" + checks);
    http::response out = http::problem(error(errc::unavailable, report.problem, "not_ready"), call.request());
    out.body.pop_back();
    out.body += checks;
    co_return out;
}

task<result<http::response>> metrics(service::open_call& call) {
    parts& all = service::part<parts>(call);
    const secret& token = all.configuration.metrics_token;
    if (!has_metrics_token(call.request(), token)) {
        auto& limits = all.limits.internals().requests;
        CO_TRY(limits.admit_watcher(call.request().remote_ip, std::chrono::steady_clock::now()));
        if (!token.empty()) co_return error(errc::unauthorized, "The metrics need their own token.");
    }
    const auto patience = std::min(call.request().deadline, std::chrono::steady_clock::now() + metrics_patience);
    const readiness_report report = co_await check_readiness(all, patience);
    note_readiness(all, report);
    co_return http::response(200, "text/plain; version=0.0.4; charset=utf-8", all.metrics.expose());
}

task<result<http::response>> openapi(service::open_call& call) {
    co_return http::response(200, "application/yaml", std::string(service::part<parts>(call).product.openapi));
}

task<result<http::response>> openapi_json(service::open_call& call) {
    co_return http::response(200, "application/json", std::string(service::part<parts>(call).product.openapi_json));
}

task<result<http::response>> openapi_page(service::open_call& call) {
    co_return page(std::string(service::part<parts>(call).product.api_page));
}

task<result<http::response>> problem(service::open_call& call) {
    const http::problem_kind* const kind = http::find_problem_kind(call.path_parameter("code"));
    if (kind == nullptr) co_return error(errc::not_found, "There is no problem of this name.");
    const std::string code = http::escaped_html(kind->code);
    std::string text = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>" + code + "</title>\n";
    text += "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}</style>\n";
    text += "<h1>" + code + "</h1>\n<p>Status " + std::to_string(kind->status) + " " +
            std::string(http::reason_of(kind->status)) + "</p>\n<p>" + http::prose_as_html(kind->meaning) +
            "</p>\n<p>" + http::prose_as_html(kind->remedy) + "</p>\n<p><a href=\"/openapi.html\">The API</a></p>\n";
    co_return page(std::move(text));
}

}  // namespace tenon::app
