// Finds connections that say nothing, and asks again what they owe.
#include "postgres/hedge.hpp"

#include <algorithm>
#include <utility>

namespace tenon::db {
namespace {

constexpr auto look_interval = std::chrono::milliseconds(5);
constexpr auto silence_max = std::chrono::milliseconds(10);
// In reads: what each one asked again costs, and how many may be saved up.
constexpr int cost = 20;
constexpr int allowance_max = 128 * cost;

}  // namespace

postgres_hedge::postgres_hedge(postgres_turn& turn, links& reading) : turn_(turn), reading_(reading), spare_(turn) {}

void postgres_hedge::note_read() {
    allowance_ = std::min(allowance_ + 1, allowance_max);
    if (!timer_) look_soon();
}

void postgres_hedge::look_soon() {
    due_ = clock::now() + look_interval;
    timer_ = turn_.loop.at(due_, [this] { look(); });
}

void postgres_hedge::look() {
    timer_.reset();
    const auto now = clock::now();
    // A loop that is late itself has not listened either.
    const bool listening = now - due_ < look_interval;
    bool busy = false;
    for (const auto& link : reading_) {
        busy = busy || link->load() > 0;
        if (!listening || !link->is_silent(now, silence_max)) continue;
        send_elsewhere(*link, now);
        ask_again(*link);
    }
    if (busy) look_soon();
}

void postgres_hedge::send_elsewhere(postgres_link& silent, clock::time_point now) {
    for (const auto& each : reading_) {
        if (each.get() == &silent) continue;
        each->connect_ahead(now);
        if (!each->is_ready() || each->is_silent(now, silence_max)) continue;
        for (postgres_unit_ptr& unit : silent.take_waiting()) each->submit(std::move(unit));
        return;
    }
}

/// Not while the spare connection is busy itself: a slow statement, asked again, would only hold up others there too.
/// Those behind a slow one go first, and each alone: they are answered before it is reached.
void postgres_hedge::ask_again(const postgres_link& silent) {
    spare_.connect_ahead(clock::now());
    if (!spare_.is_ready() || spare_.load() > 0) return;
    for (const postgres_unit_ptr& unit : silent.unanswered()) {
        if (allowance_ < cost) return;
        if (!std::exchange(unit->asked.twice, true)) ask_again(unit);
    }
}

/// By a unit of its own, for each attempt keeps its state there. Its failure is nobody's: the first one still runs.
void postgres_hedge::ask_again(const postgres_unit_ptr& unit) {
    allowance_ -= cost;
    const auto second = std::make_shared<postgres_unit>(unit->text, unit->deadline);
    second->values = unit->values;
    second->whose = unit->whose;
    second->page = unit->page;
    second->kind = postgres_kind::read;
    second->asked.alone = true;
    second->done = [this, unit](result<rows>& outcome) {
        if (outcome && !unit->outcome) turn_.answer(unit, std::move(outcome));
    };
    spare_.submit(second);
}

void postgres_hedge::close(const error& why) {
    timer_.reset();
    spare_.close(why);
}

}  // namespace tenon::db
