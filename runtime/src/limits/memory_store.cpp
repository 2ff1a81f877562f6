// In-memory limit store: one hash map, swept when it has doubled.
#include "limits/memory_store.hpp"

#include <algorithm>

namespace tenon::limits {
memory_store::entry& memory_store::at(std::string_view kind, const key& k, instant now) {
    forget_some(now);
    std::string name(kind);
    name.append(":").append(k.tenant() ? k.tenant()->to_string() : "-").append(":").append(k.name());
    return entries_[std::move(name)];
}

/// Looks through all entries only after their number has doubled.
void memory_store::forget_some(instant now) {
    if (entries_.size() < forget_above_) return;
    std::erase_if(entries_, [&](const auto& each) { return each.second.forget < now; });
    forget_above_ = std::max<std::size_t>(1024, entries_.size() * 2);
}

task<result<bucket_answer>> memory_store::take(key k, bucket_rule rule, std::int64_t n, time_point) {
    const std::lock_guard guard(mutex_);
    const instant now = instant::now();
    entry& e = at("bucket", k, now);
    const std::int64_t next = next_filled_at(rule, n, now.micros, e.amount);
    const bool allowed = allows(rule, now.micros, next);
    if (allowed) e.amount = next;
    e.forget = instant{e.amount};
    co_return answer_of(rule, allowed, n, now.micros, e.amount);
}

task<result<quota_answer>> memory_store::use(key k, window w, std::int64_t cap, std::int64_t n, time_point) {
    const std::lock_guard guard(mutex_);
    const instant now = instant::now();
    entry& e = at("quota", k, now);
    quota_answer out;
    out.span = span_of(w, now);
    const bool fresh = e.forget.micros == 0 || out.span.since > e.since;
    if (fresh) e.amount = 0;
    // A clock that was set back does not bring an old window back, nor the present one twice.
    if (!fresh) out.span = span_of(w, e.since);
    e.since = out.span.since;
    e.forget = out.span.until;
    out.granted = e.amount + n <= cap;
    if (out.granted) e.amount += n;
    out.used = e.amount;
    co_return out;
}

task<result<void>> memory_store::refund(key k, instant since, std::int64_t n, time_point) {
    const std::lock_guard guard(mutex_);
    entry& e = at("quota", k, instant::now());
    if (e.since == since) e.amount = std::max<std::int64_t>(e.amount - n, 0);
    co_return result<void>();
}

task<result<std::optional<uuid>>> memory_store::acquire(key k, std::int64_t limit, milliseconds ttl, time_point) {
    const std::lock_guard guard(mutex_);
    const instant now = instant::now();
    entry& e = at("lease", k, now);
    std::erase_if(e.leases, [&](const auto& each) { return each.second <= now; });
    if (static_cast<std::int64_t>(e.leases.size()) >= limit) co_return std::optional<uuid>();
    const uuid lease = uuid::generate();
    e.leases[lease] = now + ttl;
    e.forget = std::max(e.forget, now + ttl);
    co_return std::optional<uuid>(lease);
}

task<result<bool>> memory_store::renew(key k, uuid lease, milliseconds ttl, time_point) {
    const std::lock_guard guard(mutex_);
    const instant now = instant::now();
    entry& e = at("lease", k, now);
    const auto found = e.leases.find(lease);
    if (found == e.leases.end() || found->second <= now) co_return false;
    found->second = now + ttl;
    e.forget = std::max(e.forget, now + ttl);
    co_return true;
}

task<result<void>> memory_store::release(key k, uuid lease, time_point) {
    const std::lock_guard guard(mutex_);
    at("lease", k, instant::now()).leases.erase(lease);
    co_return result<void>();
}

task<result<std::optional<held_lock>>> memory_store::lock(key k, milliseconds ttl, time_point) {
    const std::lock_guard guard(mutex_);
    const instant now = instant::now();
    entry& e = at("lock", k, now);
    if (e.expires > now) co_return std::optional<held_lock>();
    held_lock out;
    out.owner = e.owner = uuid::generate();
    out.fence = ++e.amount;
    e.expires = now + ttl;
    e.forget = span_of(window::ever, now).until;  // fences are never forgotten
    co_return std::optional<held_lock>(out);
}

task<result<bool>> memory_store::extend(key k, held_lock held, milliseconds ttl, time_point) {
    const std::lock_guard guard(mutex_);
    const instant now = instant::now();
    entry& e = at("lock", k, now);
    if (!holds(e, held, now)) co_return false;
    e.expires = now + ttl;
    co_return true;
}

task<result<bool>> memory_store::unlock(key k, held_lock held, time_point) {
    const std::lock_guard guard(mutex_);
    const instant now = instant::now();
    entry& e = at("lock", k, now);
    if (!holds(e, held, now)) co_return false;
    e.expires = instant{};
    co_return true;
}

task<result<cached>> memory_store::get(key k, time_point) {
    const std::lock_guard guard(mutex_);
    const instant now = instant::now();
    const entry& e = at("cache", k, now);
    cached out;
    out.generation = e.amount;
    // A clock that was set back does not keep a value for longer.
    if (e.expires > now && e.expires <= now + cache_ttl_max) out.value = e.value;
    co_return out;
}

task<result<void>> memory_store::put(key k, std::string value, milliseconds ttl, std::int64_t generation, time_point) {
    const std::lock_guard guard(mutex_);
    const instant now = instant::now();
    entry& e = at("cache", k, now);
    if (e.amount != generation) co_return result<void>();
    e.value = std::move(value);
    e.expires = now + std::min(ttl, cache_ttl_max);
    e.forget = now + generation_kept;
    co_return result<void>();
}

task<result<void>> memory_store::invalidate(key k, time_point) {
    const std::lock_guard guard(mutex_);
    const instant now = instant::now();
    entry& e = at("cache", k, now);
    e.amount = std::max(e.amount + 1, now.micros);
    e.value.reset();
    e.expires = instant{};
    e.forget = now + generation_kept;
    co_return result<void>();
}

}  // namespace tenon::limits
