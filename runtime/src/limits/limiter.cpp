// Chooses where limits are counted, and lets abuse limits pass when that place is away.
#include <tenon/limits/limiter.hpp>

#include <algorithm>

#include "limits/limiter_parts.hpp"

namespace tenon::limits {
namespace {

std::unique_ptr<redis_store> open_store(redis::client* redis, const std::string& service, fence_source& fences) {
    return redis == nullptr ? nullptr : std::make_unique<redis_store>(*redis, service, &fences);
}

/// Where replicas can be: Redis, or PostgreSQL. SQLite is one process.
store& cache_among(redis_store* redis, database_store& database, memory_store& memory, std::string_view dialect) {
    if (redis != nullptr) return *redis;
    if (dialect == "sqlite") return memory;
    return database;
}

}  // namespace

limiter::parts::parts(const settings& wanted, db::backend& database, redis::client* client, observe::metrics& m)
    : metrics(m),
      in_database(database),
      in_redis(open_store(client, wanted.service, in_database)),
      exact(in_redis ? static_cast<store&>(*in_redis) : in_database),
      cache(cache_among(in_redis.get(), in_database, in_memory, database.dialect())),
      known(exact, wanted.token_secret.reveal(), wanted.previous_token_secret.reveal()),
      requests(wanted.rates, m, in_redis.get(), known) {}

std::unique_ptr<limiter::parts> make_parts(const settings& wanted, db::backend& database, redis::client* redis,
                                           observe::metrics& metrics) {
    return std::make_unique<limiter::parts>(wanted, database, redis, metrics);
}

limiter::limiter(std::unique_ptr<parts> p) : parts_(std::move(p)) {}
limiter::~limiter() = default;

store& limiter::exact() const {
    return parts_->exact;
}
store& limiter::cache() const {
    return parts_->cache;
}

task<bucket_answer> limiter::take_or_allow(std::string policy, key k, bucket_rule rule, std::int64_t n,
                                           store::time_point deadline) const {
    auto& numbers = parts_->metrics.limit(policy);
    const auto answer = co_await parts_->exact.take(std::move(k), rule, n, deadline);
    if (answer && !answer->allowed) parts_->metrics.limit_refused(numbers);
    if (answer) co_return *answer;
    rate_policy failed;
    failed.name = std::move(policy);
    failed.metrics = &numbers;
    parts_->requests.store_failed(failed, answer.error());
    co_return bucket_answer();
}

error too_many_requests(std::string detail, microseconds retry_after) {
    error out(errc::too_many_requests, std::move(detail));
    out.retry_after = std::max(std::chrono::ceil<std::chrono::seconds>(retry_after), std::chrono::seconds(1));
    return out;
}

}  // namespace tenon::limits
