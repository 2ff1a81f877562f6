// A bounded pool of threads, whose callers wait as coroutines on their own loops.
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include <tenon/core/event_loop.hpp>

namespace tenon {
namespace {

struct job {
    std::function<void()> work;
    std::chrono::steady_clock::time_point deadline;
    event_loop* loop;
    std::coroutine_handle<> waiter;
    result<void> outcome;
    bool abandoned = false;  // touched by the waiter's loop only

    job(std::function<void()> w, std::chrono::steady_clock::time_point d)
        : work(std::move(w)), deadline(d), loop(event_loop::current()) {}
};

// Resumes the waiter where it suspended; a waiter from outside of any loop continues on this thread.
void finish(const std::shared_ptr<job>& done) {
    if (!done->loop) return done->waiter.resume();
    done->loop->post([done] {
        if (!done->abandoned) done->waiter.resume();
    });
}

}  // namespace

struct worker_pool::impl {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::shared_ptr<job>> queue;
    std::size_t queue_limit;
    bool stopping = false;
    std::vector<std::thread> threads;

    explicit impl(std::size_t limit) : queue_limit(limit) {}

    bool enqueue(std::shared_ptr<job> next) {
        {
            const std::lock_guard lock(mutex);
            if (stopping || queue.size() >= queue_limit) return false;
            queue.push_back(std::move(next));
        }
        changed.notify_one();
        return true;
    }

    std::shared_ptr<job> take() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return stopping || !queue.empty(); });
        if (stopping) return nullptr;
        auto next = std::move(queue.front());
        queue.pop_front();
        return next;
    }

    void work_until_stopped() {
        while (auto next = take()) {
            if (std::chrono::steady_clock::now() >= next->deadline) {
                next->outcome = error(errc::deadline_exceeded, "The work waited too long for a free worker.");
            } else {
                next->work();
            }
            finish(next);
        }
    }

    struct enqueue_awaiter {
        impl& pool;
        std::shared_ptr<job> mine;
        bool waiting = false;

        enqueue_awaiter(impl& p, std::shared_ptr<job> j) : pool(p), mine(std::move(j)) {}
        enqueue_awaiter(const enqueue_awaiter&) = delete;
        enqueue_awaiter& operator=(const enqueue_awaiter&) = delete;
        ~enqueue_awaiter() {
            if (waiting) mine->abandoned = true;
        }
        bool await_ready() const noexcept { return false; }
        bool await_suspend(std::coroutine_handle<> waiter) {
            mine->waiter = waiter;
            waiting = true;
            // Once enqueued, another thread may already be resuming this coroutine: touch nothing after success.
            auto copy = mine;
            if (pool.enqueue(copy)) return true;
            copy->outcome = error(errc::unavailable, "Too much work is waiting already.");
            return false;
        }
        result<void> await_resume() {
            waiting = false;
            return std::move(mine->outcome);
        }
    };
};

worker_pool::worker_pool(std::size_t threads, std::size_t queue_limit) : impl_(std::make_unique<impl>(queue_limit)) {
    for (std::size_t i = 0; i < threads; ++i) {
        impl_->threads.emplace_back([pool = impl_.get()] { pool->work_until_stopped(); });
    }
}

worker_pool::~worker_pool() {
    std::deque<std::shared_ptr<job>> dropped;
    {
        const std::lock_guard lock(impl_->mutex);
        impl_->stopping = true;
        dropped.swap(impl_->queue);
    }
    impl_->changed.notify_all();
    for (auto& thread : impl_->threads) thread.join();
    for (auto& waiting : dropped) {
        waiting->outcome = error(errc::unavailable, "The service is stopping.");
        finish(waiting);
    }
}

std::size_t worker_pool::waiting() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->queue.size();
}

task<result<void>> worker_pool::run(std::function<void()> work, std::chrono::steady_clock::time_point deadline) {
    auto mine = std::make_shared<job>(std::move(work), deadline);
    impl::enqueue_awaiter wait(*impl_, std::move(mine));
    co_return co_await wait;
}

}  // namespace tenon
