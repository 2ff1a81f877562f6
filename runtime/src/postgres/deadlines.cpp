// How a link ends what takes too long.
#include <algorithm>

#include "db/slow_lists.hpp"
#include "postgres/link.hpp"

namespace tenon::db {
namespace {

// A new connection is not for nothing. As long as it takes to find a slow list out: whoever asks for new ones all the
// time holds the others up for no longer than that.
constexpr auto leaving_interval = slow_list_min;
// A server that says nothing for so long, though asked to stop, is not there any more.
constexpr auto silence_when_cancelled_max = std::chrono::seconds(5);

}  // namespace

void postgres_link::watch_deadline(clock::time_point deadline) {
    if (deadline >= watched_until_) return;
    watched_until_ = deadline;
    deadline_timer_ = turn_.loop.at(deadline, [this] { on_deadline(); });
}

void postgres_link::on_deadline() {
    const auto now = clock::now();
    auto next = move_slow_lists(now);
    const auto overdue = [&](const postgres_unit_ptr& unit) {
        if (unit->deadline > now)
            next = std::min(next, unit->deadline);
        else if (!unit->outcome)
            answer(unit, too_late());
        return unit->outcome.has_value();
    };
    std::erase_if(waiting_, overdue);
    for (const postgres_batch& batch : sent_)
        for (const postgres_unit_ptr& unit : batch.units) (void)overdue(unit);
    watched_until_ = clock::time_point::max();
    if (leaving_) return lost();
    cancel_overdue_head();
    if (next != clock::time_point::max()) watch_deadline(next);
}

/// A list that has run for long on a connection that others share goes where it holds nobody up. Says when to look
/// again.
clock::time_point postgres_link::move_slow_lists(clock::time_point now) {
    if (sent_.empty()) return clock::time_point::max();
    const postgres_unit_ptr running = sent_.front().next();
    const auto due = std::max(sent_.front().sent_at, free_at_) + slow_list_min;
    if (due <= now && running->is_list_among_others() && !running->outcome) note_slow(*running, now);
    for (const postgres_batch& batch : sent_)
        for (const postgres_unit_ptr& unit : batch.units)
            if (unit->is_list_among_others()) return due > now ? due : now + slow_list_min;
    return clock::time_point::max();
}

void postgres_link::note_slow(const postgres_unit& list, clock::time_point now) {
    turn_.slow.note(list.text, list.caller, now);
    move_those_like(list);
    leaving_ = leaving_ || (now >= may_leave_at_ && is_clogged());
    if (leaving_) may_leave_at_ = now + leaving_interval;
}

/// Its like, and what else its caller has asked for, would each take as long again before they are found out, while
/// everybody waits who shares the connection.
void postgres_link::move_those_like(const postgres_unit& list) {
    const auto is_like = [&list](const postgres_unit& each) {
        return each.text == list.text || (each.caller == list.caller && each.caller != uuid());
    };
    const auto consider = [&](const postgres_unit_ptr& each) {
        if (each->is_list_among_others() && !each->outcome && is_like(*each)) move(each);
    };
    for (postgres_batch& batch : sent_)
        for (std::size_t i = batch.first_unanswered(); i < batch.units.size(); ++i) consider(batch.units[i]);
    for (const postgres_unit_ptr& each : waiting_) consider(each);
}

/// A cancel ends one batch, and what the server has got beside it cannot be taken back.
bool postgres_link::is_clogged() const {
    const auto has_moved = [](const postgres_batch& batch) {
        return std::any_of(batch.units.begin(), batch.units.end(), [](const auto& each) { return each->asked.moved; });
    };
    return sent_.size() > 1 && std::any_of(sent_.begin() + 1, sent_.end(), has_moved);
}

/// The copy of a read that was asked twice just ends: the first one is moved in its turn.
void postgres_link::move(const postgres_unit_ptr& unit) {
    unit->asked.moved = true;
    if (!unit->done) turn_.move(unit);
}

/// Only what runs now can be cancelled: PostgreSQL cancels connections, not statements. One that was hit by mistake is
/// asked again (rolled_back_by_accident).
void postgres_link::cancel_overdue_head() {
    if (phase_ != phase::ready || cancelling_ || sent_.empty()) return;
    const postgres_unit& running = *sent_.front().next();
    const bool given_up = running.outcome && (running.is_full || running.deadline <= clock::now());
    if (!running.asked.moved && !given_up) return;
    cancelling_ = turn_.canceller->cancel(handle_.get());
    if (heard_at_ >= cancelled_at_) cancelled_at_ = clock::now();
    cancel_timer_ = turn_.loop.at(clock::now() + postgres_canceller::interval, [this] { on_cancel_interval(); });
}

void postgres_link::on_cancel_interval() {
    if (!sent_.empty() && heard_at_ < cancelled_at_ && clock::now() - cancelled_at_ > silence_when_cancelled_max)
        return lost();
    if (*cancelling_) {
        cancelling_.reset();
        return cancel_overdue_head();
    }
    cancel_timer_ = turn_.loop.at(clock::now() + postgres_canceller::interval, [this] { on_cancel_interval(); });
}

}  // namespace tenon::db
