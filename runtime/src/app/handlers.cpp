// The handlers that are the same in every product: health, readiness, metrics, the API's description.
#include <tenon/app/handlers.hpp>

#include <algorithm>

#include <tenon/app/configuration.hpp>
#include <tenon/app/product.hpp>
#include <tenon/app/services.hpp>
#include <tenon/db/backend.hpp>
#include <tenon/observe/metrics.hpp>

#include "app/isolation_check.hpp"
#include "crypto/digest.hpp"
#include "limits/limiter_parts.hpp"

namespace tenon::app {
namespace {

error not_ready(std::string_view why) {
    return error(errc::unavailable, std::string(why), "not_ready");
}

// The database must have run exactly the migrations that this program carries, or newer ones behind them: during a
// rolling upgrade the old program still serves over the new schema.
bool carries_all(const db::rows& applied, std::span<const migration> wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const migration& one) {
        for (std::size_t i = 0; i < applied.size(); ++i) {
            if (applied[i].get<std::string>(0) == one.name) return true;
        }
        return false;
    });
}

bool has_metrics_token(const http::request& request, const secret& token) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view given = request.header_value("Authorization");
    return !token.empty() && given.starts_with(scheme) && crypto::equal(given.substr(scheme.size()), token.reveal());
}

}  // namespace

task<result<http::response>> health(http::open_call&) {
    co_return http::response(200, "{\"status\":\"ok\"}");
}

task<result<http::response>> ready(http::open_call& call) {
    const services& all = call.services();
    if (all.draining()) co_return not_ready("The service is about to stop.");
    db::backend& database = all.database();
    db::statement ask("SELECT name FROM schema_migrations", db::values(), db::row_scope::of_service(),
                      call.request().deadline);
    auto applied = co_await database.run(std::move(ask));
    if (!applied) co_return not_ready("The database does not answer, or has never been migrated.");
    const bool sqlite = database.dialect() == "sqlite";
    if (!carries_all(*applied, sqlite ? all.product().sqlite_migrations : all.product().postgres_migrations))
        co_return not_ready("The database has not been migrated to what this program needs.");
    const auto stores = co_await database.can_store(call.request().deadline);
    if (!stores) co_return not_ready("The database cannot store changes; the log says why.");
    const auto problem = co_await all.isolation().problem(call.request().deadline);
    if (!problem) co_return not_ready("The database does not answer.");
    if (!problem->empty()) co_return not_ready(*problem);
    co_return http::response(200, "{\"status\":\"ready\"}");
}

task<result<http::response>> metrics(http::open_call& call) {
    const services& all = call.services();
    const secret& token = all.configuration().metrics_token;
    if (!has_metrics_token(call.request(), token)) {
        auto& limits = all.limits().internals().requests;
        CO_TRY(limits.admit_watcher(call.request().remote_ip, std::chrono::steady_clock::now()));
        if (!token.empty()) co_return error(errc::unauthorized, "The metrics need their own token.");
    }
    co_return http::response(200, "text/plain; version=0.0.4; charset=utf-8", all.metrics().expose());
}

task<result<http::response>> openapi(http::open_call& call) {
    co_return http::response(200, "application/yaml", std::string(call.services().product().openapi));
}

}  // namespace tenon::app
