// The end of a turn of the loop.
#include "postgres/turn.hpp"

#include <algorithm>
#include <utility>

#include "postgres/link.hpp"

namespace tenon::db {
void postgres_turn::answer(const postgres_unit_ptr& unit, result<rows> outcome) {
    unit->outcome.emplace(std::move(outcome));
    if (!unit->wanted && !unit->done) return;
    answered_.push_back(unit);
    need_end();
}

void postgres_turn::send_soon(postgres_link& link) {
    if (std::find(sending_.begin(), sending_.end(), &link) != sending_.end()) return;
    sending_.push_back(&link);
    need_end();
}

void postgres_turn::need_end() {
    if (ending_) return;
    ending_ = true;
    end_soon();
}

void postgres_turn::end() {
    ending_ = true;
    // Whoever goes on may ask for more, which still belongs to this turn.
    while (!answered_.empty()) {
        for (const postgres_unit_ptr& unit : std::exchange(answered_, {})) unit->resume();
    }
    for (postgres_link* const link : std::exchange(sending_, {})) link->send_waiting();
    ending_ = false;
    if (!answered_.empty() || !sending_.empty()) need_end();
}

void postgres_turn::forget() {
    answered_.clear();
    sending_.clear();
    departures.forget();
}

}  // namespace tenon::db
