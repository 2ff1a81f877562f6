// A second chance for reads whose connection has gone silent.
#pragma once

#include <memory>
#include <vector>

#include "postgres/link.hpp"

namespace tenon::db {

/// "Hedged requests" (Dean and Barroso, The Tail at Scale, 2013): a server process that gets no turn for some time
/// would hold up everything that was sent to it. What it owes is asked again on a connection kept for that, and the
/// first answer counts. One read in twenty at most, or a slow database would be given twice the work. What it was not
/// sent yet goes to another reading connection. Loop thread only.
class postgres_hedge {
  public:
    using links = std::vector<std::unique_ptr<postgres_link>>;

    /// `reading` has to outlive it.
    postgres_hedge(postgres_turn& turn, links& reading);
    postgres_hedge(const postgres_hedge&) = delete;
    postgres_hedge& operator=(const postgres_hedge&) = delete;

    /// A read has been submitted.
    void note_read();
    void close(const error& why);

  private:
    void look_soon();
    void look();
    void send_elsewhere(postgres_link& silent, clock::time_point now);
    void ask_again(const postgres_link& silent);
    void ask_again(const postgres_unit_ptr& unit);

    postgres_turn& turn_;
    links& reading_;
    postgres_link spare_;
    int allowance_ = 0;
    clock::time_point due_;
    std::shared_ptr<void> timer_;
};

}  // namespace tenon::db
