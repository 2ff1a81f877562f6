// Hands lists to places, callers in turn.
#include "postgres/slow_reads.hpp"

#include <algorithm>
#include <utility>

namespace tenon::db {

postgres_slow_reads::postgres_slow_reads(postgres_turn& turn, std::size_t places, std::chrono::milliseconds time_max)
    : turn_(turn), time_max_(time_max) {
    for (std::size_t i = 0; i < places; ++i) places_.push_back(place{std::make_unique<postgres_link>(turn), false});
}

bool postgres_slow_reads::takes(const postgres_unit& unit) const {
    if (places_.empty() || unit.page.bytes_max == 0) return false;
    return unit.page.is_search || turn_.slow.has(unit.text, unit.caller, clock::now());
}

void postgres_slow_reads::submit(const postgres_unit_ptr& unit) {
    if (closed_) return turn_.answer(unit, shutting_down());
    if (!shares_.may_wait(unit->caller)) return turn_.answer(unit, queue_full());
    shares_.waits(unit->caller);
    waiting_.push_back(unit);
    watch_deadline(unit->deadline);
    start_next();
}

std::size_t postgres_slow_reads::idle() const {
    return static_cast<std::size_t>(
        std::count_if(places_.begin(), places_.end(), [](const place& each) { return !each.busy; }));
}

/// The first that may run; null when there is none.
postgres_unit_ptr postgres_slow_reads::take_next() {
    const std::size_t places_left = idle();
    for (auto each = waiting_.begin(); places_left > 0 && each != waiting_.end();) {
        const postgres_unit_ptr unit = *each;
        const bool wanted = unit->wanted && !unit->outcome;
        if (wanted && !shares_.may_run(unit->caller, places_left)) {
            ++each;
            continue;
        }
        each = waiting_.erase(each);
        if (wanted) return unit;
        shares_.gave_up(unit->caller);
    }
    return nullptr;
}

void postgres_slow_reads::start_next() {
    while (const postgres_unit_ptr unit = take_next()) {
        shares_.runs(unit->caller);
        const auto free = std::find_if(places_.begin(), places_.end(), [](const place& each) { return !each.busy; });
        run(unit, static_cast<std::size_t>(free - places_.begin()));
    }
}

/// By a unit of its own, whose end is told here.
void postgres_slow_reads::run(const postgres_unit_ptr& unit, std::size_t at) {
    places_[at].busy = true;
    const auto running = std::make_shared<postgres_unit>(unit->text, unit->deadline);
    running->values = unit->values;
    running->whose = unit->whose;
    running->caller = unit->caller;
    running->kind = postgres_kind::read;
    running->asked.alone = true;
    running->page = unit->page;
    running->time_max = time_max_;
    running->done = [this, unit, at](result<rows>& outcome) {
        places_[at].busy = false;
        shares_.ended(unit->caller);
        if (!unit->outcome) turn_.answer(unit, std::move(outcome));
        start_next();
    };
    places_[at].link->submit(running);
}

void postgres_slow_reads::watch_deadline(clock::time_point deadline) {
    if (deadline >= watched_until_) return;
    watched_until_ = deadline;
    deadline_timer_ = turn_.loop.at(deadline, [this] { on_deadline(); });
}

void postgres_slow_reads::on_deadline() {
    const auto now = clock::now();
    watched_until_ = clock::time_point::max();
    std::erase_if(waiting_, [&](const postgres_unit_ptr& unit) {
        if (unit->deadline > now) return watch_deadline(unit->deadline), false;
        shares_.gave_up(unit->caller);
        if (!unit->outcome) turn_.answer(unit, too_late());
        return true;
    });
}

void postgres_slow_reads::close(const error& why) {
    closed_ = true;
    deadline_timer_.reset();
    for (const postgres_unit_ptr& unit : std::exchange(waiting_, {}))
        if (!unit->outcome) turn_.answer(unit, why);
    for (place& each : places_) each.link->close(why);
}

}  // namespace tenon::db
