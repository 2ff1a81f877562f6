// How work done elsewhere gets back to the coroutine that waits for it, on that coroutine's own loop.
#pragma once

#include <coroutine>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include <tenon/core/error.hpp>
#include <tenon/loop/event_loop.hpp>

namespace tenon {

/// Shared by the waiting coroutine and the thread that works for it; either may go first. A coroutine that is destroyed
/// while it waits abandons the outcome: it is dropped (an opened transaction is thereby rolled back).
/// Outside of event loops (tests, command line) the coroutine resumes on the thread that finishes.
template <class T>
class completion : public std::enable_shared_from_this<completion<T>> {
  public:
    void expect(std::coroutine_handle<> waiting) {
        waiting_ = waiting;
        loop_ = event_loop::current();
    }

    /// Called once, from any thread.
    void finish(result<T> outcome) {
        std::unique_lock lock(mutex_);
        if (abandoned_) {
            lock.unlock();  // dropping the outcome may call back into the database
            return;
        }
        outcome_.emplace(std::move(outcome));
        if (!loop_) {
            lock.unlock();
            waiting_.resume();
            return;
        }
        // Posting under the lock: as long as the coroutine is there, so is its loop.
        loop_->post([self = this->shared_from_this()] { self->resume(); });
    }

    /// Drops an outcome that nobody has taken here and now: the loop that was to deliver it may have stopped, and an
    /// opened transaction would stay open for as long as what is posted there.
    void abandon() {
        std::optional<result<T>> dropped;  // outlives the lock: it may call back into the database
        const std::lock_guard lock(mutex_);
        abandoned_ = true;
        dropped.swap(outcome_);
    }
    bool abandoned() {
        const std::lock_guard lock(mutex_);
        return abandoned_;
    }
    result<T> take() { return std::move(*outcome_); }

  private:
    void resume() {
        if (!abandoned()) waiting_.resume();
    }

    std::mutex mutex_;
    std::coroutine_handle<> waiting_;
    event_loop* loop_ = nullptr;
    std::optional<result<T>> outcome_;
    bool abandoned_ = false;
};

/// Awaits a completion: `Start` is called once the coroutine is suspended, and hands the work over.
template <class T, class Start>
class completion_awaiter {
  public:
    completion_awaiter(std::shared_ptr<completion<T>> done, Start start)
        : done_(std::move(done)), start_(std::move(start)) {}
    completion_awaiter(const completion_awaiter&) = delete;
    completion_awaiter& operator=(const completion_awaiter&) = delete;
    ~completion_awaiter() { done_->abandon(); }

    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
        done_->expect(waiting);
        // The coroutine may be resumed, and this awaiter gone, before `start` returns: it is moved out first.
        Start start = std::move(start_);
        start();
    }
    result<T> await_resume() { return done_->take(); }

  private:
    std::shared_ptr<completion<T>> done_;
    Start start_;
};

}  // namespace tenon
