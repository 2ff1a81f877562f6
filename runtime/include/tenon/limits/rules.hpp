// What limits allow and what they answer: plain values, the same for every store.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>

namespace tenon::limits {

using std::chrono::microseconds;

/// A token bucket: holds `burst` tokens at most, and gets `count` new ones per `period`, evenly. All at least 1; at
/// most one token a microsecond.
struct bucket_rule {
    std::int64_t burst = 1;
    std::int64_t count = 1;
    microseconds period{1'000'000};

    /// Between two tokens; rounded up, so that there are never too many.
    std::int64_t interval() const { return (period.count() + count - 1) / count; }
    /// For an empty bucket to fill up.
    std::int64_t tolerance() const { return burst * interval(); }
    bool operator==(const bucket_rule&) const = default;
};

struct bucket_answer {
    bool allowed = true;
    std::int64_t remaining = 0;
    microseconds retry_after{0};  ///< Until as many tokens are there; 0 when allowed.
    microseconds full_after{0};   ///< Until the bucket is full, if nothing is taken.
};

/// The one place where a bucket's arithmetic is done in this process. `filled_at`: the moment at which the bucket will
/// be full (microseconds; 0 for one that is), which is all that is ever stored of it. Gives the next one.
std::int64_t next_filled_at(const bucket_rule& rule, std::int64_t n, std::int64_t now, std::int64_t filled_at);
/// Whether a bucket that would be full at `next` may be left so.
bool allows(const bucket_rule& rule, std::int64_t now, std::int64_t next);
/// `filled_at` is what has been stored: the next one if allowed, else the one before.
bucket_answer answer_of(const bucket_rule& rule, bool allowed, std::int64_t n, std::int64_t now,
                        std::int64_t filled_at);

/// UTC windows in which a quota counts; `ever` is a pool that nothing refills.
enum class window { hour, day, month, ever };

/// The window that `now` lies in: from `since` up to, not including, `until`.
struct window_span {
    instant since;
    instant until;
    bool operator==(const window_span&) const = default;
};
window_span span_of(window w, instant now);

struct quota_answer {
    bool granted = false;
    std::int64_t used = 0;  ///< In this window, including what was just granted.
    window_span span;       ///< Keep `span.since` for a refund.
};

struct cooldown_answer {
    bool started = false;
    microseconds remaining{0};  ///< Until the key may be used again.
};

/// A lock that is held. Writes under its protection carry the fence, and are refused where a greater one was seen.
struct held_lock {
    uuid owner;
    std::int64_t fence = 0;  ///< Strictly greater than every earlier one of the same key.
};

struct cached {
    std::optional<std::string> value;
    std::int64_t generation = 0;  ///< Of the entry, also of one that is not there: for `put`.
};

constexpr std::chrono::milliseconds cache_ttl_max = std::chrono::hours(1);
/// How long an entry that is not there keeps its generation: longer than anything that began before it went.
constexpr std::chrono::milliseconds generation_kept = std::chrono::hours(24);

}  // namespace tenon::limits
