// Makes the parts of one running product.
#include "app/parts.hpp"

#include <stdexcept>
#include <utility>

#include "accounts/authority_parts.hpp"
#include "app/timed_backend.hpp"
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

accounts::settings accounts_of(const product& product, const configuration& from) {
    accounts::settings out;
    out.service = product.name;
    out.tenant = product.tenant;
    out.policy = product.policy;
    out.lifetimes = product.tokens;
    out.token_secret = from.token_secret;
    out.previous_token_secret = from.previous_token_secret;
    out.password_memory_kib = from.password_memory_kib;
    out.password_passes = from.password_passes;
    return out;
}

claims::settings keys_of(const product& product, const configuration& from) {
    claims::settings out;
    out.tenant = product.tenant;
    out.token_secret = from.token_secret;
    out.previous_token_secret = from.previous_token_secret;
    return out;
}

}  // namespace

parts::parts(const app::product& p, app::configuration c, std::unique_ptr<db::backend> opened)
    : product(p),
      configuration(std::move(c)),
      memory(configuration.memory_budget_bytes),
      cursors(crypto::derive_key(configuration.token_secret.reveal(), "cursors")),
      database(std::make_unique<timed_backend>(std::move(opened), metrics)),
      redis(open_redis(configuration)),
      limits(limits::make_parts(limits_of(product, configuration), *database, redis.get(), metrics)),
      claims(keys_of(product, configuration), *database),
      operations(*database, product.policy, cursors, limits, metrics, claims, registry, of_product),
      authority(accounts_of(product, configuration), *database),
      directory(product.tenant, product.policy, *database),
      isolation(product, *database),
      idempotency(claims, configuration.kept_answer_bytes),
      services(registry) {
    registry.add<parts>(*this);
    registry.add<const access::policy>(product.policy);
    registry.add<const paging::cursor_codec>(cursors);
    registry.add<observe::metrics>(metrics);
    registry.add<db::backend>(*database);
    registry.add<limits::limiter>(limits);
    registry.add<limits::request_limits>(limits.internals().requests);
    registry.add<const operation::surroundings>(operations);
    registry.add<const operation::product_parts>(of_product);
    registry.add<accounts::authority>(authority);
    registry.add<operation::directory>(directory);
    metrics.describe(product.name, product.version, TENON_RUNTIME_VERSION);
    database->report_waits(
        [this](std::string_view connection, std::chrono::nanoseconds time) { metrics.waited(connection, time); });
    metrics.watch_memory(memory);
    metrics.watch_queue("passwords", [this] { return static_cast<double>(authority.internals().passwords.waiting()); });
}

result<void> parts::make_product_parts() {
    // Settings, secrets among them, are not kept for longer than it takes.
    const parts_maker make = std::exchange(configuration.make_parts, nullptr);
    if (!make && product.parts == nullptr) return {};
    try {
        if (!make) throw std::logic_error("the configuration was not read for this product");
        make(of_product);
        return {};
    } catch (const std::exception& why) {
        return error(errc::unavailable, std::string("What the product's own code needs cannot be made: ") + why.what());
    } catch (...) {
        return error(errc::unavailable, "What the product's own code needs cannot be made.");
    }
}

}  // namespace tenon::app
