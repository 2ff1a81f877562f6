// The writing thread of a SQLite database.
#include "sqlite/writer.hpp"

#include "core/thread_name.hpp"
#include "db/sql_text.hpp"

namespace tenon::db {
namespace {

constexpr auto rollback_time_max = std::chrono::seconds(10);
/// Of a transaction: beyond that it is not done again, and shares no commit.
constexpr std::size_t kept_steps_max = 64;

bool shares_commit(const write_work& job) {
    return !job.asked || changes_rows(job.asked->text);
}

}  // namespace

sqlite_writer::sqlite_writer(std::unique_ptr<sqlite_connection> connection, std::size_t queue_max,
                             const list_budget& lists, deadline_watch& watch)
    : connection_(std::move(connection)),
      queue_max_(queue_max),
      lists_(lists),
      watch_(watch),
      commit_(*connection_, lists),
      thread_([this] { loop(); }) {}

void sqlite_writer::submit(write_work_ptr job) {
    std::unique_lock lock(mutex_);
    if (stopping_ || waiting_.size() >= queue_max_) {
        const bool closed = stopping_;
        lock.unlock();
        return job->refuse(closed ? shutting_down() : queue_full());
    }
    const bool must_wait = busy_ || holder_ || !waiting_.empty();
    if (must_wait) job->waits_since = clock::now();
    waiting_.push_back(std::move(job));
    lock.unlock();
    if (!must_wait) changed_.notify_one();
    if (must_wait) watch_.wake();
}

void sqlite_writer::submit_held(write_work_ptr job) {
    std::unique_lock lock(mutex_);
    if (stopping_ || holder_ != job->lease || job->lease->released) {
        error why = stopping_ ? shutting_down() : job->lease->lost ? queue_full() : too_late();
        lock.unlock();
        return job->refuse(std::move(why));
    }
    held_.push_back(std::move(job));
    lock.unlock();
    changed_.notify_one();
}

void sqlite_writer::release(const lease_ptr& lease) {
    {
        const std::lock_guard lock(mutex_);
        lease->released = true;
        if (holder_ != lease) return;
    }
    changed_.notify_one();
}

bool sqlite_writer::expire(clock::time_point now) {
    std::unique_lock lock(mutex_);
    const auto overdue = take_overdue(waiting_, now, [](const write_work_ptr& job) { return job; });
    const bool rest = !waiting_.empty();
    lock.unlock();
    for (const work_ptr& job : overdue) {
        report_wait(waits_, "writer", *job);
        job->refuse(too_late());
    }
    return rest;
}

void sqlite_writer::stop() {
    std::deque<write_work_ptr> waiting;
    std::deque<write_work_ptr> held;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        waiting.swap(waiting_);
        held.swap(held_);
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
    for (const write_work_ptr& job : waiting) job->refuse(shutting_down());
    for (const write_work_ptr& job : held) job->refuse(shutting_down());
}

void sqlite_writer::loop() {
    name_thread("sqlite-write");
    std::unique_lock lock(mutex_);
    while (!stopping_) go_on(lock);
    lock.unlock();
    if (holder_) end_hold();
    commit_.finish();
    commit_.refuse_rest(shutting_down());
}

void sqlite_writer::go_on(std::unique_lock<std::mutex>& lock) {
    if (holder_) return attend_holder(lock);
    // The lease may have ended between two statements of one holder.
    if (!held_.empty()) return refuse_latecomer(lock);
    if (commit_.has_more()) return unlocked(lock, [&] { commit_.go_on(); });
    if (!waiting_.empty() && commit_.has_room(clock::now())) return take_turn(lock);
    if (commit_.is_open()) return unlocked(lock, [&] { commit_.finish(); });
    changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
}

/// Without the lock: what the work lets go of may come back to this writer.
template <class Work>
void sqlite_writer::unlocked(std::unique_lock<std::mutex>& lock, Work work) {
    busy_ = true;
    lock.unlock();
    work();
    lock.lock();
    busy_ = false;
    if (!hold_.is_over) return;
    if (holder_) holder_->lost = hold_.is_lost;
    holder_.reset();
    hold_ = hold();
}

void sqlite_writer::take_turn(std::unique_lock<std::mutex>& lock) {
    write_work_ptr job = std::move(waiting_.front());
    waiting_.pop_front();
    holder_ = job->lease;
    const bool others_wait = !waiting_.empty();
    unlocked(lock, [&] { holder_ ? begin_hold(std::move(job)) : perform(std::move(job), others_wait); });
}

void sqlite_writer::refuse_latecomer(std::unique_lock<std::mutex>& lock) {
    write_work_ptr job = std::move(held_.front());
    held_.pop_front();
    error why = job->lease->lost ? queue_full() : too_late();
    unlocked(lock, [&] {
        job->refuse(std::move(why));
        job.reset();
    });
}

void sqlite_writer::attend_holder(std::unique_lock<std::mutex>& lock) {
    if (!held_.empty()) {
        write_work_ptr job = std::move(held_.front());
        held_.pop_front();
        return unlocked(lock, [&] { perform_held(std::move(job)); });
    }
    const auto now = clock::now();
    if (holder_->released || holder_->deadline <= now) return unlocked(lock, [&] { end_hold(); });
    const bool may_hold_up = commit_.is_awaited();
    if (may_hold_up && commit_.closes_at() <= now) {
        return unlocked(lock, [&] {
            if (!step_aside()) end_hold();
        });
    }
    const auto until = may_hold_up ? std::min(holder_->deadline, commit_.closes_at()) : holder_->deadline;
    changed_.wait_until(lock, until, [&] { return stopping_ || !held_.empty() || holder_->released; });
}

bool sqlite_writer::is_to_do(write_work& job) {
    report_wait(waits_, "writer", job);
    if (job.wanted()) return true;
    job.refuse(too_late());
    return false;
}

/// A change that is known as a whole.
void sqlite_writer::perform(write_work_ptr job, bool others_wait) {
    if (!is_to_do(*job)) return;
    const bool shares = shares_commit(*job) && (others_wait || commit_.is_open());
    change next = change::of(std::move(job));
    shares ? commit_.add(std::move(next)) : commit_.add_alone(std::move(next));
}

/// The first statement of a transaction.
void sqlite_writer::begin_hold(write_work_ptr job) {
    if (!is_to_do(*job)) return void(hold_.is_over = true);
    hold_.has_savepoint = commit_.is_open();
    auto begun =
        hold_.has_savepoint ? connection_->control("SAVEPOINT hold", job->deadline()) : commit_.begin(job->deadline());
    if (!begun) {
        hold_.is_over = true;
        return job->refuse(std::move(begun).error());
    }
    hold_.steps = std::move(job->checks);
    for (const step& each : hold_.steps) {
        if (auto same = run_again(*connection_, each, lists_); !same) {
            end_hold();
            return job->refuse(std::move(same).error());
        }
    }
    perform_held(std::move(job));
}

void sqlite_writer::perform_held(write_work_ptr job) {
    if (!job->wanted()) return job->refuse(too_late());
    result<rows> out = run_held(*job);
    if (!out) {
        // As PostgreSQL has it: after an error only a rollback is left, so that no half of a change is ever committed.
        end_hold();
        return job->refuse(std::move(out).error());
    }
    if (job->commits) return commit_held(std::move(job), std::move(out));
    keep_step(*job, *out);
    job->done->finish(std::move(out));
}

/// A transaction of many statements, and one that takes its time, goes on behind those whose answers it keeps waiting.
result<rows> sqlite_writer::run_held(const write_work& job) {
    if (!job.asked) return rows();
    if (commit_.is_awaited() && hold_.steps.size() >= kept_steps_max && !step_aside()) return queue_full();
    const auto until = commit_.statement_end();
    result<rows> out = connection_->run(*job.asked, lists_, until);
    const bool interrupted = !out && out.error().code == errc::deadline_exceeded;
    if (!interrupted || clock::now() < until || clock::now() >= job.asked->deadline) return out;
    if (!step_aside()) return queue_full();
    return connection_->run(*job.asked, lists_);
}

void sqlite_writer::keep_step(write_work& job, const rows& given) {
    if (hold_.steps.size() >= kept_steps_max) return void(hold_.is_repeatable = false);
    step done(std::move(*job.asked));
    done.given = digest_of(given);
    hold_.steps.push_back(std::move(done));
}

void sqlite_writer::commit_held(write_work_ptr job, result<rows> outcome) {
    if (hold_.has_savepoint) (void)connection_->control("RELEASE hold", job->deadline()).has_value();
    change all(job);
    all.steps = std::move(hold_.steps);
    if (job->asked) all.steps.emplace_back(std::move(*job->asked));
    all.outcome = std::move(outcome);
    all.repeatable = hold_.is_repeatable;
    hold_.is_over = true;
    commit_.add_done(std::move(all));
    if (!hold_.is_repeatable) commit_.finish();
}

/// What the holder has not committed is undone; what others have done in the same transaction is not.
void sqlite_writer::end_hold() {
    hold_.is_over = true;
    const auto until = clock::now() + rollback_time_max;
    if (!commit_.is_open()) return commit_.lost();
    // Cannot fail in a way that matters: without a journal to roll back there is no transaction either.
    if (!hold_.has_savepoint) return void(connection_->control("ROLLBACK", until).has_value());
    (void)connection_->control("ROLLBACK TO hold", until).has_value();
    (void)connection_->control("RELEASE hold", until).has_value();
}

/// Lets those whose answers wait have their commit, and begins the holder's transaction once more behind it. Only
/// another process can have changed anything meanwhile; false when one has, or keeps the database busy.
bool sqlite_writer::step_aside() {
    end_hold();
    commit_.settle();
    hold_.has_savepoint = false;
    bool same = commit_.begin(clock::now() + rollback_time_max).has_value();
    for (const step& each : hold_.steps) same = same && run_again(*connection_, each, lists_).has_value();
    hold_.is_over = !same;
    hold_.is_lost = !same;
    return same;
}

}  // namespace tenon::db
