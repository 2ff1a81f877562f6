// A bounded pool of threads, whose callers wait as coroutines on their own loops.
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include <tenon/loop/event_loop.hpp>

#include "core/thread_name.hpp"
#include "loop/completion.hpp"

namespace tenon {
namespace {

struct job final : completion<void> {
    std::function<void()> work;
    std::chrono::steady_clock::time_point deadline;

    job(std::function<void()> w, std::chrono::steady_clock::time_point d) : work(std::move(w)), deadline(d) {}
};

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
                next->finish(error(errc::deadline_exceeded, "The work waited too long for a free worker."));
                continue;
            }
            next->work();
            next->finish({});
        }
    }
};

worker_pool::worker_pool(std::size_t threads, std::size_t queue_limit) : impl_(std::make_unique<impl>(queue_limit)) {
    for (std::size_t i = 0; i < threads; ++i) {
        impl_->threads.emplace_back([pool = impl_.get()] {
            name_thread("worker");
            pool->work_until_stopped();
        });
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
    for (auto& waiting : dropped) waiting->finish(error(errc::unavailable, "The service is stopping."));
}

std::size_t worker_pool::waiting() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->queue.size();
}

task<result<void>> worker_pool::run(std::function<void()> work, std::chrono::steady_clock::time_point deadline) {
    auto mine = std::make_shared<job>(std::move(work), deadline);
    auto start = [pool = impl_.get(), mine] {
        if (!pool->enqueue(mine)) mine->finish(error(errc::unavailable, "Too much work is waiting already."));
    };
    completion_awaiter<void, decltype(start)> wait(mine, std::move(start));
    co_return co_await wait;
}

}  // namespace tenon
