// Connections that belong to one open transaction at a time.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "db/postgres_link.hpp"

namespace tenon::db {

/// One transaction's hold on a connection. Only the engine's thread looks inside.
class postgres_lease {
  public:
    postgres_lease(std::optional<tenant_id> for_tenant, clock::time_point until)
        : tenant(for_tenant), deadline(until) {}

    const std::optional<tenant_id> tenant;
    const clock::time_point deadline;

  private:
    friend class postgres_pool;
    std::function<void(result<void>)> begun;
    postgres_link* link = nullptr;  ///< None before a connection is free, and after the end.
    std::uint64_t connection = 0;   ///< The one on which BEGIN was answered.
    std::shared_ptr<void> timer;
    bool ended = false;
};
using postgres_lease_ptr = std::shared_ptr<postgres_lease>;

/// Lives on its loop's thread. A transaction that outstays its deadline is rolled back; those that find no free
/// connection wait for one until their deadline.
class postgres_pool {
  public:
    postgres_pool(asio_event_loop& loop, postgres_canceller& canceller, const std::string& url, std::size_t size);

    /// `begun` is called once, unless `end` comes first.
    void begin(const postgres_lease_ptr& lease, std::function<void(result<void>)> begun);
    void run(const postgres_lease_ptr& lease, postgres_unit_ptr unit);
    void commit(const postgres_lease_ptr& lease, std::function<void(result<void>)> committed);
    /// Rolls back what was not committed. More than once is once.
    void end(const postgres_lease_ptr& lease);
    /// Closes all connections; what waits is answered.
    void close();

  private:
    void start(const postgres_lease_ptr& lease, postgres_link& link);
    void answer_begin(const postgres_lease_ptr& lease, result<void> outcome);
    void give_back(const postgres_lease_ptr& lease);

    asio_event_loop& loop_;
    std::vector<std::unique_ptr<postgres_link>> links_;
    std::vector<postgres_link*> free_;
    std::deque<postgres_lease_ptr> waiting_;
};

}  // namespace tenon::db
