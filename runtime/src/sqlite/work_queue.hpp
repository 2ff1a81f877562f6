// Bounded queues of database work, and the thread that answers what waited in them past its deadline.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <tenon/core/error.hpp>

#include "db/backend.hpp"
#include "db/refusals.hpp"
#include "sqlite/connection.hpp"

namespace tenon::db {

/// One thing to do on a connection. It is done or refused, once.
class work {
  public:
    explicit work(clock::time_point deadline) : deadline_(deadline) {}
    virtual ~work() = default;
    virtual void refuse(error why) = 0;
    /// False once nobody waits for it any more: not worth starting.
    virtual bool wanted() = 0;
    clock::time_point deadline() const { return deadline_; }

    uuid caller;              ///< Whose it is; nil: nobody's.
    bool is_list = false;     ///< Of a caller.
    std::uint64_t round = 0;  ///< In the order of what waits.
    /// When it had to wait for others; the epoch: it found a free connection.
    clock::time_point waits_since{};

  private:
    clock::time_point deadline_;
};
using work_ptr = std::shared_ptr<work>;

/// Tells how long `job` has waited, if it had to.
void report_wait(const wait_report& report, std::string_view connection, const work& job);

/// Ticks while anything waits, and lets its watched queues answer what is overdue; sleeps otherwise.
class deadline_watch {
  public:
    class watched {
      public:
        virtual ~watched() = default;
        /// Refuses what is overdue; true while something still waits.
        virtual bool expire(clock::time_point now) = 0;
    };

    deadline_watch() = default;
    ~deadline_watch() { stop(); }
    void start(std::vector<watched*> queues);
    void stop();
    /// Something waits behind something slow. Cheap when the watch is awake already.
    void wake();

  private:
    void loop();
    std::vector<watched*> queues_;
    std::atomic<bool> awake_{false};
    bool stopping_ = false;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::thread thread_;
};

/// Takes what is overdue, or no longer wanted, out of `waiting`; the caller refuses it outside of its lock.
template <class Entry, class JobOf>
std::vector<work_ptr> take_overdue(std::deque<Entry>& waiting, clock::time_point now, JobOf job_of) {
    std::vector<work_ptr> out;
    std::deque<Entry> rest;
    for (Entry& each : waiting) {
        const work_ptr job = job_of(each);
        if (job->deadline() <= now || !job->wanted()) {
            out.push_back(job);
        } else {
            rest.push_back(std::move(each));
        }
    }
    waiting.swap(rest);
    return out;
}

}  // namespace tenon::db
