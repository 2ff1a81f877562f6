// The reading threads of a SQLite database.
#include "sqlite/readers.hpp"

#include "core/thread_name.hpp"

namespace tenon::db {

sqlite_readers::sqlite_readers(std::vector<std::unique_ptr<sqlite_connection>> connections, std::size_t queue_max,
                               deadline_watch& watch)
    : connections_(std::move(connections)), queue_max_(queue_max), watch_(watch) {
    for (auto& each : connections_) threads_.emplace_back([this, connection = each.get()] { loop(*connection); });
}

void sqlite_readers::submit(reading_work_ptr job) {
    std::unique_lock lock(mutex_);
    const bool is_list = job->is_list;
    const bool refused = stopping_ || waiting_.size() >= queue_max_ || (is_list && !shares_.may_wait(job->caller));
    if (refused) {
        const bool closed = stopping_;
        lock.unlock();
        return job->refuse(closed ? shutting_down() : queue_full());
    }
    const bool all_busy = waiting_.size() >= idle_;
    const bool must_wait = is_list || all_busy;
    if (all_busy) job->waits_since = clock::now();
    if (is_list) shares_.waits(job->caller);
    order_.insert(waiting_, std::move(job));
    lock.unlock();
    changed_.notify_one();
    if (must_wait) watch_.wake();
}

bool sqlite_readers::expire(clock::time_point now) {
    std::unique_lock lock(mutex_);
    const auto overdue = take_overdue(waiting_, now, [](const reading_work_ptr& job) { return job; });
    const bool rest = !waiting_.empty();
    for (const work_ptr& job : overdue)
        if (job->is_list) shares_.gave_up(job->caller);
    lock.unlock();
    for (const work_ptr& job : overdue) {
        report_wait(waits_, "reader", *job);
        job->refuse(too_late());
    }
    return rest;
}

void sqlite_readers::stop() {
    std::deque<reading_work_ptr> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        dropped.swap(waiting_);
    }
    changed_.notify_all();
    results_->close();
    for (auto& each : connections_) each->interrupt();
    for (std::thread& each : threads_) {
        if (each.joinable()) each.join();
    }
    for (const reading_work_ptr& job : dropped) job->refuse(shutting_down());
}

/// The first that may run; null when there is none. For a reader that counts as idle.
reading_work_ptr sqlite_readers::take_next() {
    for (auto each = waiting_.begin(); each != waiting_.end(); ++each) {
        const bool is_list = (*each)->is_list;
        if (is_list && !shares_.may_run((*each)->caller, idle_)) continue;
        if (is_list) shares_.runs((*each)->caller);
        reading_work_ptr out = std::move(*each);
        waiting_.erase(each);
        return out;
    }
    return nullptr;
}

void sqlite_readers::loop(sqlite_connection& connection) {
    name_thread("sqlite-read");
    for (;;) {
        results_->wait_for_room();
        std::unique_lock lock(mutex_);
        reading_work_ptr job;
        ++idle_;
        changed_.wait(lock, [&] { return stopping_ || (job = take_next()); });
        --idle_;
        if (stopping_ && !job) return;
        const uuid caller = job->caller;
        const bool is_list = job->is_list;
        lock.unlock();
        report_wait(waits_, "reader", *job);
        if (!job->wanted()) {
            job->refuse(too_late());
        } else {
            job->execute(connection);
        }
        job.reset();
        lock.lock();
        if (is_list) shares_.ended(caller);
    }
}

}  // namespace tenon::db
