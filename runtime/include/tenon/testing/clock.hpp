// For tests: the wall clock of this process, stepped, stopped and put back.
#pragma once

#include <chrono>

#include <tenon/core/time.hpp>

namespace tenon::testing {

/// What the services in this process take for the time, and with them their SQLite, PostgreSQL and Redis where those
/// count by their own clocks. Deadlines and timeouts do not follow: they are durations of std::chrono::steady_clock.
///
/// One at a time: a second one throws std::logic_error. Only one thread may change it; any may read meanwhile. Its end
/// puts the clock back. Part of the testing library, which no service links.
class clock {
  public:
    /// Goes as before.
    clock();
    ~clock();
    clock(const clock&) = delete;
    clock& operator=(const clock&) = delete;

    /// Stands from now on, or at `when`.
    void stop();
    void stop_at(instant when);
    /// Goes on from where it stands.
    void go_on();
    /// Ahead, or back by a negative time; a clock that stands stands there.
    void step(std::chrono::microseconds by);
    /// The machine's time again.
    void put_back();
};

}  // namespace tenon::testing
