// Makes the services of one product and hands them out.
#include <tenon/app/services.hpp>

#include "app/services_parts.hpp"
#include "app/timed_backend.hpp"
#include "auth/accounts_parts.hpp"
#include "crypto/digest.hpp"
#include "limits/limiter_parts.hpp"

namespace tenon::app {

namespace {

/// The URL was checked when the configuration was read.
std::unique_ptr<redis::client> open_redis(const configuration& from) {
    if (from.redis_url.empty()) return nullptr;
    auto where = redis::parse_url(from.redis_url.reveal());
    return where ? std::make_unique<redis::client>(std::move(*where)) : nullptr;
}

limits::settings limits_of(const product& product, const configuration& from) {
    limits::settings out;
    out.service = product.name;
    out.token_secret = from.token_secret;
    out.previous_token_secret = from.previous_token_secret;
    out.rates = from.rates;
    return out;
}

}  // namespace

services::parts::parts(const app::product& p, app::configuration c, std::unique_ptr<db::backend> opened)
    : product(p),
      configuration(std::move(c)),
      memory(configuration.memory_budget_bytes),
      cursors(crypto::derive_key(configuration.token_secret.reveal(), "cursors")),
      database(std::make_unique<timed_backend>(std::move(opened), metrics)),
      redis(open_redis(configuration)),
      limits(limits::make_parts(limits_of(product, configuration), *database, redis.get(), metrics)),
      accounts(product, configuration, *database),
      directory(product, *database),
      isolation(product, *database),
      idempotency(product, configuration, *database) {
    metrics.describe(product.name, product.version, TENON_RUNTIME_VERSION);
    database->report_waits(
        [this](std::string_view connection, std::chrono::nanoseconds time) { metrics.waited(connection, time); });
    metrics.watch_memory(memory);
    metrics.watch_queue("passwords", [this] { return static_cast<double>(accounts.internals().passwords.waiting()); });
}

services::services(std::unique_ptr<parts> p) : parts_(std::move(p)) {}
services::~services() = default;

const app::product& services::product() const {
    return parts_->product;
}
const app::configuration& services::configuration() const {
    return parts_->configuration;
}
const access::policy& services::policy() const {
    return parts_->product.policy;
}
const paging::cursor_codec& services::cursors() const {
    return parts_->cursors;
}
db::backend& services::database() const {
    return *parts_->database;
}
auth::accounts& services::accounts() const {
    return parts_->accounts;
}
tenancy::directory& services::directory() const {
    return parts_->directory;
}
idempotency::keeper& services::idempotency() const {
    return parts_->idempotency;
}
limits::limiter& services::limits() const {
    return parts_->limits;
}
observe::metrics& services::metrics() const {
    return parts_->metrics;
}
byte_budget& services::memory() const {
    return parts_->memory;
}
isolation_check& services::isolation() const {
    return parts_->isolation;
}
bool services::draining() const {
    return parts_->draining.load(std::memory_order_relaxed);
}

}  // namespace tenon::app
