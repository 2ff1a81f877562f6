// Changes that are committed together, and answered once they are.
#pragma once

#include <deque>
#include <vector>

#include "sqlite/change.hpp"

namespace tenon::db {

/// One open transaction of the writing connection, and the changes in it. Each is as good as in a transaction of its
/// own: one that fails leaves nothing behind, and when it takes the others along, by a COMMIT that fails or because
/// SQLite gives the whole transaction up, they are done again. For the writing thread alone.
class shared_commit {
  public:
    static constexpr std::size_t changes_max = 128;
    static constexpr auto time_max = std::chrono::milliseconds(5);
    /// A statement that takes longer is not for company.
    static constexpr auto statement_time_max = std::chrono::milliseconds(10);

    shared_commit(sqlite_connection& connection, const list_budget& lists) : connection_(connection), lists_(lists) {}

    bool is_open() const { return connection_.in_transaction(); }
    /// Whether anybody's answer waits for the commit.
    bool is_awaited() const { return !done_.empty(); }
    bool has_room(clock::time_point now) const {
        return done_.empty() || (done_.size() < changes_max && now < closes_at());
    }
    /// Requires: it is awaited.
    clock::time_point closes_at() const { return since_ + time_max; }
    /// How long a statement may take that runs now.
    clock::time_point statement_end() const {
        return done_.empty() ? clock::time_point::max() : clock::now() + statement_time_max;
    }

    result<void> begin(clock::time_point deadline);
    /// Does it, in the open transaction or in a new one.
    void add(change next);
    /// It has been done in the open transaction.
    void add_done(change next);
    /// Does it in a transaction of its own, once all before it are committed.
    void add_alone(change next);
    /// Commits and answers. Whoever has to be done again, is not answered.
    void finish();
    /// SQLite has given the transaction up.
    void lost();

    bool has_more() const { return !again_.empty(); }
    /// Goes on with those that are to be done again. Requires: there are some.
    void go_on();
    /// Until all are answered.
    void settle();
    void refuse_rest(const error& why);

  private:
    void repeat(std::deque<change> all);
    void run_alone(change next);
    result<rows> run_steps(const change& of, clock::time_point until);

    sqlite_connection& connection_;
    const list_budget lists_;
    std::deque<change> done_;
    clock::time_point since_{};
    std::deque<change> again_;
};

}  // namespace tenon::db
