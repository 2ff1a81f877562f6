// The reading threads of a SQLite database.
#include "db/sqlite_readers.hpp"

namespace tenon::db {

sqlite_readers::sqlite_readers(std::vector<std::unique_ptr<sqlite_connection>> connections, std::size_t queue_max,
                               deadline_watch& watch)
    : connections_(std::move(connections)), queue_max_(queue_max), watch_(watch) {
    for (auto& each : connections_) threads_.emplace_back([this, connection = each.get()] { loop(*connection); });
}

void sqlite_readers::submit(work_ptr job) {
    std::unique_lock lock(mutex_);
    const bool refused = stopping_ || waiting_.size() >= queue_max_;
    if (refused) {
        const bool closed = stopping_;
        lock.unlock();
        return job->refuse(closed ? shutting_down() : queue_full());
    }
    waiting_.push_back(std::move(job));
    const bool must_wait = waiting_.size() > idle_;
    lock.unlock();
    changed_.notify_one();
    if (must_wait) watch_.wake();
}

bool sqlite_readers::expire(clock::time_point now) {
    std::unique_lock lock(mutex_);
    const auto overdue = take_overdue(waiting_, now, [](work_ptr& job) -> work_ptr& { return job; });
    const bool rest = !waiting_.empty();
    lock.unlock();
    for (const work_ptr& job : overdue) job->refuse(too_late());
    return rest;
}

void sqlite_readers::stop() {
    std::deque<work_ptr> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        dropped.swap(waiting_);
    }
    changed_.notify_all();
    for (auto& each : connections_) each->interrupt();
    for (std::thread& each : threads_) {
        if (each.joinable()) each.join();
    }
    for (const work_ptr& job : dropped) job->refuse(shutting_down());
}

void sqlite_readers::loop(sqlite_connection& connection) {
    std::unique_lock lock(mutex_);
    for (;;) {
        ++idle_;
        changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
        --idle_;
        if (stopping_) return;
        work_ptr job = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        if (!job->wanted()) {
            job->refuse(too_late());
        } else {
            job->execute(connection);
        }
        job.reset();
        lock.lock();
    }
}

}  // namespace tenon::db
