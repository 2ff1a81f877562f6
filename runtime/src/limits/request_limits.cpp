// Requests counted, here and where replicas share it.
#include "limits/request_limits.hpp"

#include <sodium.h>

#include <algorithm>
#include <functional>

#include <tenon/limits/limiter.hpp>
#include <tenon/observe/log.hpp>

#include "crypto/digest.hpp"
#include "limits/client_network.hpp"

namespace tenon::limits {
namespace {

// 1 MiB and 256 KiB.
constexpr std::size_t requests_counted = 65'536;
constexpr std::size_t attempts_counted = 16'384;
constexpr std::size_t buckets_min = 512;

std::int64_t micros(request_limits::time_point when) {
    return std::chrono::duration_cast<microseconds>(when.time_since_epoch()).count();
}

std::string_view bytes_of(const uuid& from) {
    return std::string_view(reinterpret_cast<const char*>(from.bytes.data()), from.bytes.size());
}

}  // namespace

request_limits::request_limits(const app::rate_settings& settings, observe::metrics& metrics, store* shared)
    : shared_(shared),
      metrics_(metrics),
      hash_key_(crypto::random_bytes(crypto_shorthash_KEYBYTES)),
      address_(make_policy("ip", settings.per_address, metrics)),
      user_(make_policy("user", settings.per_user, metrics)),
      tenant_(make_policy("tenant", settings.per_tenant, metrics)),
      attempt_address_(make_policy("auth-ip", settings.attempts_per_address, metrics)),
      attempt_account_(make_policy("auth-account", settings.attempts_per_account, metrics)),
      requests_(address_.on() || user_.on() || tenant_.on() ? requests_counted : buckets_min),
      attempts_(attempt_address_.on() || attempt_account_.on() ? attempts_counted : buckets_min) {}

rate_policy request_limits::make_policy(std::string name, const app::rate& from, observe::metrics& metrics) const {
    rate_policy out;
    out.name = std::move(name);
    out.rule.burst = from.count;
    out.rule.count = std::max<std::int64_t>(from.count, 1);
    out.rule.period = from.period;
    const auto seconds = std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(from.period).count());
    out.text = "\"" + out.name + "\";q=" + std::to_string(from.count) + ";w=" + std::to_string(seconds);
    out.salt = std::hash<std::string>()(crypto::random_bytes(16));
    out.metrics = &metrics.limit(out.name);
    return out;
}

/// Clients do not know the key, and so cannot choose whom they share a place with.
std::uint64_t request_limits::hash_of(const rate_policy& policy, std::string_view text) const {
    std::uint64_t out = 0;
    crypto_shorthash(reinterpret_cast<unsigned char*>(&out), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), reinterpret_cast<const unsigned char*>(hash_key_.data()));
    return out ^ policy.salt;
}

result<void> request_limits::judge(const rate_policy& policy, const bucket_answer& answer, rates_seen& seen) const {
    seen.add(policy, answer);
    if (answer.allowed) return {};
    metrics_.limit_refused(*policy.metrics);
    return too_many_requests("Too many requests; the RateLimit header says which limit was reached.",
                             answer.retry_after);
}

result<void> request_limits::admit_here(bucket_table& table, const rate_policy& policy, std::string_view text,
                                        time_point now, rates_seen& seen) {
    if (!policy.on()) return {};
    return judge(policy, table.take(hash_of(policy, text), policy.rule, 1, micros(now)), seen);
}

task<result<void>> request_limits::admit_there(const rate_policy& policy, key k, time_point deadline,
                                               rates_seen& seen) {
    if (!policy.on() || shared_ == nullptr) co_return result<void>();
    const auto answer = co_await shared_->take(std::move(k), policy.rule, 1, deadline);
    if (answer) co_return judge(policy, *answer, seen);
    store_failed(policy, answer.error());
    co_return result<void>();
}

void request_limits::store_failed(const rate_policy& policy, const error& why) {
    metrics_.limit_store_failed(*policy.metrics);
    const std::int64_t now = micros(std::chrono::steady_clock::now());
    std::int64_t last = logged_at_.load(std::memory_order_relaxed);
    if (now - last < 1'000'000 || !logged_at_.compare_exchange_strong(last, now)) return;
    log::warn("limits are not shared at the moment", {{"limit", policy.name}, {"what", why.message}});
}

result<void> request_limits::admit_address_here(std::string_view address, time_point now, rates_seen& seen) {
    if (!address_.on()) return {};
    if (address.find(':') == address.npos) return admit_here(requests_, address_, address, now, seen);
    return admit_here(requests_, address_, client_network(address), now, seen);
}
result<void> request_limits::admit_user_here(user_id user, time_point now, rates_seen& seen) {
    return admit_here(requests_, user_, bytes_of(user.value), now, seen);
}
result<void> request_limits::admit_tenant_here(tenant_id tenant, time_point now, rates_seen& seen) {
    return admit_here(requests_, tenant_, bytes_of(tenant.value), now, seen);
}

task<result<void>> request_limits::admit_address_there(std::string_view address, time_point deadline,
                                                       rates_seen& seen) {
    return admit_there(address_, service_key("rate.ip", {client_network(address)}), deadline, seen);
}
task<result<void>> request_limits::admit_user_there(user_id user, time_point deadline, rates_seen& seen) {
    return admit_there(user_, service_key("rate.user", {user.to_string()}), deadline, seen);
}
task<result<void>> request_limits::admit_tenant_there(tenant_id tenant, time_point deadline, rates_seen& seen) {
    return admit_there(tenant_, tenant_key(tenant, "rate.tenant"), deadline, seen);
}

task<result<void>> request_limits::admit_attempt(std::string address, std::string account, time_point deadline,
                                                 rates_seen& seen) {
    const std::string network = client_network(address);
    const auto now = std::chrono::steady_clock::now();
    CO_TRY(admit_here(attempts_, attempt_address_, network, now, seen));
    key from = service_key("rate.auth-ip", {network});
    CO_TRY(co_await admit_there(attempt_address_, std::move(from), deadline, seen));
    if (account.empty()) co_return result<void>();
    const std::string hidden = crypto::sha256_hex(account);
    CO_TRY(admit_here(attempts_, attempt_account_, hidden, now, seen));
    key at = service_key("rate.auth-account", {hidden});
    CO_TRY(co_await admit_there(attempt_account_, std::move(at), deadline, seen));
    co_return result<void>();
}

}  // namespace tenon::limits
