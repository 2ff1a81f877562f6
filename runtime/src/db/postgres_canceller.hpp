// Asks the server to stop what a connection is running, on a thread of its own: libpq's cancel blocks.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include <libpq-fe.h>

namespace tenon::db {

class postgres_canceller {
  public:
    postgres_canceller();
    ~postgres_canceller();  ///< Waits for the cancel that is under way, drops the others.
    postgres_canceller(const postgres_canceller&) = delete;
    postgres_canceller& operator=(const postgres_canceller&) = delete;

    /// Cancels what `connection` runs by the time that the server gets to it. `done` is called on the canceller's
    /// thread once the server has passed the signal on, or could not be reached.
    void cancel(PGconn* connection, std::function<void()> done);

  private:
    using handle = std::unique_ptr<PGcancel, decltype(&PQfreeCancel)>;
    struct request {
        handle what;
        std::function<void()> done;
        request(handle w, std::function<void()> d) : what(std::move(w)), done(std::move(d)) {}
    };
    void work();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<request> queue_;
    bool stopped_ = false;
    std::thread thread_;
};

}  // namespace tenon::db
