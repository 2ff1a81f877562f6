// Connections that were given up with work under way, which the server would go on with.
#pragma once

#include <cstddef>
#include <list>
#include <memory>

#include <libpq-fe.h>

#include "loop/asio_event_loop.hpp"
#include "postgres/canceller.hpp"

namespace tenon::db {

/// The server notices that a client has gone when it writes to it, which a statement may not do for long, and begins
/// the next batch that it has got: each is cancelled. Loop thread only.
class postgres_departures {
  public:
    postgres_departures(asio_event_loop& loop, std::shared_ptr<postgres_canceller> by)
        : loop_(loop), canceller_(std::move(by)) {}
    postgres_departures(const postgres_departures&) = delete;
    postgres_departures& operator=(const postgres_departures&) = delete;

    /// `connection` has still to be closed, with so many `batches` under way.
    void add(PGconn* connection, std::size_t batches);
    /// Cancels nothing any more.
    void forget() { departed_.clear(); }

  private:
    struct departed {
        postgres_canceller::name connection;
        std::size_t cancels_left;
        postgres_canceller::ticket cancelling;
        std::shared_ptr<void> timer;
    };
    void cancel(std::list<departed>::iterator which);

    asio_event_loop& loop_;
    const std::shared_ptr<postgres_canceller> canceller_;
    std::list<departed> departed_;
};

}  // namespace tenon::db
