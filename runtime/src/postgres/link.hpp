// One connection to PostgreSQL in pipeline mode: connects when needed, sends units, answers them in order.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <libpq-fe.h>

#include "db/fair_order.hpp"
#include "loop/socket_watch.hpp"
#include "postgres/statements.hpp"
#include "postgres/turn.hpp"

namespace tenon::db {

/// What travels between two Syncs, and so in one transaction. Reads of one turn travel together, each behind its own
/// setting of whose rows it is about: the server answers them in one go. When one of them fails, those behind it are
/// asked again. Writes that share a commit travel like that too: waiting for the disk is most of what each would cost
/// alone.
struct postgres_batch {
    std::vector<postgres_unit_ptr> units;
    clock::time_point sent_at;
    std::size_t at = 0;        ///< The unit whose results are coming.
    std::size_t answered = 0;  ///< How many of its commands have been.
    postgres_result failure{nullptr, &PQclear};

    bool shares_commit() const { return units.front()->shares_commit(); }
    /// The unit that the next result is for.
    const postgres_unit_ptr& next() {
        while (at + 1 < units.size() && answered == units[at]->commands) {
            ++at;
            answered = 0;
        }
        return units[at];
    }
    /// Of its units, the first whose results have not all come.
    std::size_t first_unanswered() { return next()->commands == answered ? at + 1 : at; }
    /// All results have come; its Sync is next.
    bool is_answered() { return first_unanswered() == units.size(); }
};

/// Lives on its loop's thread. A unit that waits when the connection cannot be made is refused, and so are new ones
/// until the next attempt is due. What was sent when the connection broke is asked again if that is safe; otherwise
/// nobody knows whether it was done, and it fails. What was not sent yet goes to the next connection.
class postgres_link {
  public:
    explicit postgres_link(postgres_turn& turn);
    ~postgres_link();
    postgres_link(const postgres_link&) = delete;
    postgres_link& operator=(const postgres_link&) = delete;

    void submit(postgres_unit_ptr unit);
    /// For the end of a turn: sends what was submitted.
    void send_waiting();
    bool is_ready() const { return phase_ == phase::ready; }
    /// True between a connection that could not be made and the next attempt.
    bool is_refusing(clock::time_point now) const { return phase_ == phase::idle && now < retry_at_; }
    /// Connects, when it is not, for what may come.
    void connect_ahead(clock::time_point now);
    /// How many units wait or are under way.
    std::size_t load() const { return waiting_.size() + units_sent_; }
    /// True when something has been under way for long, so that another link would be faster.
    bool is_held_up(clock::time_point now, clock::duration after) const;
    /// True when something is under way, and nothing has come back for so long.
    bool is_silent(clock::time_point now, clock::duration since) const;
    /// What was sent, has no outcome, and is waited for: the last of it first.
    std::vector<postgres_unit_ptr> unanswered() const;
    /// What was not sent yet, for another link.
    std::deque<postgres_unit_ptr> take_waiting() { return std::exchange(waiting_, {}); }
    /// Which connection this is by now; another one after each loss.
    std::uint64_t connection() const { return connection_; }
    /// Stops what is under way and closes the connection; everything unanswered is answered `why`.
    void close(const error& why);

  private:
    enum class phase { idle, connecting, ready };

    // connect.cpp
    void connect();
    void begin_connecting(const postgres_addresses* where);
    void continue_connecting();
    void connected();
    void connect_failed(const char* why);
    void lost();
    void ask_elsewhere();
    void disconnect();

    bool take_next_batch(postgres_batch& out);
    bool may_join(const postgres_batch& batch, const postgres_unit& next) const;
    bool may_be_sent(const postgres_unit_ptr& unit);
    bool ended_while_idle();
    bool send(postgres_batch& batch);
    bool send(postgres_unit& unit, const std::string* scope_setting);
    bool prepare(postgres_unit& unit, const std::string& text, std::string& name);
    bool execute(postgres_unit& unit, const std::string& text, const std::string& name,
                 const std::vector<const char*>& values);
    bool execute_setting(postgres_unit& unit, const std::string& text, const std::string& name);
    void flush();
    void on_readable();
    bool take_results();
    void take(postgres_result result);
    void take_row(const postgres_unit_ptr& unit, const PGresult* answered, int row);
    void expect_rows();
    void note_end(const postgres_batch& head, postgres_unit& unit);
    void complete_head();
    void part(const postgres_batch& batch);
    void forget_unprepared(const postgres_batch& batch);
    void complete(const postgres_unit_ptr& unit, const PGresult* failure, clock::time_point sent_at);
    void complete_page(const postgres_unit_ptr& unit);
    bool may_ask_again(const postgres_unit& unit) const;
    void answer(const postgres_unit_ptr& unit, result<rows> outcome) { turn_.answer(unit, std::move(outcome)); }

    // deadlines.cpp
    void watch_deadline(clock::time_point deadline);
    void on_deadline();
    clock::time_point move_slow_lists(clock::time_point now);
    void note_slow(const postgres_unit& list, clock::time_point now);
    void move_those_like(const postgres_unit& list);
    bool is_clogged() const;
    void move(const postgres_unit_ptr& unit);
    void cancel_overdue_head();
    void on_cancel_interval();

    postgres_turn& turn_;
    phase phase_ = phase::idle;
    std::unique_ptr<PGconn, decltype(&PQfinish)> handle_;
    std::unique_ptr<socket_watch> watch_;
    bool flushing_ = false;
    clock::time_point may_leave_at_ = clock::time_point::min();
    bool leaving_ = false;  ///< Its connection is given up as soon as nothing on the stack uses it.
    std::uint64_t connection_ = 1;
    postgres_statements prepared_;
    std::deque<postgres_unit_ptr> waiting_;
    fair_order order_;  ///< Of those.
    std::deque<postgres_batch> sent_;
    std::size_t units_sent_ = 0;  ///< In all of them.
    clock::time_point heard_at_;
    clock::time_point free_at_;  ///< When the statement before the one that runs ended.
    clock::time_point watched_until_ = clock::time_point::max();
    std::shared_ptr<void> deadline_timer_;
    std::shared_ptr<void> connect_timer_;
    clock::time_point retry_at_ = clock::time_point::min();
    int failures_ = 0;
    postgres_canceller::ticket cancelling_;
    clock::time_point cancelled_at_;
    std::shared_ptr<void> cancel_timer_;
};

}  // namespace tenon::db
