// Where coroutines run: one event loop per core, and a pool for work that would block one.
#pragma once

#include <chrono>
#include <concepts>
#include <coroutine>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>

namespace tenon {

/// One thread's loop. A coroutine stays on the loop on which it was started: whoever suspends it resumes it there.
class event_loop {
  public:
    virtual ~event_loop() = default;
    /// The loop that the calling thread runs; null outside of loops.
    static event_loop* current();
    /// Runs `work` on this loop, soon. Thread-safe.
    virtual void post(std::function<void()> work) = 0;
    /// Runs `work` at `when`, on this loop, unless the returned token is destroyed first. Loop thread only.
    virtual std::shared_ptr<void> at(std::chrono::steady_clock::time_point when, std::function<void()> work) = 0;
};

/// Suspends the awaiting coroutine until then.
task<void> sleep_until(std::chrono::steady_clock::time_point when);

/// Starts `work` on the current loop without waiting for it. An exception that leaves it is logged as a bug.
void start_detached(task<void> work);

/// Runs `work` to its end on a loop of its own on the calling thread; its exceptions pass through. For the command
/// line and for tests. Requires: the calling thread runs no loop.
void run_blocking(task<void> work);

/// A bounded pool of threads for blocking or CPU-heavy work. Refuses instead of queueing without end.
class worker_pool {
  public:
    /// `threads` >= 1; at most `queue_limit` jobs wait.
    worker_pool(std::size_t threads, std::size_t queue_limit);
    ~worker_pool();  ///< Finishes what runs, drops what waits (their awaiters get errc::unavailable).
    worker_pool(const worker_pool&) = delete;
    worker_pool& operator=(const worker_pool&) = delete;

    /// Runs `work` on a pool thread and resumes on the caller's loop. errc::unavailable when the queue is full;
    /// errc::deadline_exceeded when `deadline` passes before it started. `work` must not throw.
    task<result<void>> run(std::function<void()> work, std::chrono::steady_clock::time_point deadline);
    /// How many jobs wait for a thread now. Thread-safe.
    std::size_t waiting() const;

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tenon
