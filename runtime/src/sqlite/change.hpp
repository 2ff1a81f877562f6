// What the writer is asked for, and what it keeps of a change to be able to do it once more.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "db/in_flight.hpp"
#include "sqlite/work_queue.hpp"

namespace tenon::db {

/// A statement of a change.
struct step {
    explicit step(statement s) : asked(std::move(s)) {}

    statement asked;
    /// A digest of the rows that somebody was given, who may have acted on them.
    std::optional<std::size_t> given;
    bool is_check = false;  ///< Given by a reader, before the change began.
};

/// The same for the same rows, in this process.
std::size_t digest_of(const rows& all);

/// Runs a step that was done before. errc::conflict, kind "reference", when a check gives other rows than then;
/// errc::unavailable when another statement does, which takes another process that writes.
result<void> run_again(sqlite_connection& connection, const step& one, const list_budget& lists,
                       clock::time_point until = clock::time_point::max());

/// The right to use the writer until its transaction ends. A holder that outstays its deadline loses it: one request
/// that hangs must not stop all writes.
struct writer_lease {
    explicit writer_lease(clock::time_point until) : deadline(until) {}
    const clock::time_point deadline;
    // Guarded by the writer's mutex:
    bool released = false;
    bool lost = false;  ///< Could not be done once more.
};
using lease_ptr = std::shared_ptr<writer_lease>;

/// A statement for the writer, or the end of a transaction, or both.
class write_work : public work {
  public:
    write_work(std::optional<statement> s, bool ends, clock::time_point deadline, in_flight::pass pass)
        : work(deadline), asked(std::move(s)), commits(ends), pass_(std::move(pass)) {}
    void refuse(error why) override { done->finish(std::move(why)); }
    bool wanted() override { return !done->abandoned(); }

    std::optional<statement> asked;  ///< None: nothing but the commit.
    const bool commits;
    std::vector<step> checks;  ///< What has been read for it before.
    lease_ptr lease;           ///< Of the transaction that it is a part of; null for a change that is known as a whole.
    const std::shared_ptr<completion<rows>> done = std::make_shared<completion<rows>>();

  private:
    in_flight::pass pass_;
};
using write_work_ptr = std::shared_ptr<write_work>;

/// A whole change, done or to be done.
struct change {
    explicit change(write_work_ptr work) : ends_with(std::move(work)) {}
    /// Of a change that is known as a whole.
    static change of(write_work_ptr work);
    void answer(result<rows> with) { ends_with->done->finish(std::move(with)); }

    std::vector<step> steps;   ///< The last one's rows are its outcome, if nobody was given them.
    write_work_ptr ends_with;  ///< Whoever waits for its commit.
    result<rows> outcome = rows();
    bool alone = false;      ///< In a transaction of its own.
    bool repeatable = true;  ///< All of its steps are kept.
};

}  // namespace tenon::db
