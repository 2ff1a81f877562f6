// Connections that belong to one open transaction at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "db/fair_places.hpp"
#include "postgres/link.hpp"

namespace tenon::db {

/// One transaction's hold on a connection, from its first statement on.
class postgres_lease {
  public:
    using places = fair_places<std::shared_ptr<postgres_lease>>;

    postgres_lease(const row_scope& for_whom, clock::time_point until) : whose(for_whom), deadline(until) {}

    const row_scope whose;
    const clock::time_point deadline;

  private:
    friend class postgres_pool;
    postgres_unit_ptr first;        ///< Begins the transaction; null before there is anything to do.
    postgres_link* link = nullptr;  ///< None before a connection is free, and after the end.
    places::who share;              ///< Of the connections: whose.
    std::optional<places::ticket> ticket;
    clock::time_point waits_since;  ///< For a connection.
    bool ended = false;
};
using postgres_lease_ptr = std::shared_ptr<postgres_lease>;

/// Lives on its loop's thread. A transaction that outstays its deadline is rolled back; those that find no free
/// connection, or none that their caller may have besides what they hold, wait for one until their deadline.
class postgres_pool {
  public:
    postgres_pool(postgres_turn& turn, std::size_t size);

    /// Hands the transaction's next statement over. The first one brings BEGIN along, and says whose rows it is about.
    void run(const postgres_lease_ptr& lease, const postgres_unit_ptr& unit);
    /// True when there is something to commit.
    static bool has_begun(const postgres_lease& lease) { return lease.first != nullptr; }
    /// After the commit has been answered well.
    void committed(const postgres_lease_ptr& lease) { give_back(lease); }
    /// Rolls back what was not committed. More than once is once.
    void end(const postgres_lease_ptr& lease);
    /// Closes all connections; what waits is answered.
    void close();

  private:
    using hold = std::pair<std::unique_ptr<postgres_link>, postgres_lease_ptr>;

    hold& free_hold();
    void start(const postgres_lease_ptr& lease, hold& place);
    void give_back(const postgres_lease_ptr& lease);
    void start_next();
    /// Of one that waited, when its wait has ended: with a connection or without.
    void report_wait(const postgres_lease& lease) const;
    void watch_deadline(clock::time_point deadline);
    void on_deadline();

    postgres_turn& turn_;
    std::vector<hold> holds_;
    postgres_lease::places places_;
    clock::time_point watched_until_ = clock::time_point::max();
    std::shared_ptr<void> deadline_timer_;
};

}  // namespace tenon::db
