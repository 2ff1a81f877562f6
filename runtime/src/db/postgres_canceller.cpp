// The thread that sends cancel requests, one after another.
#include "db/postgres_canceller.hpp"

#include <array>

namespace tenon::db {

postgres_canceller::postgres_canceller() : thread_([this] { work(); }) {}

postgres_canceller::~postgres_canceller() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void postgres_canceller::cancel(PGconn* connection, std::function<void()> done) {
    handle what(PQgetCancel(connection), &PQfreeCancel);
    {
        const std::lock_guard lock(mutex_);
        queue_.emplace_back(std::move(what), std::move(done));
    }
    changed_.notify_all();
}

void postgres_canceller::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return stopped_ || !queue_.empty(); });
        if (stopped_) return;
        request next = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        std::array<char, 256> why{};
        if (next.what) PQcancel(next.what.get(), why.data(), static_cast<int>(why.size()));
        next.done();
        lock.lock();
    }
}

}  // namespace tenon::db
