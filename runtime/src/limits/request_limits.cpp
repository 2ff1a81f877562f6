// Requests counted, here and where replicas share it.
#include "limits/request_limits.hpp"

#include <sodium.h>

#include <algorithm>
#include <functional>

#include <tenon/limits/limiter.hpp>
#include <tenon/observe/log.hpp>

#include "core/ip_address.hpp"
#include "crypto/digest.hpp"
#include "limits/tenant_key.hpp"

namespace tenon::limits {
namespace {

// 1 MiB and 256 KiB.
constexpr std::size_t requests_counted = 65'536;
constexpr std::size_t attempts_counted = 16'384;
constexpr std::size_t buckets_min = 512;

std::int64_t micros(request_limits::time_point when) {
    return std::chrono::duration_cast<microseconds>(when.time_since_epoch()).count();
}

rate one_of(rate from) {
    from.count = std::min<std::int64_t>(from.count, 1);
    return from;
}

std::string_view bytes_of(const uuid& from) {
    return std::string_view(reinterpret_cast<const char*>(from.bytes.data()), from.bytes.size());
}

}  // namespace

request_limits::request_limits(const rate_settings& settings, observe::metrics& metrics, store* shared,
                               const known_networks& known)
    : shared_(shared),
      metrics_(metrics),
      hash_key_(crypto::random_bytes(crypto_shorthash_KEYBYTES)),
      address_(make_policy("ip", settings.per_address, metrics)),
      user_(make_policy("user", settings.per_user, metrics)),
      tenant_(make_policy("tenant", settings.per_tenant, metrics)),
      watcher_(make_policy("metrics", settings.metrics_per_address, metrics)),
      attempt_address_(make_policy("auth-ip", settings.attempts_per_address, metrics)),
      attempt_account_(make_policy("auth-account", settings.attempts_per_account, metrics)),
      attempt_known_(make_policy("auth-known", settings.attempts_per_account, metrics)),
      attempt_once_(make_policy("auth-once", one_of(settings.attempts_per_account), metrics)),
      attempt_once_each_(make_policy("auth-once-each", settings.attempts_per_account, metrics)),
      known_(known),
      requests_(address_.on() || user_.on() || tenant_.on() ? requests_counted : buckets_min),
      attempts_(attempt_address_.on() || attempt_account_.on() ? attempts_counted : buckets_min) {}

rate_policy request_limits::make_policy(std::string name, const rate& from, observe::metrics& metrics) const {
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

result<void> request_limits::admit_watcher(std::string_view address, time_point now) {
    if (!watcher_.on()) return {};
    const std::uint64_t who = hash_of(watcher_, client_network(address));
    const bucket_answer answer = attempts_.take(who, watcher_.rule, 1, micros(now));
    if (answer.allowed) return {};
    metrics_.limit_refused(*watcher_.metrics);
    return too_many_requests(
        "Too many requests for the metrics; those with the token of METRICS_TOKEN are not limited.",
        answer.retry_after);
}

task<result<void>> request_limits::admit_there(counted_here counted, time_point deadline, rates_seen& seen) {
    if (counted.empty()) co_return result<void>();
    const auto answers = co_await shared_->take_in_turn(std::move(counted.takes_), deadline);
    if (!answers) {
        for (const rate_policy* each : counted.policies_) store_failed(*each, answers.error());
        co_return result<void>();
    }
    for (std::size_t i = 0; i < answers->size(); ++i) CO_TRY(judge(*counted.policies_[i], (*answers)[i], seen));
    co_return result<void>();
}

void request_limits::store_failed(const rate_policy& policy, const error& why) {
    metrics_.limit_store_failed(*policy.metrics);
    const std::int64_t now = micros(std::chrono::steady_clock::now());
    std::int64_t last = logged_at_.load(std::memory_order_relaxed);
    if (now - last < 1'000'000 || !logged_at_.compare_exchange_strong(last, now)) return;
    log::warn("limits are not shared at the moment", {{"limit", policy.name}, {"what", why.message}});
}

result<void> request_limits::admit_address(std::string_view address, time_point now, rates_seen& seen,
                                           counted_here& counted) {
    if (!address_.on()) return {};
    const std::string who = address.find(':') == address.npos ? std::string(address) : client_network(address);
    TRY(admit_here(requests_, address_, who, now, seen));
    if (shared_ != nullptr) counted.add(address_, service_key("rate.ip", {who}));
    return {};
}
result<void> request_limits::admit_user(user_id user, time_point now, rates_seen& seen, counted_here& counted) {
    if (!user_.on()) return {};
    TRY(admit_here(requests_, user_, bytes_of(user.value), now, seen));
    if (shared_ != nullptr) counted.add(user_, service_key("rate.user", {user.to_string()}));
    return {};
}
result<void> request_limits::admit_tenant(tenant_id tenant, time_point now, rates_seen& seen, counted_here& counted) {
    if (!tenant_.on()) return {};
    TRY(admit_here(requests_, tenant_, bytes_of(tenant.value), now, seen));
    if (shared_ != nullptr) counted.add(tenant_, tenant_key(tenant, "rate.tenant"));
    return {};
}

task<bucket_answer> request_limits::take_attempt(const rate_policy& policy, std::string who, time_point now,
                                                 time_point deadline) {
    const bucket_answer here = attempts_.take(hash_of(policy, who), policy.rule, 1, micros(now));
    if (!here.allowed || shared_ == nullptr) co_return here;
    key place = service_key("rate." + policy.name, {who});
    const auto there = co_await shared_->take(std::move(place), policy.rule, 1, deadline);
    if (!there) store_failed(policy, there.error());
    co_return there ? *there : here;
}

task<result<void>> request_limits::admit_attempt(std::string address, time_point now, time_point deadline,
                                                 rates_seen& seen) {
    if (!attempt_address_.on()) co_return result<void>();
    std::string network = client_network(address);
    const bucket_answer answer = co_await take_attempt(attempt_address_, std::move(network), now, deadline);
    co_return judge(attempt_address_, answer, seen);
}

task<result<void>> request_limits::admit_account(account_attempt attempt, time_point now, time_point deadline,
                                                 rates_seen& seen) {
    if (!attempt_account_.on()) co_return result<void>();
    std::string account = crypto::sha256_hex(attempt.account);
    const bucket_answer of_all = co_await take_attempt(attempt_account_, account, now, deadline);
    if (of_all.allowed) co_return judge(attempt_account_, of_all, seen);
    // Guesses of strangers must not shut the owner out.
    const std::string network = client_network(attempt.address);
    std::vector<std::string> names = known_.names_of(attempt.account, network);
    std::string pair = names.front();
    const bool known = co_await known_.has(std::move(names), deadline);
    const rate_policy& own = known ? attempt_known_ : attempt_once_;
    const bucket_answer of_pair = co_await take_attempt(own, std::move(pair), now, deadline);
    if (known || !of_pair.allowed) co_return judge(own, of_pair, seen);
    const bucket_answer of_each = co_await take_attempt(attempt_once_each_, std::move(account), now, deadline);
    co_return judge(attempt_once_each_, of_each, seen);
}

task<void> request_limits::succeeded(account_attempt attempt, time_point deadline) {
    if (!attempt_account_.on()) co_return;
    const std::string network = client_network(attempt.address);
    std::string pair = known_.names_of(attempt.account, network).front();
    const auto kept = co_await known_.keep(std::move(pair), deadline);
    if (!kept) store_failed(attempt_known_, kept.error());
}

}  // namespace tenon::limits
