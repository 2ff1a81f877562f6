// The single writer of a SQLite database: one connection, one thread, changes that share commits, and transactions that
// take turns.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "sqlite/change.hpp"
#include "sqlite/shared_commit.hpp"
#include "sqlite/work_queue.hpp"

namespace tenon::db {

class sqlite_writer : public deadline_watch::watched {
  public:
    sqlite_writer(std::unique_ptr<sqlite_connection> connection, std::size_t queue_max, const list_budget& lists,
                  deadline_watch& watch);
    ~sqlite_writer() override { stop(); }

    /// Before the first job.
    void report_waits(wait_report report) { waits_ = std::move(report); }
    /// Waits for its turn. With a lease, it begins a transaction, which then holds the writer.
    void submit(write_work_ptr job);
    /// A statement, or the commit, of the transaction that holds the writer by its lease.
    void submit_held(write_work_ptr job);
    /// Gives the writer back; what was not committed is rolled back.
    void release(const lease_ptr& lease);
    bool expire(clock::time_point now) override;
    /// Lets what runs end, rolls back, commits what is done, refuses what waits, joins.
    void stop();

  private:
    /// Of the transaction that holds the writer; for the writing thread alone.
    struct hold {
        std::vector<step> steps;
        bool has_savepoint = false;  ///< The transaction is one of others, too.
        bool is_repeatable = true;
        bool is_over = false;
        bool is_lost = false;
    };
    void loop();
    void go_on(std::unique_lock<std::mutex>& lock);
    void take_turn(std::unique_lock<std::mutex>& lock);
    void attend_holder(std::unique_lock<std::mutex>& lock);
    void refuse_latecomer(std::unique_lock<std::mutex>& lock);
    template <class Work>
    void unlocked(std::unique_lock<std::mutex>& lock, Work work);

    bool is_to_do(write_work& job);
    void perform(write_work_ptr job, bool others_wait);
    void begin_hold(write_work_ptr job);
    void perform_held(write_work_ptr job);
    result<rows> run_held(const write_work& job);
    void keep_step(write_work& job, const rows& given);
    void commit_held(write_work_ptr job, result<rows> outcome);
    void end_hold();
    bool step_aside();

    std::unique_ptr<sqlite_connection> connection_;
    const std::size_t queue_max_;
    const list_budget lists_;
    deadline_watch& watch_;
    wait_report waits_;
    shared_commit commit_;
    hold hold_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<write_work_ptr> waiting_;
    std::deque<write_work_ptr> held_;  // of the holder only
    lease_ptr holder_;
    bool busy_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace tenon::db
