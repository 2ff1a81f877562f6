// Begins, ends and queues transactions.
#include "db/postgres_pool.hpp"

#include <algorithm>

#include "db/postgres_errors.hpp"

namespace tenon::db {
namespace {

constexpr std::size_t waiting_max = 1024;
constexpr auto rollback_time_max = std::chrono::seconds(10);

// A tenant's transactions run one after another, on all replicas, as SQLite's single writer has it: what one has read
// is still so when it writes. Those of no tenant have a turn of their own.
const char* const enter_tenant =
    "SELECT set_config('app.tenant', $1, true), pg_advisory_xact_lock(hashtextextended('tenon.' || $1, 0))";
const char* const enter_system = "SELECT pg_advisory_xact_lock(hashtextextended('tenon', 0))";

postgres_unit_ptr make_unit(const char* text, postgres_unit::parameters values, clock::time_point deadline) {
    auto out = std::make_shared<postgres_unit>(text, std::move(values), deadline);
    out->wanted = [] { return true; };
    return out;
}

result<void> without_rows(const result<rows>& outcome) {
    return outcome ? result<void>() : result<void>(outcome.error());
}

}  // namespace

postgres_pool::postgres_pool(asio_event_loop& loop, postgres_canceller& canceller, const std::string& url,
                             std::size_t size)
    : loop_(loop) {
    for (std::size_t i = 0; i < size; ++i) {
        links_.push_back(std::make_unique<postgres_link>(loop, canceller, url));
        free_.push_back(links_.back().get());
    }
}

void postgres_pool::begin(const postgres_lease_ptr& lease, std::function<void(result<void>)> begun) {
    if (clock::now() >= lease->deadline) return begun(too_late());
    if (free_.empty() && waiting_.size() >= waiting_max) return begun(queue_full());
    lease->begun = std::move(begun);
    // The token lives in the lease, so the work must not keep the lease alive.
    lease->timer = loop_.at(lease->deadline, [this, weak = std::weak_ptr<postgres_lease>(lease)] {
        const postgres_lease_ptr overdue = weak.lock();
        if (!overdue) return;
        answer_begin(overdue, too_late());
        end(overdue);
    });
    if (free_.empty()) return waiting_.push_back(lease);
    postgres_link* const link = free_.back();  // the last used: most likely connected
    free_.pop_back();
    start(lease, *link);
}

void postgres_pool::start(const postgres_lease_ptr& lease, postgres_link& link) {
    lease->link = &link;
    postgres_unit::parameters values;
    if (lease->tenant) values.emplace_back(lease->tenant->to_string());
    auto unit = make_unit(lease->tenant ? enter_tenant : enter_system, std::move(values), lease->deadline);
    unit->before = postgres_unit::prologue::begin;
    unit->answer = [this, lease](const result<rows>& outcome) {
        if (lease->ended) return;
        lease->connection = lease->link->connection();
        answer_begin(lease, without_rows(outcome));
        // Posted: an answer must not call into its link.
        if (!outcome) loop_.post([this, lease] { end(lease); });
    };
    link.submit(std::move(unit));
}

void postgres_pool::answer_begin(const postgres_lease_ptr& lease, result<void> outcome) {
    if (auto begun = std::exchange(lease->begun, nullptr)) begun(std::move(outcome));
}

void postgres_pool::run(const postgres_lease_ptr& lease, postgres_unit_ptr unit) {
    if (lease->ended) return unit->finish(too_late());
    unit->on_connection = lease->connection;
    if (lease->link->connection() != lease->connection) return unit->finish(connection_lost());
    lease->link->submit(std::move(unit));
}

void postgres_pool::commit(const postgres_lease_ptr& lease, std::function<void(result<void>)> committed) {
    auto unit = make_unit("COMMIT", {}, lease->deadline);
    unit->answer = [this, lease, committed = std::move(committed)](const result<rows>& outcome) {
        // The connection is free, or rolled back, before the next statement of whoever waited for the commit.
        loop_.post([this, lease, good = outcome.has_value()] { good ? give_back(lease) : end(lease); });
        committed(without_rows(outcome));
    };
    run(lease, std::move(unit));
}

void postgres_pool::end(const postgres_lease_ptr& lease) {
    if (lease->ended) return;
    if (!lease->link) {
        lease->ended = true;
        std::erase(waiting_, lease);
        return;
    }
    postgres_link& link = *lease->link;
    if (link.load() > 0) {
        // A cancel could hit what the next transaction runs on this connection: it gets another one.
        link.close(too_late());
        return give_back(lease);
    }
    if (link.connection() != lease->connection) return give_back(lease);  // rolled back with its connection
    lease->ended = true;
    auto unit = make_unit("ROLLBACK", {}, clock::now() + rollback_time_max);
    unit->on_connection = lease->connection;
    unit->answer = [this, lease](const result<rows>& outcome) {
        loop_.post([this, lease, good = outcome.has_value()] {
            if (!good) lease->link->close(connection_lost());
            give_back(lease);
        });
    };
    link.submit(std::move(unit));
}

void postgres_pool::give_back(const postgres_lease_ptr& lease) {
    lease->ended = true;
    lease->timer.reset();
    postgres_link* const link = std::exchange(lease->link, nullptr);
    if (!link) return;
    if (waiting_.empty()) return free_.push_back(link);
    const postgres_lease_ptr next = std::move(waiting_.front());
    waiting_.pop_front();
    start(next, *link);
}

void postgres_pool::close() {
    for (const postgres_lease_ptr& lease : std::exchange(waiting_, {})) {
        lease->ended = true;
        answer_begin(lease, shutting_down());
    }
    for (auto& each : links_) each->close(shutting_down());
}

}  // namespace tenon::db
