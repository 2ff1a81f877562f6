// The single writer of a SQLite database: one connection, one thread, and transactions that take turns on it.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "sqlite/work_queue.hpp"

namespace tenon::db {

/// The right to use the writer until its transaction ends. A holder that outstays its deadline loses it: one request
/// that hangs must not stop all writes.
struct writer_lease {
    explicit writer_lease(clock::time_point until) : deadline(until) {}
    const clock::time_point deadline;
    bool released = false;  ///< Guarded by the writer's mutex.
};
using lease_ptr = std::shared_ptr<writer_lease>;

class sqlite_writer : public deadline_watch::watched {
  public:
    sqlite_writer(std::unique_ptr<sqlite_connection> connection, std::size_t queue_max, deadline_watch& watch);
    ~sqlite_writer() override { stop(); }

    /// Before the first job.
    void report_waits(wait_report report) { waits_ = std::move(report); }
    /// Waits for its turn. With `takes`, the job begins a transaction, which then holds the writer.
    void submit(work_ptr job, lease_ptr takes = nullptr);
    /// A statement, or the commit, of the transaction that holds the writer by `lease`.
    void submit_held(const lease_ptr& lease, work_ptr job);
    /// Gives the writer back; what was not committed is rolled back.
    void release(const lease_ptr& lease);
    bool expire(clock::time_point now) override;
    /// Lets what runs end, rolls back, refuses what waits, joins.
    void stop();

  private:
    struct turn {
        work_ptr job;
        lease_ptr takes;
    };
    void loop();
    bool holder_is_done(clock::time_point now) const;
    void end_hold(std::unique_lock<std::mutex>& lock);
    void perform(std::unique_lock<std::mutex>& lock, work_ptr job);

    std::unique_ptr<sqlite_connection> connection_;
    const std::size_t queue_max_;
    deadline_watch& watch_;
    wait_report waits_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<turn> waiting_;
    std::deque<work_ptr> held_;  // of the holder only
    lease_ptr holder_;
    bool busy_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tenon::db
