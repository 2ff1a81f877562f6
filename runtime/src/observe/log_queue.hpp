// Log lines on their way out: a bounded queue, and one thread that writes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace tenon::observe {

/// How a line is treated: `routine` ones may be held back for a moment so that many share one write, and are the first
/// to be dropped; `prompt` ones are written at once; `grave` ones also have the last part of the queue to themselves.
enum class urgency { routine, prompt, grave };

/// Thread-safe. Nobody who pushes ever waits for the descriptor: a line that finds no room is dropped and counted, and
/// a line in the log says how many were, once there is something to write it to. Lines are written in order. A write
/// that fails drops what it was to write; the next one is tried all the same.
class log_queue {
  public:
    static constexpr std::size_t bytes_max = std::size_t{1024} * 1024;     ///< Waiting; as many may be under way.
    static constexpr std::size_t grave_bytes = std::size_t{256} * 1024;    ///< Of them, for `grave` lines alone.
    static constexpr std::size_t batch_bytes = std::size_t{64} * 1024;     ///< Ends holding back.
    static constexpr auto hold_time_max = std::chrono::milliseconds(250);  ///< Ends it as well.

    /// Starts the thread, which takes no signals. The descriptor has to stay open.
    explicit log_queue(int descriptor);
    /// Waits as `flush` does, a second at most, and leaves behind a write that does not end.
    ~log_queue();
    log_queue(const log_queue&) = delete;
    log_queue& operator=(const log_queue&) = delete;

    /// `line` has no newline at its end.
    void push(std::string_view line, urgency how);
    /// Whether `routine` lines are held back; at first they are not.
    void hold_back(bool on);
    /// True when everything pushed before has been written or dropped within `patience`. Where one has waited in vain,
    /// the next does not wait at all until something has been written.
    bool flush(std::chrono::milliseconds patience);
    /// Lines that were dropped so far.
    std::uint64_t dropped() const;

  private:
    /// Belongs to the thread as much as to the queue, which may have to leave it behind.
    struct state;
    std::shared_ptr<state> state_;
};

}  // namespace tenon::observe
