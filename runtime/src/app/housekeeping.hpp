// What a service does beside its requests, every hour.
#pragma once

#include <chrono>
#include <thread>

#include "app/parts.hpp"

namespace tenon::app {

/// A thread of its own that mostly sleeps. Of all replicas one does the work of an hour.
class housekeeping {
  public:
    using milliseconds = std::chrono::milliseconds;
    /// `all` outlives it. Looks for work after `first`, and then after every `pause`.
    explicit housekeeping(parts& all, milliseconds first = std::chrono::minutes(1),
                          milliseconds pause = std::chrono::minutes(10));
    ~housekeeping();
    housekeeping(const housekeeping&) = delete;
    housekeeping& operator=(const housekeeping&) = delete;

    /// Begins nothing more. What the database has been asked is waited for at the end, for at most 5 s.
    void request_stop() { thread_.request_stop(); }
    /// Also waits for the end.
    void stop();

  private:
    std::jthread thread_;
};

}  // namespace tenon::app
