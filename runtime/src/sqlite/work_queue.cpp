// The watch over deadlines of queued database work.
#include "sqlite/work_queue.hpp"

#include "core/thread_name.hpp"

namespace tenon::db {

void report_wait(const wait_report& report, std::string_view connection, const work& job) {
    if (report && job.waits_since != clock::time_point()) report(connection, clock::now() - job.waits_since);
}

void deadline_watch::start(std::vector<watched*> queues) {
    queues_ = std::move(queues);
    thread_ = std::thread([this] { loop(); });
}

void deadline_watch::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void deadline_watch::wake() {
    if (awake_.exchange(true)) return;
    // Taken and released, so that the notification cannot fall between the loop's check and its wait.
    { const std::lock_guard lock(mutex_); }
    changed_.notify_one();
}

void deadline_watch::loop() {
    name_thread("sqlite-watch");
    constexpr std::chrono::milliseconds tick(10);
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        changed_.wait(lock, [&] { return stopping_ || awake_.load(); });
        if (stopping_) return;
        changed_.wait_for(lock, tick, [&] { return stopping_; });
        // Cleared before looking: whoever queues something after the look wakes the watch again.
        awake_ = false;
        lock.unlock();
        bool waiting = false;
        for (watched* each : queues_) waiting = each->expire(clock::now()) || waiting;
        lock.lock();
        if (waiting) awake_ = true;
    }
}

}  // namespace tenon::db
