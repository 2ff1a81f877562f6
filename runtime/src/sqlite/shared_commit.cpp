// Changes in one transaction: done, committed, answered; done again where that failed.
#include "sqlite/shared_commit.hpp"

#include <iterator>
#include <utility>

namespace tenon::db {
namespace {

constexpr auto commit_time_max = std::chrono::seconds(10);

}  // namespace

result<void> shared_commit::begin(clock::time_point deadline) {
    return connection_.control("BEGIN IMMEDIATE", deadline);
}

/// All but the last have been seen by somebody; the outcome is that one's rows.
result<rows> shared_commit::run_steps(const change& of, clock::time_point until) {
    rows last;
    for (const step& each : of.steps) {
        if (each.given) {
            TRY(run_again(connection_, each, lists_, until));
        } else {
            TRY_ASSIGN(last, connection_.run(each.asked, lists_, until));
        }
    }
    return last;
}

void shared_commit::add(change next) {
    if (!is_open()) {
        if (auto begun = begin(next.ends_with->deadline()); !begun) return next.answer(std::move(begun).error());
    }
    const clock::time_point until = statement_end();
    next.outcome = run_steps(next, until);
    const bool interrupted = !next.outcome && next.outcome.error().code == errc::deadline_exceeded;
    const bool too_slow = interrupted && clock::now() >= until;
    if (!is_open() || too_slow) {
        next.alone = true;
        again_.push_front(std::move(next));
        return is_open() ? finish() : lost();
    }
    // A statement that fails has undone itself, and no other of these writes.
    add_done(std::move(next));
}

void shared_commit::add_done(change next) {
    if (done_.empty()) since_ = clock::now();
    done_.push_back(std::move(next));
}

void shared_commit::add_alone(change next) {
    next.alone = true;
    again_.push_back(std::move(next));
}

void shared_commit::finish() {
    if (!is_open()) return;
    const auto committed = connection_.control("COMMIT", clock::now() + commit_time_max);
    std::deque<change> all = std::exchange(done_, {});
    if (committed) {
        for (change& each : all) each.answer(std::move(each.outcome));
        return;
    }
    // A COMMIT that failed (a deferred constraint, a full disk) leaves the transaction open.
    if (is_open()) (void)connection_.control("ROLLBACK", clock::now() + commit_time_max).has_value();
    // Whose fault it was nobody knows, unless there is only one.
    if (all.size() == 1) return all.front().answer(committed.error());
    for (change& each : all) each.alone = true;
    repeat(std::move(all));
}

void shared_commit::lost() {
    repeat(std::exchange(done_, {}));
}

/// Before all that is to be done again already: it came earlier.
void shared_commit::repeat(std::deque<change> all) {
    std::deque<change> now;
    for (change& each : all) {
        if (!each.repeatable) {
            each.answer(queue_full());
            continue;
        }
        // Of several statements one may fail, and must not leave the others behind.
        const bool is_transaction = each.ends_with->lease != nullptr;
        each.alone = each.alone || is_transaction;
        now.push_back(std::move(each));
    }
    again_.insert(again_.begin(), std::make_move_iterator(now.begin()), std::make_move_iterator(now.end()));
}

void shared_commit::go_on() {
    if (again_.front().alone && is_open()) return finish();
    change next = std::move(again_.front());
    again_.pop_front();
    next.alone ? run_alone(std::move(next)) : add(std::move(next));
}

void shared_commit::settle() {
    while (has_more() || is_open()) has_more() ? go_on() : finish();
}

void shared_commit::run_alone(change next) {
    constexpr auto no_end = clock::time_point::max();
    if (next.steps.size() == 1 && !next.steps.front().given) return next.answer(run_steps(next, no_end));
    if (auto begun = begin(next.ends_with->deadline()); !begun) return next.answer(std::move(begun).error());
    next.outcome = run_steps(next, no_end);
    if (next.outcome) {
        add_done(std::move(next));
        return finish();
    }
    if (is_open()) (void)connection_.control("ROLLBACK", clock::now() + commit_time_max).has_value();
    next.answer(std::move(next.outcome));
}

void shared_commit::refuse_rest(const error& why) {
    for (change& each : std::exchange(again_, {})) each.answer(why);
}

}  // namespace tenon::db
