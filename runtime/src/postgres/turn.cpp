// The end of a turn of the loop.
#include "postgres/turn.hpp"

#include <algorithm>
#include <utility>

#include "postgres/link.hpp"

namespace tenon::db {
namespace {

constexpr std::size_t slow_texts_max = 256;
constexpr auto slow_for = std::chrono::seconds(10);

}  // namespace

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

void postgres_turn::note_slow(const std::string& text, clock::time_point now) {
    std::erase_if(slow_until_, [now](const auto& each) { return each.second <= now; });
    if (slow_until_.size() < slow_texts_max || slow_until_.contains(text)) slow_until_[text] = now + slow_for;
}

bool postgres_turn::is_slow(const std::string& text, clock::time_point now) const {
    if (slow_until_.empty()) return false;
    const auto found = slow_until_.find(text);
    return found != slow_until_.end() && now < found->second;
}

}  // namespace tenon::db
