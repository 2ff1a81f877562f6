// A few read-only connections, each with its thread, fed from one bounded queue.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "db/fair_order.hpp"
#include "db/results_on_the_way.hpp"
#include "db/slow_lists.hpp"
#include "sqlite/work_queue.hpp"

namespace tenon::db {

class reading_work : public work {
  public:
    using work::work;
    virtual void execute(sqlite_connection& connection) = 0;
};
using reading_work_ptr = std::shared_ptr<reading_work>;

class sqlite_readers : public deadline_watch::watched {
  public:
    sqlite_readers(std::vector<std::unique_ptr<sqlite_connection>> connections, std::size_t queue_max,
                   deadline_watch& watch);
    ~sqlite_readers() override { stop(); }

    /// Refuses on the spot when the queue is full or closed, or when too many lists of its caller wait already.
    void submit(reading_work_ptr job);
    /// Before the first job.
    void report_waits(wait_report report) { waits_ = std::move(report); }
    /// For work that reads.
    const std::shared_ptr<results_on_the_way>& results() const { return results_; }
    bool expire(clock::time_point now) override;
    /// Interrupts what runs, refuses what waits, joins.
    void stop();

  private:
    void loop(sqlite_connection& connection);
    reading_work_ptr take_next();

    std::vector<std::unique_ptr<sqlite_connection>> connections_;
    const std::size_t queue_max_;
    deadline_watch& watch_;
    wait_report waits_;
    const std::shared_ptr<results_on_the_way> results_ = std::make_shared<results_on_the_way>();
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<reading_work_ptr> waiting_;
    fair_order order_;  ///< Of those.
    std::size_t idle_ = 0;
    list_shares shares_;  ///< Guarded by the mutex, as all above.
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace tenon::db
