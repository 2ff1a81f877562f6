// What Linux tells about this process, under the names that every Prometheus client gives them.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <chrono>
#include <mutex>

namespace tenon::observe {

/// process_cpu_seconds_total, process_resident_memory_bytes, process_virtual_memory_bytes, process_start_time_seconds,
/// process_open_fds, process_max_fds, process_threads.
class process_numbers {
  public:
    explicit process_numbers(prometheus::Registry& registry);
    /// Reads them anew, open files once a second at most. What cannot be read keeps its last value. Thread-safe: where
    /// two threads come together, one reads for both.
    void read();

  private:
    void read_files();

    std::mutex mutex_;
    std::chrono::steady_clock::time_point files_at_ = std::chrono::steady_clock::time_point::min();
    prometheus::Counter& cpu_seconds_;
    prometheus::Gauge& resident_bytes_;
    prometheus::Gauge& virtual_bytes_;
    prometheus::Gauge& start_time_seconds_;
    prometheus::Gauge& open_files_;
    prometheus::Gauge& files_max_;
    prometheus::Gauge& threads_;
};

}  // namespace tenon::observe
