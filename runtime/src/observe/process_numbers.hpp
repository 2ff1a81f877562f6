// What Linux tells about this process, under the names that every Prometheus client gives them.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

namespace tenon::observe {

/// process_cpu_seconds_total, process_resident_memory_bytes, process_virtual_memory_bytes, process_start_time_seconds,
/// process_open_fds, process_max_fds, process_threads.
class process_numbers {
  public:
    explicit process_numbers(prometheus::Registry& registry);
    /// Reads them anew. What cannot be read keeps its last value. Not thread-safe.
    void read();

  private:
    void read_files();

    prometheus::Counter& cpu_seconds_;
    prometheus::Gauge& resident_bytes_;
    prometheus::Gauge& virtual_bytes_;
    prometheus::Gauge& start_time_seconds_;
    prometheus::Gauge& open_files_;
    prometheus::Gauge& files_max_;
    prometheus::Gauge& threads_;
};

}  // namespace tenon::observe
