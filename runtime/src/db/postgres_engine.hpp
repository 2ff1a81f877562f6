// The thread that speaks to PostgreSQL, and how work gets there.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "db/in_flight.hpp"
#include "db/postgres_backend.hpp"
#include "db/postgres_pool.hpp"

namespace tenon::db {

/// Shared by the backend and its open transactions. Statements that read share a few pipelined connections; those that
/// write have others, because each waits there for the disk; a transaction has one to itself.
class postgres_engine {
  public:
    explicit postgres_engine(const postgres_options& options);
    ~postgres_engine();
    postgres_engine(const postgres_engine&) = delete;
    postgres_engine& operator=(const postgres_engine&) = delete;

    /// Runs `work` on the engine's thread, after what was posted before. False once the engine has stopped.
    /// Thread-safe.
    bool post(std::function<void()> work);
    /// Closes everything and waits for the thread. Thread-safe; not to be called from the engine's own thread.
    void stop();

    /// On the engine's thread only.
    void submit(postgres_unit_ptr unit);
    postgres_pool& transactions() { return transactions_; }

    const std::shared_ptr<in_flight> counter = std::make_shared<in_flight>();

  private:
    using links = std::vector<std::unique_ptr<postgres_link>>;
    links make_links(const std::string& url, std::size_t count);

    asio_event_loop loop_;
    postgres_canceller canceller_;
    links reading_;
    links writing_;
    postgres_pool transactions_;
    std::mutex mutex_;
    bool stopped_ = false;
    std::thread thread_;
};
using postgres_engine_ptr = std::shared_ptr<postgres_engine>;

}  // namespace tenon::db
