// The wall clock behind instant::now(): the machine's, unless a test has set another time (tenon/testing/clock.hpp).
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include <tenon/core/time.hpp>

namespace tenon {

namespace testing {
class clock;
}

/// Whatever is promised to a user in terms of time (expiry, retention, windows, created_at) is kept by this clock.
/// instant::now() reads it. Deadlines, timeouts and waits are kept by std::chrono::steady_clock. Thread-safe.
class wall_clock {
  public:
    /// What a test has set; empty in production. For what counts by the clock of a database or of Redis, which must
    /// follow the test's.
    static std::optional<instant> set_by_test();

  private:
    friend struct instant;
    friend class testing::clock;

    /// 0: the machine's time. Even: twice the microseconds by which the clock is ahead of the machine's. Odd: the clock
    /// stands, at half of it. One word, so that nobody reads half a change.
    static constinit std::atomic<std::int64_t> set_;
    static std::int64_t machine_micros();
    static std::int64_t micros_of(std::int64_t set);
};

}  // namespace tenon
