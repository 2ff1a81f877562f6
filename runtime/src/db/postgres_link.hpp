// One connection to PostgreSQL in pipeline mode: connects when needed, sends units, answers them in order.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include <libpq-fe.h>

#include "boost/socket_watch.hpp"
#include "db/postgres_canceller.hpp"
#include "db/postgres_statements.hpp"
#include "db/postgres_unit.hpp"

namespace tenon::db {

/// Lives on its loop's thread. A unit that waits when the connection cannot be made is refused, and so are new ones
/// until the next attempt is due. What was sent when the connection broke is asked again, once, if it only reads;
/// otherwise nobody knows whether it was done, and it fails. What was not sent yet goes to the next connection.
class postgres_link {
  public:
    postgres_link(asio_event_loop& loop, postgres_canceller& canceller, std::string url);
    ~postgres_link();
    postgres_link(const postgres_link&) = delete;
    postgres_link& operator=(const postgres_link&) = delete;

    void submit(postgres_unit_ptr unit);
    /// How many units wait or are under way.
    std::size_t load() const { return waiting_.size() + sent_.size(); }
    /// Which connection this is by now; another one after each loss.
    std::uint64_t connection() const { return connection_; }
    /// Stops what is under way and closes the connection; everything unanswered is answered `why`.
    void close(const error& why);

  private:
    enum class phase { idle, connecting, ready };
    using result_ptr = std::unique_ptr<PGresult, decltype(&PQclear)>;

    void connect();
    void continue_connecting();
    void connected();
    void connect_failed();
    void lost();
    void disconnect();
    void send_waiting();
    bool ended_while_idle();
    bool send(postgres_unit& unit);
    bool prepare(postgres_unit& unit, const std::string& text, std::string& name);
    bool execute(postgres_unit& unit, const std::string& name, std::size_t count);
    void flush();
    void on_readable();
    bool take_results();
    void take(result_ptr result);
    void complete_head();
    bool may_ask_again(const postgres_unit& unit) const;
    void watch_deadline(clock::time_point deadline);
    void on_deadline();
    void cancel_overdue_head();

    asio_event_loop& loop_;
    postgres_canceller& canceller_;
    std::string url_;
    phase phase_ = phase::idle;
    std::unique_ptr<PGconn, decltype(&PQfinish)> handle_;
    std::unique_ptr<socket_watch> watch_;
    bool flushing_ = false;
    std::uint64_t connection_ = 0;
    postgres_statements prepared_;
    std::deque<postgres_unit_ptr> waiting_;
    std::deque<postgres_unit_ptr> sent_;
    result_ptr last_result_;  ///< Of the unit at the head of `sent_`.
    result_ptr first_failure_;
    std::size_t good_results_ = 0;  ///< Before the first failure.
    clock::time_point watched_until_ = clock::time_point::max();
    std::shared_ptr<void> deadline_timer_;
    std::shared_ptr<void> connect_timer_;
    clock::time_point retry_at_ = clock::time_point::min();
    int failures_ = 0;
    bool cancelling_ = false;
    std::shared_ptr<void> cancel_timer_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace tenon::db
