// The thread that sends cancel requests, one after another.
#include "postgres/canceller.hpp"

#include <array>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

#include "core/thread_name.hpp"

namespace tenon::db {
namespace {

constexpr auto patience_at_end = std::chrono::seconds(1);

}  // namespace

/// Belongs to the thread as much as to the canceller, which may have to leave it behind.
struct postgres_canceller::queue {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::pair<name, ticket>> waiting;
    bool stopped = false;
    bool ended = false;

    void work() {
        name_thread("pg-cancel");
        std::unique_lock lock(mutex);
        while (true) {
            changed.wait(lock, [this] { return stopped || !waiting.empty(); });
            if (stopped) break;
            const auto [what, done] = std::move(waiting.front());
            waiting.pop_front();
            lock.unlock();
            std::array<char, 256> why{};
            if (what) PQcancel(what.get(), why.data(), static_cast<int>(why.size()));
            *done = true;
            lock.lock();
        }
        ended = true;
        changed.notify_all();
    }
};

postgres_canceller::postgres_canceller()
    : queue_(std::make_shared<queue>()), thread_([queue = queue_] { queue->work(); }) {}

postgres_canceller::~postgres_canceller() {
    std::unique_lock lock(queue_->mutex);
    queue_->stopped = true;
    queue_->waiting.clear();
    queue_->changed.notify_all();
    const bool ended = queue_->changed.wait_for(lock, patience_at_end, [this] { return queue_->ended; });
    lock.unlock();
    ended ? thread_.join() : thread_.detach();
}

postgres_canceller::name postgres_canceller::name_of(PGconn* connection) {
    return name(PQgetCancel(connection), &PQfreeCancel);
}

postgres_canceller::ticket postgres_canceller::cancel(name connection) {
    auto done = std::make_shared<std::atomic<bool>>(false);
    const std::lock_guard lock(queue_->mutex);
    queue_->waiting.emplace_back(std::move(connection), done);
    queue_->changed.notify_all();
    return done;
}

}  // namespace tenon::db
