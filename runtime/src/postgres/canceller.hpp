// Asks the server to stop what a connection is running, on a thread of its own: libpq's cancel blocks.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <thread>

#include <libpq-fe.h>

namespace tenon::db {

class postgres_canceller {
  public:
    /// True once the server has passed the signal on, or could not be reached.
    using ticket = std::shared_ptr<std::atomic<bool>>;

    /// A cancel that came too early hit nothing: when it is worth another one.
    static constexpr std::chrono::milliseconds interval{50};

    postgres_canceller();
    /// Drops what waits. A cancel that hangs, for the server does not answer it, is left behind.
    ~postgres_canceller();
    postgres_canceller(const postgres_canceller&) = delete;
    postgres_canceller& operator=(const postgres_canceller&) = delete;

    /// What names a connection to the server, also after its end.
    using name = std::shared_ptr<PGcancel>;
    static name name_of(PGconn* connection);

    /// Cancels what the connection runs by the time that the server gets to it. Thread-safe.
    ticket cancel(PGconn* connection) { return cancel(name_of(connection)); }
    ticket cancel(name connection);

  private:
    struct queue;
    std::shared_ptr<queue> queue_;
    std::thread thread_;
};

}  // namespace tenon::db
