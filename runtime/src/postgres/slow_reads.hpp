// Lists that take long, on connections of their own.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <vector>

#include "db/slow_lists.hpp"
#include "postgres/link.hpp"

namespace tenon::db {

/// Searches, and lists whose like has been slow lately: what shares a connection with one waits for it. Each runs by
/// itself and for a bounded time; those of one caller never take the last place. Lives on its loop's thread.
class postgres_slow_reads {
  public:
    postgres_slow_reads(postgres_turn& turn, std::size_t places, std::chrono::milliseconds time_max);

    /// True for what belongs here.
    bool takes(const postgres_unit& unit) const;
    void submit(const postgres_unit_ptr& unit);
    void close(const error& why);

  private:
    struct place {
        std::unique_ptr<postgres_link> link;
        bool busy = false;
    };

    std::size_t idle() const;
    postgres_unit_ptr take_next();
    void start_next();
    void run(const postgres_unit_ptr& unit, std::size_t at);
    void watch_deadline(clock::time_point deadline);
    void on_deadline();

    postgres_turn& turn_;
    const std::chrono::milliseconds time_max_;
    std::vector<place> places_;
    std::deque<postgres_unit_ptr> waiting_;
    list_shares shares_;
    bool closed_ = false;
    clock::time_point watched_until_ = clock::time_point::max();
    std::shared_ptr<void> deadline_timer_;
};

}  // namespace tenon::db
