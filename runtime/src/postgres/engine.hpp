// All connections of one event loop to PostgreSQL, and how a statement finds one.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "postgres/backend.hpp"
#include "postgres/hedge.hpp"
#include "postgres/pool.hpp"
#include "postgres/slow_reads.hpp"

namespace tenon::db {

/// Lives on its loop: a statement goes to its connection, and its answer to the coroutine, without leaving the thread.
/// Statements that read share a pipelined connection; changes that share commits have others, because each commit waits
/// for the disk; a transaction has one to itself. Loop thread only, except where said.
class postgres_engine final : public loop_resident, public std::enable_shared_from_this<postgres_engine> {
  public:
    /// With the connections of one loop.
    postgres_engine(asio_event_loop& loop, std::shared_ptr<postgres_canceller> canceller,
                    std::shared_ptr<postgres_watch> watch, const postgres_options& options);

    /// A statement that reads, or one that shares a commit; any other is a transaction.
    void submit(const postgres_unit_ptr& unit);
    postgres_pool& transactions() { return transactions_; }
    std::size_t page_bytes() const { return page_bytes_; }
    /// Closed, it answers nothing and must not be asked; nor must it by those whom it answers in closing. Any thread.
    bool is_closed() const { return closing_; }

    /// Closes all connections; whoever waits hears that the service is shutting down. On return, no coroutine of the
    /// loop is inside of the database any more. Any thread; `key` is the one under which it lives on its loop.
    void close(const void* key);
    void loop_ended() override;

  private:
    using links = postgres_hedge::links;
    static links make_links(postgres_turn& turn, std::size_t count);
    postgres_link& link_that_reads();
    postgres_link& link_that_shares();
    void close_links();
    void note_closed();

    asio_event_loop* const loop_;
    const std::size_t page_bytes_;
    postgres_turn turn_;
    links reading_;
    std::optional<postgres_hedge> hedge_;
    links sharing_;
    postgres_slow_reads slow_;
    postgres_pool transactions_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::atomic<bool> closing_{false};
    bool closed_ = false;  ///< Under the mutex.
};
using postgres_engine_ptr = std::shared_ptr<postgres_engine>;

}  // namespace tenon::db
