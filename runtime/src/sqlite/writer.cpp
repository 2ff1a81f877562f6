// The writing thread of a SQLite database.
#include "sqlite/writer.hpp"

namespace tenon::db {

sqlite_writer::sqlite_writer(std::unique_ptr<sqlite_connection> connection, std::size_t queue_max,
                             deadline_watch& watch)
    : connection_(std::move(connection)), queue_max_(queue_max), watch_(watch), thread_([this] { loop(); }) {}

void sqlite_writer::submit(work_ptr job, lease_ptr takes) {
    std::unique_lock lock(mutex_);
    if (stopping_ || waiting_.size() >= queue_max_) {
        const bool closed = stopping_;
        lock.unlock();
        return job->refuse(closed ? shutting_down() : queue_full());
    }
    const bool must_wait = busy_ || holder_ || !waiting_.empty();
    if (must_wait) job->waits_since = clock::now();
    waiting_.push_back(turn{std::move(job), std::move(takes)});
    lock.unlock();
    changed_.notify_one();
    if (must_wait) watch_.wake();
}

void sqlite_writer::submit_held(const lease_ptr& lease, work_ptr job) {
    std::unique_lock lock(mutex_);
    if (stopping_ || holder_ != lease || lease->released) {
        const bool closed = stopping_;
        lock.unlock();
        return job->refuse(closed ? shutting_down() : too_late());
    }
    held_.push_back(std::move(job));
    lock.unlock();
    changed_.notify_one();
}

void sqlite_writer::release(const lease_ptr& lease) {
    {
        const std::lock_guard lock(mutex_);
        lease->released = true;
    }
    changed_.notify_one();
}

bool sqlite_writer::expire(clock::time_point now) {
    std::unique_lock lock(mutex_);
    const auto overdue = take_overdue(waiting_, now, [](turn& each) -> work_ptr& { return each.job; });
    const bool rest = !waiting_.empty();
    lock.unlock();
    for (const work_ptr& job : overdue) {
        report_wait(waits_, "writer", *job);
        job->refuse(too_late());
    }
    return rest;
}

void sqlite_writer::stop() {
    std::deque<turn> waiting;
    std::deque<work_ptr> held;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        waiting.swap(waiting_);
        held.swap(held_);
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
    for (const turn& each : waiting) each.job->refuse(shutting_down());
    for (const work_ptr& job : held) job->refuse(shutting_down());
}

bool sqlite_writer::holder_is_done(clock::time_point now) const {
    return holder_ && held_.empty() && (holder_->released || holder_->deadline <= now);
}

void sqlite_writer::end_hold(std::unique_lock<std::mutex>& lock) {
    holder_.reset();
    lock.unlock();
    // Cannot fail in a way that matters: without a journal to roll back there is no transaction either.
    if (connection_->in_transaction())
        (void)connection_->control("ROLLBACK", clock::now() + std::chrono::seconds(10)).has_value();
    lock.lock();
}

void sqlite_writer::perform(std::unique_lock<std::mutex>& lock, work_ptr job) {
    busy_ = true;
    lock.unlock();
    report_wait(waits_, "writer", *job);
    if (!job->wanted()) {
        job->refuse(too_late());
    } else {
        job->execute(*connection_);
    }
    job.reset();  // outside of the lock: what it lets go of may come back to this writer
    lock.lock();
    busy_ = false;
    // The transaction has ended: committed, refused at BEGIN, or undone by SQLite itself (a full disk, an interrupt).
    if (holder_ && !connection_->in_transaction()) holder_.reset();
}

void sqlite_writer::loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
        const auto ready = [&] {
            return stopping_ || !held_.empty() || (holder_ ? holder_is_done(clock::now()) : !waiting_.empty());
        };
        if (holder_) {
            changed_.wait_until(lock, holder_->deadline, ready);
        } else {
            changed_.wait(lock, ready);
        }
        if (stopping_) break;
        if (!held_.empty()) {
            work_ptr job = std::move(held_.front());
            held_.pop_front();
            // The lease may have ended between two statements of one holder.
            if (!holder_) {
                lock.unlock();
                job->refuse(too_late());
                job.reset();
                lock.lock();
                continue;
            }
            perform(lock, std::move(job));
        } else if (holder_is_done(clock::now())) {
            end_hold(lock);
        } else if (!holder_ && !waiting_.empty()) {
            turn next = std::move(waiting_.front());
            waiting_.pop_front();
            holder_ = next.takes;
            perform(lock, std::move(next.job));
        }
    }
    end_hold(lock);
}

}  // namespace tenon::db
