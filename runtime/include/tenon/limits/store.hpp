// Limits, locks and a cache, with one meaning in Redis, in the database and in memory.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/limits/key.hpp>
#include <tenon/limits/rules.hpp>

namespace tenon::limits {

/// `n` tokens to be taken from a bucket.
struct bucket_take {
    key from;
    bucket_rule rule;
    std::int64_t n;

    bucket_take(key f, bucket_rule r, std::int64_t count) : from(std::move(f)), rule(r), n(count) {}
};

/// Every operation is atomic over all replicas that share the store, and reads one clock: that of the store. An
/// operation whose outcome is not known (errc::unavailable, errc::deadline_exceeded) may have counted, and has granted
/// nothing: limits are never exceeded. Thread-safe; on PostgreSQL, SQLite and Redis for coroutines of event loops.
///
/// A key is for one kind of operation. Numbers are at least 1 and times at least 1 ms unless said otherwise.
class store {
  public:
    using time_point = std::chrono::steady_clock::time_point;
    using milliseconds = std::chrono::milliseconds;
    virtual ~store() = default;

    /// Takes `n` tokens, or none.
    virtual task<result<bucket_answer>> take(key k, bucket_rule rule, std::int64_t n, time_point deadline) = 0;

    /// How a bucket stands. Takes nothing and writes nothing.
    task<result<bucket_answer>> look(key k, bucket_rule rule, time_point deadline);

    /// Takes from one bucket after another, up to and including the first that refuses: an answer for each that was
    /// asked, whose number is that of `all` unless the last one is a refusal. In Redis one round trip and atomic as a
    /// whole; elsewhere one `take` after another, and when one fails, those before it have taken.
    virtual task<result<std::vector<bucket_answer>>> take_in_turn(std::vector<bucket_take> all, time_point deadline);

    /// Counts `n` in the present window if that keeps it at or below `cap`, else nothing.
    virtual task<result<quota_answer>> use(key k, window w, std::int64_t cap, std::int64_t n, time_point deadline) = 0;
    /// Gives `n` back to the window that began at `since`; nothing if that one has passed.
    virtual task<result<void>> refund(key k, instant since, std::int64_t n, time_point deadline) = 0;

    /// One of `limit` slots for `ttl`; empty when all are taken. The slot of a holder that died is free again after
    /// `ttl`.
    virtual task<result<std::optional<uuid>>> acquire(key k, std::int64_t limit, milliseconds ttl,
                                                      time_point deadline) = 0;
    /// `ttl` from now on; false when the lease has expired: it does not come back.
    virtual task<result<bool>> renew(key k, uuid lease, milliseconds ttl, time_point deadline) = 0;
    virtual task<result<void>> release(key k, uuid lease, time_point deadline) = 0;

    /// Succeeds once per `period`: what a bucket of one token is, in every store.
    task<result<cooldown_answer>> cool_down(key k, milliseconds period, time_point deadline);

    /// For one holder at a time, for `ttl`; empty when somebody else has it.
    virtual task<result<std::optional<held_lock>>> lock(key k, milliseconds ttl, time_point deadline) = 0;
    /// False when the lock is not held by this owner any more.
    virtual task<result<bool>> extend(key k, held_lock held, milliseconds ttl, time_point deadline) = 0;
    /// False when it was not held by this owner any more.
    virtual task<result<bool>> unlock(key k, held_lock held, time_point deadline) = 0;

    virtual task<result<cached>> get(key k, time_point deadline) = 0;
    /// Keeps UTF-8 `value` for `ttl` (at most `cache_ttl_max`), unless the entry was invalidated since the `get` that
    /// told `generation`: what was computed from old data is not kept.
    virtual task<result<void>> put(key k, std::string value, milliseconds ttl, std::int64_t generation,
                                   time_point deadline) = 0;
    /// On every replica, from the answer on.
    virtual task<result<void>> invalidate(key k, time_point deadline) = 0;
};

}  // namespace tenon::limits
