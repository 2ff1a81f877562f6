// Whether a database can store changes: a full disk, a file that may not grow, a disk that fails.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string_view>

namespace tenon::db {

/// Thread-safe. The log says when changes can no longer be stored, once a minute while that lasts, and when they can be
/// again.
class storage_watch {
  public:
    using clock = std::chrono::steady_clock;
    static constexpr auto log_interval = std::chrono::minutes(1);
    static constexpr auto probe_interval = std::chrono::seconds(1);

    /// A change, or a read, failed for the storage's sake: `what` the database says.
    void failed(std::string_view what, clock::time_point now = clock::now());
    /// There is space again: a change that needed some was committed.
    void stored();
    /// True from a failure until something is stored again: on SQLite by any change, on PostgreSQL by the probe only,
    /// because there changes in place succeed on a full disk as well.
    bool is_failing() const { return failing_.load(std::memory_order_relaxed); }
    /// True once in each `probe_interval`, whoever asks: a probe writes.
    bool may_probe(clock::time_point now = clock::now());

  private:
    std::atomic<bool> failing_{false};
    std::mutex mutex_;  // of what follows
    clock::time_point log_at_ = clock::time_point::min();
    clock::time_point probe_at_ = clock::time_point::min();
    std::int64_t failures_ = 0;  ///< Since the last line in the log.
};

}  // namespace tenon::db
