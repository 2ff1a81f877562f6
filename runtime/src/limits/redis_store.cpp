// Limits by scripts in Redis.
#include "limits/redis_store.hpp"

#include <algorithm>
#include <charconv>

#include "core/wall_clock.hpp"
#include "limits/redis_scripts.hpp"

namespace tenon::limits {
namespace {

// A Redis that hangs must not hold the request that asks it: whoever waits is told so after this time.
constexpr auto patience = std::chrono::milliseconds(500);

std::string text(std::int64_t number) {
    return std::to_string(number);
}
std::string text(std::chrono::milliseconds time) {
    return std::to_string(time.count());
}

std::string_view name_of(window w) {
    switch (w) {
        case window::hour:
            return "hour";
        case window::day:
            return "day";
        case window::month:
            return "month";
        case window::ever:
            break;
    }
    return "ever";
}

std::int64_t number_in(const redis::reply& from) {
    std::int64_t out = from.number;
    if (from.what == redis::reply::kind::text)
        std::from_chars(from.text.data(), from.text.data() + from.text.size(), out);
    return out;
}

error odd_answer() {
    return error(errc::internal, "a limit's script gave another answer than expected");
}

result<std::vector<std::int64_t>> numbers_of(const redis::reply& from, std::size_t count) {
    if (from.items.size() != count) return odd_answer();
    std::vector<std::int64_t> out;
    for (const redis::reply& each : from.items) out.push_back(number_in(each));
    return out;
}

redis::script timed(std::string_view text) {
    return redis::script(std::string(scripts::time).append(text));
}

/// The last argument of each script.
std::string set_time() {
    const auto set = wall_clock::set_by_test();
    return set ? text(set->micros) : std::string();
}

}  // namespace

struct redis_store::scripts_known {
    redis::script take = timed(scripts::take);
    redis::script use = timed(scripts::use);
    redis::script refund = timed(scripts::refund);
    redis::script acquire = timed(scripts::acquire);
    redis::script renew = timed(scripts::renew);
    redis::script lock = timed(scripts::lock);
    redis::script extend = timed(scripts::extend);
    redis::script unlock = timed(scripts::unlock);
    redis::script put = timed(scripts::put);
    redis::script get = timed(scripts::get);
    redis::script invalidate = timed(scripts::invalidate);
};

redis_store::redis_store(redis::client& client, std::string prefix, fence_source* fences)
    : client_(client), prefix_(std::move(prefix)), fences_(fences), scripts_(std::make_unique<scripts_known>()) {}

redis_store::~redis_store() = default;

/// "starter:lease:018f…:ask"; "-" instead of a tenant for the whole service.
std::string redis_store::redis_key(std::string_view kind, const key& k) const {
    std::string out = prefix_;
    out.append(":").append(kind).append(":");
    out.append(k.tenant() ? k.tenant()->to_string() : "-").append(":").append(k.name());
    return out;
}

task<result<redis::reply>> redis_store::run(const redis::script& what, std::vector<std::string> keys,
                                            std::vector<std::string> arguments, time_point deadline) {
    const auto until = std::min(deadline, std::chrono::steady_clock::now() + patience);
    arguments.push_back(set_time());
    return client_.run(what, std::move(keys), std::move(arguments), until);
}

task<result<bucket_answer>> redis_store::take(key k, bucket_rule rule, std::int64_t n, time_point deadline) {
    std::vector<bucket_take> one;
    one.emplace_back(std::move(k), rule, n);
    CO_TRY_ASSIGN(const auto answers, co_await take_in_turn(std::move(one), deadline));
    co_return answers.front();
}

task<result<std::vector<bucket_answer>>> redis_store::take_in_turn(std::vector<bucket_take> all, time_point deadline) {
    std::vector<std::string> keys;
    std::vector<std::string> arguments;
    for (const bucket_take& each : all) {
        keys.push_back(redis_key("bucket", each.from));
        arguments.push_back(text(each.rule.tolerance()));
        arguments.push_back(text(each.n * each.rule.interval()));
    }
    CO_TRY_ASSIGN(const redis::reply got,
                  co_await run(scripts_->take, std::move(keys), std::move(arguments), deadline));
    CO_TRY_ASSIGN(const auto numbers, numbers_of(got, got.items.size()));
    const std::size_t answered = numbers.size() / 2;
    if (numbers.size() != 1 + 2 * answered || answered > all.size() || (answered == 0) != all.empty())
        co_return odd_answer();
    std::vector<bucket_answer> out;
    for (std::size_t i = 0; i < answered; ++i)
        out.push_back(answer_of(all[i].rule, numbers[1 + 2 * i] == 1, all[i].n, numbers[0], numbers[2 + 2 * i]));
    co_return out;
}

task<result<quota_answer>> redis_store::use(key k, window w, std::int64_t cap, std::int64_t n, time_point deadline) {
    std::vector<std::string> keys = {redis_key("quota", k)};
    std::vector<std::string> arguments = {std::string(name_of(w)), text(cap), text(n)};
    CO_TRY_ASSIGN(const redis::reply got, co_await run(scripts_->use, std::move(keys), std::move(arguments), deadline));
    CO_TRY_ASSIGN(const auto numbers, numbers_of(got, 4));
    quota_answer out;
    out.granted = numbers[0] == 1;
    out.used = numbers[1];
    out.span.since = instant{numbers[2] * 1'000'000};
    out.span.until = instant{numbers[3] * 1'000'000};
    co_return out;
}

task<result<void>> redis_store::refund(key k, instant since, std::int64_t n, time_point deadline) {
    std::vector<std::string> keys = {redis_key("quota", k)};
    std::vector<std::string> arguments = {text(since.micros / 1'000'000), text(n)};
    CO_TRY(co_await run(scripts_->refund, std::move(keys), std::move(arguments), deadline));
    co_return result<void>();
}

task<result<std::optional<uuid>>> redis_store::acquire(key k, std::int64_t limit, milliseconds ttl,
                                                       time_point deadline) {
    const uuid lease = uuid::generate();
    std::vector<std::string> keys = {redis_key("lease", k)};
    std::vector<std::string> arguments = {text(limit), text(ttl), lease.to_string()};
    CO_TRY_ASSIGN(const redis::reply got,
                  co_await run(scripts_->acquire, std::move(keys), std::move(arguments), deadline));
    co_return got.number == 1 ? std::optional<uuid>(lease) : std::nullopt;
}

task<result<bool>> redis_store::renew(key k, uuid lease, milliseconds ttl, time_point deadline) {
    std::vector<std::string> keys = {redis_key("lease", k)};
    std::vector<std::string> arguments = {text(ttl), lease.to_string()};
    CO_TRY_ASSIGN(const redis::reply got,
                  co_await run(scripts_->renew, std::move(keys), std::move(arguments), deadline));
    co_return got.number == 1;
}

task<result<void>> redis_store::release(key k, uuid lease, time_point deadline) {
    std::vector<std::string> words = {"ZREM", redis_key("lease", k), lease.to_string()};
    CO_TRY(co_await client_.run(std::move(words), deadline));
    co_return result<void>();
}

/// Redis keeps the others away; the fence comes from where nothing is forgotten. By then the lock may have expired, and
/// the next holder may have a smaller fence: whoever is not the owner any more has not got the lock.
task<result<std::optional<held_lock>>> redis_store::lock(key k, milliseconds ttl, time_point deadline) {
    held_lock out;
    out.owner = uuid::generate();
    std::vector<std::string> keys = {redis_key("lock", k), redis_key("fence", k)};
    std::vector<std::string> arguments = {text(ttl), out.owner.to_string()};
    CO_TRY_ASSIGN(const redis::reply got,
                  co_await run(scripts_->lock, std::move(keys), std::move(arguments), deadline));
    if (got.is_nil()) co_return std::optional<held_lock>();
    out.fence = number_in(got);
    if (fences_ == nullptr) co_return std::optional<held_lock>(out);
    auto fence = co_await fences_->next_fence(k, deadline);
    if (!fence) {
        (void)co_await unlock(std::move(k), out, deadline);
        co_return std::move(fence).error();
    }
    out.fence = *fence;
    CO_TRY_ASSIGN(const bool still, co_await extend(std::move(k), out, ttl, deadline));
    co_return still ? std::optional<held_lock>(out) : std::nullopt;
}

task<result<bool>> redis_store::extend(key k, held_lock held, milliseconds ttl, time_point deadline) {
    std::vector<std::string> keys = {redis_key("lock", k)};
    std::vector<std::string> arguments = {text(ttl), held.owner.to_string()};
    CO_TRY_ASSIGN(const redis::reply got,
                  co_await run(scripts_->extend, std::move(keys), std::move(arguments), deadline));
    co_return got.number == 1;
}

task<result<bool>> redis_store::unlock(key k, held_lock held, time_point deadline) {
    std::vector<std::string> keys = {redis_key("lock", k)};
    std::vector<std::string> arguments = {held.owner.to_string()};
    CO_TRY_ASSIGN(const redis::reply got,
                  co_await run(scripts_->unlock, std::move(keys), std::move(arguments), deadline));
    co_return got.number == 1;
}

task<result<cached>> redis_store::get(key k, time_point deadline) {
    std::vector<std::string> keys = {redis_key("cache", k)};
    std::vector<std::string> arguments = {text(cache_ttl_max)};
    CO_TRY_ASSIGN(const redis::reply got, co_await run(scripts_->get, std::move(keys), std::move(arguments), deadline));
    if (got.items.size() != 2) co_return error(errc::internal, "the cache's script gave another answer than expected");
    cached out;
    if (!got.items[0].is_nil()) out.value = got.items[0].text;
    out.generation = number_in(got.items[1]);
    co_return out;
}

task<result<void>> redis_store::put(key k, std::string value, milliseconds ttl, std::int64_t generation,
                                    time_point deadline) {
    std::vector<std::string> keys = {redis_key("cache", k)};
    std::vector<std::string> arguments = {std::move(value), text(std::min(ttl, cache_ttl_max)), text(generation),
                                          text(generation_kept)};
    CO_TRY(co_await run(scripts_->put, std::move(keys), std::move(arguments), deadline));
    co_return result<void>();
}

task<result<void>> redis_store::invalidate(key k, time_point deadline) {
    std::vector<std::string> keys = {redis_key("cache", k)};
    std::vector<std::string> arguments = {text(generation_kept)};
    CO_TRY(co_await run(scripts_->invalidate, std::move(keys), std::move(arguments), deadline));
    co_return result<void>();
}

}  // namespace tenon::limits
