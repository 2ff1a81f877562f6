// Begins, ends and queues transactions.
#include "postgres/pool.hpp"

#include <algorithm>
#include <tuple>

#include "postgres/errors.hpp"

namespace tenon::db {
namespace {

constexpr std::size_t waiting_max = 1024;
constexpr auto rollback_time_max = std::chrono::seconds(10);

/// Its tenant's callers are one group, and so are those who are in no tenant. Nobody in a tenant is that tenant.
postgres_lease::places::who share_of(const row_scope& whose, const uuid& caller) {
    const uuid tenant = whose.tenant() ? whose.tenant()->value : uuid();
    return {tenant, caller == uuid() ? tenant : caller};
}

}  // namespace

postgres_pool::postgres_pool(postgres_turn& turn, std::size_t size) : turn_(turn), places_(size, waiting_max) {
    for (std::size_t i = 0; i < size; ++i) holds_.emplace_back(std::make_unique<postgres_link>(turn), nullptr);
}

void postgres_pool::run(const postgres_lease_ptr& lease, const postgres_unit_ptr& unit) {
    if (lease->ended) return turn_.answer(unit, too_late());
    if (lease->first) {
        unit->on_connection = lease->first->answered_on;
        return lease->link->submit(unit);
    }
    if (clock::now() >= lease->deadline) return turn_.answer(unit, too_late());
    lease->first = unit;
    unit->kind = unit->ends() ? postgres_kind::only : postgres_kind::first;
    unit->whose = lease->whose;
    lease->share = share_of(lease->whose, unit->caller);
    if (places_.take(lease->share)) return start(lease, free_hold());
    lease->ticket = places_.wait(lease->share, lease);
    if (!lease->ticket) {
        lease->ended = true;
        return turn_.answer(unit, queue_full());
    }
    lease->waits_since = clock::now();
    watch_deadline(lease->deadline);
}

/// One that is connected, or else one that may become so; there is one.
postgres_pool::hold& postgres_pool::free_hold() {
    const auto now = clock::now();
    const auto cost = [now](const hold& each) {
        return std::tuple(each.second != nullptr, each.first->is_refusing(now), !each.first->is_ready());
    };
    return *std::min_element(holds_.begin(), holds_.end(),
                             [&](const hold& a, const hold& b) { return cost(a) < cost(b); });
}

void postgres_pool::start(const postgres_lease_ptr& lease, hold& place) {
    place.second = lease;
    lease->link = place.first.get();
    watch_deadline(lease->deadline);
    lease->link->submit(lease->first);
}

void postgres_pool::end(const postgres_lease_ptr& lease) {
    if (std::exchange(lease->ended, true) || !lease->first) return;
    if (!lease->link) {
        if (const auto ticket = std::exchange(lease->ticket, std::nullopt)) {
            places_.gave_up(lease->share, *ticket);
            report_wait(*lease);
        }
        if (!lease->first->outcome) turn_.answer(lease->first, too_late());
        return;
    }
    postgres_link& link = *lease->link;
    if (link.load() > 0) {
        // A cancel could hit what the next transaction runs on this connection: it gets another one.
        link.close(too_late());
        return give_back(lease);
    }
    // Rolled back with its connection, unless that is still the one.
    if (link.connection() != lease->first->answered_on) return give_back(lease);
    auto unit = std::make_shared<postgres_unit>("ROLLBACK", clock::now() + rollback_time_max);
    unit->on_connection = lease->first->answered_on;
    unit->done = [this, lease](const result<rows>& outcome) {
        if (!outcome && lease->link) lease->link->close(connection_lost());
        give_back(lease);
    };
    link.submit(std::move(unit));
}

void postgres_pool::give_back(const postgres_lease_ptr& lease) {
    lease->ended = true;
    postgres_link* const link = std::exchange(lease->link, nullptr);
    const auto place =
        std::find_if(holds_.begin(), holds_.end(), [link](const hold& each) { return each.first.get() == link; });
    if (place == holds_.end()) return;
    place->second = nullptr;
    places_.give_back(lease->share);
    start_next();
}

/// One more place may be one for several: who holds some gets another only while enough are idle.
void postgres_pool::start_next() {
    while (auto next = places_.next()) {
        (*next)->ticket.reset();
        report_wait(**next);
        start(*next, free_hold());
    }
}

void postgres_pool::report_wait(const postgres_lease& lease) const {
    if (turn_.watch->waits) turn_.watch->waits("transaction", clock::now() - lease.waits_since);
}

void postgres_pool::watch_deadline(clock::time_point deadline) {
    if (deadline >= watched_until_) return;
    watched_until_ = deadline;
    deadline_timer_ = turn_.loop.at(deadline, [this] { on_deadline(); });
}

void postgres_pool::on_deadline() {
    const auto now = clock::now();
    std::vector<postgres_lease_ptr> all;
    places_.each_waiting([&](const postgres_lease_ptr& each) { all.push_back(each); });
    for (const hold& each : holds_)
        if (each.second && !each.second->ended) all.push_back(each.second);
    watched_until_ = clock::time_point::max();
    for (const postgres_lease_ptr& lease : all) lease->deadline <= now ? end(lease) : watch_deadline(lease->deadline);
}

void postgres_pool::close() {
    deadline_timer_.reset();
    for (const postgres_lease_ptr& lease : places_.take_waiting()) {
        lease->ended = true;
        lease->ticket.reset();
        turn_.answer(lease->first, shutting_down());
    }
    for (hold& each : holds_) {
        each.first->close(shutting_down());
        if (const postgres_lease_ptr lease = std::exchange(each.second, nullptr))
            lease->ended = true, lease->link = nullptr;
    }
}

}  // namespace tenon::db
