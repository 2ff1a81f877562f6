// Puts services, dispatcher and HTTP server together, and takes them apart in the right order.
#include <tenon/app/server.hpp>

#include <algorithm>
#include <thread>

#include <tenon/auth/handlers.hpp>
#include <tenon/loop/event_loop.hpp>
#include <tenon/observe/log.hpp>

#include "app/housekeeping.hpp"
#include "app/parts.hpp"
#include "databases/open.hpp"
#include "http/server.hpp"
#include "limits/limiter_parts.hpp"
#include "postgres/share.hpp"
#include "postgres/url.hpp"
#include "service/dispatch.hpp"

namespace tenon::app {
namespace {

http::server_options make_options(const configuration& from) {
    http::server_options out;
    out.host = from.host;
    out.port = from.port;
    out.loops = from.workers > 0 ? from.workers : std::max(1U, std::thread::hardware_concurrency());
    out.max_body_bytes = from.max_body_bytes;
    out.max_open_body_bytes = std::min(from.max_open_body_bytes, from.max_body_bytes);
    out.max_connections = from.max_connections;
    out.max_connections_per_client = from.max_connections_per_address;
    out.memory_per_client_bytes = from.memory_per_address_bytes;
    out.header_timeout = from.header_timeout;
    out.body_timeout = from.body_timeout;
    out.request_timeout = from.request_timeout;
    out.drain_timeout = from.drain_timeout;
    out.trust_proxy = from.trust_proxy;
    out.cors_origins = from.cors_origins;
    return out;
}

/// Before the first request, so that the log says it. A database that does not answer is told by /ready.
task<void> tell_problem(isolation_check& isolation) {
    constexpr std::chrono::seconds patience{5};
    const auto found = co_await isolation.problem(std::chrono::steady_clock::now() + patience);
    if (found && !found->empty()) log::error("not ready", {{"why", *found}});
}

task<void> drain(parts& all) {
    if (all.redis) co_await all.redis->drain();
    co_await all.database->drain();
}

/// On these somebody can guess: passwords and tokens.
constexpr service::route::any_handler guessed[] = {&auth::sign_up, &auth::login, &auth::refresh,
                                                   &auth::change_password};

service::pipeline pipeline_of(parts& all) {
    return {.services = all.services,
            .policy = all.product.policy,
            .callers = all.authority,
            .standings = all.directory,
            .once = all.idempotency,
            .limits = all.limits.internals().requests,
            .metrics = all.metrics};
}

service::body_limits bodies_of(const configuration& from) {
    return {.known = from.max_body_bytes, .open = from.max_open_body_bytes};
}

}  // namespace

struct server_handle::parts {
    // First, so that its loops are the last to go: threads of the services may still post to them.
    std::unique_ptr<http::server> server;
    app::parts all;
    service::dispatcher dispatcher;
    housekeeping keeping_house;
    bool stopped = false;

    parts(const product& product, configuration settings, std::unique_ptr<db::backend> database)
        : all(product, std::move(settings), std::move(database)),
          dispatcher(pipeline_of(all), product.routes, guessed, bodies_of(all.configuration)),
          keeping_house(all) {}
};

server_handle::server_handle(std::unique_ptr<parts> p) : parts_(std::move(p)) {}

server_handle::~server_handle() {
    stop();
}

std::uint16_t server_handle::port() const {
    return parts_->server->port();
}

const service::services& server_handle::services() const {
    return parts_->all.services;
}

bool server_handle::stop() {
    if (std::exchange(parts_->stopped, true)) return true;
    parts_->all.draining = true;
    parts_->keeping_house.request_stop();
    const bool in_time = parts_->server->stop();
    parts_->keeping_house.stop();
    run_blocking(drain(parts_->all));
    return in_time;
}

result<std::unique_ptr<server_handle>> start_server(const product& product, configuration configuration) {
    db::open_options wanted;
    wanted.connections = configuration.database_connections;
    wanted.loops = make_options(configuration).loops;
    wanted.pooler = configuration.database_pooler;
    wanted.page_bytes = configuration.max_page_bytes;
    wanted.list_time = configuration.list_timeout;
    TRY_ASSIGN(auto database, db::open(configuration.database_url, wanted));
    if (db::is_postgres_url(configuration.database_url))
        log::info("connections to PostgreSQL", {{"at_most", db::most_connections(wanted)}});
    return start_server(product, std::move(configuration), std::move(database));
}

result<std::unique_ptr<server_handle>> start_server(const product& product, configuration configuration,
                                                    std::unique_ptr<db::backend> database) {
    const http::server_options options = make_options(configuration);
    auto parts = std::make_unique<server_handle::parts>(product, std::move(configuration), std::move(database));
    TRY(parts->all.make_product_parts());
    run_blocking(tell_problem(parts->all.isolation));
    TRY_ASSIGN(parts->server, http::server::start(options, parts->dispatcher, parts->all.metrics, parts->all.memory));
    return std::make_unique<server_handle>(std::move(parts));
}

}  // namespace tenon::app
