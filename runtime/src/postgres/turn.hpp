// What the connections of one event loop share: settings, the canceller, and the end of each turn of the loop.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "loop/asio_event_loop.hpp"
#include "postgres/canceller.hpp"
#include "postgres/departures.hpp"
#include "postgres/hosts.hpp"
#include "postgres/slow_lately.hpp"
#include "postgres/unit.hpp"
#include "postgres/watch.hpp"

namespace tenon::db {

class postgres_link;

/// What is asked for during a turn of the loop is sent at its end, all at once, and what was answered during a turn is
/// handed out at its end. Loop thread only.
class postgres_turn {
  public:
    postgres_turn(asio_event_loop& on, std::shared_ptr<postgres_canceller> by,
                  std::shared_ptr<postgres_watch> watched_by, std::string to, bool keep_prepared)
        : loop(on),
          canceller(std::move(by)),
          watch(std::move(watched_by)),
          url(std::move(to)),
          prepares(keep_prepared),
          hosts(url),
          departures(on, canceller) {}
    postgres_turn(const postgres_turn&) = delete;
    postgres_turn& operator=(const postgres_turn&) = delete;

    asio_event_loop& loop;
    const std::shared_ptr<postgres_canceller> canceller;
    const std::shared_ptr<postgres_watch> watch;
    const std::string url;
    const bool prepares;  ///< Statements are prepared, once per connection.
    const postgres_hosts hosts;
    postgres_departures departures;

    /// Sets the scope and a list's own time for the statement behind it.
    std::string set_scope_and_time;

    /// Lists that have taken long, or had more than a page may hold: those to come go where they hold nobody up.
    slow_lately slow;

    /// Hands a unit to whichever connection is the best for it.
    std::function<void(const postgres_unit_ptr&)> submit;
    /// Hands a list that is slow to where it holds nobody up.
    std::function<void(const postgres_unit_ptr&)> move;

    /// Called, with nothing else on the stack, when a turn has to end that nobody ends by `end`.
    std::function<void()> end_soon;

    void answer(const postgres_unit_ptr& unit, result<rows> outcome);
    void send_soon(postgres_link& link);
    /// Resumes whoever was answered, then sends what they and others asked for.
    void end();
    /// Nobody is resumed any more, and nothing sent.
    void forget();

  private:
    void need_end();

    std::vector<postgres_unit_ptr> answered_;
    std::vector<postgres_link*> sending_;
    bool ending_ = false;  ///< Or about to.
};

}  // namespace tenon::db
