// Asks the dependencies one after the other; what depends on one that failed is not known.
#include "app/readiness.hpp"

#include <algorithm>
#include <charconv>

#include <tenon/app/product.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/observe/metrics.hpp>

#include "app/isolation_check.hpp"
#include "db/backend.hpp"
#include "redis/client.hpp"

namespace tenon::app {
namespace {

using clock = std::chrono::steady_clock;
using enum dependency_status;

void add(readiness_report& out, std::string_view name, dependency_status status, std::string detail = {}) {
    if (status == failed && out.problem.empty()) out.problem = detail;
    out.dependencies.push_back({name, status, std::move(detail)});
}

std::span<const db::migration> carried(parts& all) {
    const bool sqlite = all.database->dialect() == "sqlite";
    return sqlite ? all.product.sqlite_migrations : all.product.postgres_migrations;
}

/// "0012_add_due" -> 12
std::int64_t number_of(std::string_view name) {
    std::int64_t out = 0;
    std::from_chars(name.data(), name.data() + name.size(), out);
    return out;
}

// The database must have run exactly the migrations that this program carries, or newer ones behind them: during a
// rolling upgrade the old program still serves over the new schema.
void check_migrations(parts& all, const db::rows& applied, readiness_report& out) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < applied.size(); ++i) names.push_back(applied[i].get<std::string>(0));
    for (const std::string& name : names) out.migration = std::max(out.migration, number_of(name));
    for (const db::migration& one : carried(all)) {
        if (std::find(names.begin(), names.end(), one.name) == names.end()) ++out.migrations_pending;
    }
    const bool pending = out.migrations_pending > 0;
    add(out, "migrations", pending ? failed : ok,
        pending ? "The database has not been migrated to what this program needs." : "");
}

/// False when there is one, such as that there is no such table.
bool has_no_answer(const error& why) {
    return why.code == errc::unavailable || why.code == errc::deadline_exceeded;
}

task<void> check_database(parts& all, clock::time_point deadline, readiness_report& out) {
    db::statement ask("SELECT name FROM schema_migrations", db::values(), db::row_scope::of_service(), deadline);
    ask.is_read = true;
    const auto applied = co_await all.database->run(std::move(ask));
    if (!applied && has_no_answer(applied.error())) {
        add(out, "database", failed, "The database does not answer.");
        for (const std::string_view name : {"migrations", "storage", "isolation"}) add(out, name, unknown);
        co_return;
    }
    add(out, "database", ok);
    if (!applied) {
        // Without tables there is nothing to store or to keep apart, and what is found is remembered for a while.
        out.migrations_pending = static_cast<std::int64_t>(carried(all).size());
        add(out, "migrations", failed, "The database has never been migrated, or does not tell: see `migrate status`.");
        for (const std::string_view name : {"storage", "isolation"}) add(out, name, unknown);
        co_return;
    }
    check_migrations(all, *applied, out);
    const auto stores = co_await all.database->can_store(deadline);
    add(out, "storage", stores ? ok : failed, stores ? "" : "The database cannot store changes; the log says why.");
    const auto problem = co_await all.isolation.problem(deadline);
    const bool apart = problem && problem->empty();
    add(out, "isolation", apart ? ok : failed, problem ? *problem : "The database does not answer.");
}

/// Redis is no reason to answer late: probes give up after a second, and the service is ready without it.
constexpr std::chrono::milliseconds redis_patience(100);

/// Without it limits of requests are counted in each process, and what else needs it is refused: the service goes on.
task<void> check_redis(parts& all, clock::time_point deadline, readiness_report& out) {
    redis::client* const client = all.redis.get();
    if (client == nullptr) co_return;
    std::vector<std::string> ping{"PING"};
    const auto answer = co_await client->run(std::move(ping), std::min(deadline, clock::now() + redis_patience));
    add(out, "redis", answer ? ok : degraded,
        answer ? ""
               : "Redis does not answer: limits of requests are counted in each process, and what else needs Redis is "
                 "answered 503.");
}

std::string_view name_of(dependency_status status) {
    switch (status) {
        case ok:
            return "ok";
        case degraded:
            return "degraded";
        case failed:
            return "failed";
        case unknown:
            break;
    }
    return "unknown";
}

}  // namespace

task<readiness_report> check_readiness(parts& all, clock::time_point deadline) {
    readiness_report out;
    if (all.draining) out.problem = "The service is about to stop.";
    co_await check_database(all, deadline, out);
    co_await check_redis(all, deadline, out);
    co_return out;
}

std::string dependencies_json(const readiness_report& report) {
    json::writer out;
    out.begin_object();
    for (const dependency_state& one : report.dependencies) {
        out.key(one.name);
        out.begin_object();
        out.member("status", name_of(one.status));
        if (!one.detail.empty()) out.member("detail", one.detail);
        out.end_object();
    }
    out.end_object();
    return std::move(out).take();
}

void note_readiness(parts& all, const readiness_report& report) {
    observe::metrics& metrics = all.metrics;
    metrics.readiness(report.is_ready());
    for (const dependency_state& one : report.dependencies) metrics.dependency(one.name, one.status == ok);
    if (std::any_of(report.dependencies.begin(), report.dependencies.end(),
                    [](const dependency_state& one) { return one.name == "migrations" && one.status != unknown; }))
        metrics.migrations(report.migration, report.migrations_pending);
}

}  // namespace tenon::app
