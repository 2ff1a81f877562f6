// Limits by statements.
#include "limits/database_store.hpp"

#include <algorithm>

#include "core/wall_clock.hpp"
#include "db/own_session.hpp"
#include "limits/database_texts.hpp"

namespace tenon::limits {
namespace {

constexpr std::uint64_t writes_between_cleanings = 256;

std::int64_t micros(std::chrono::milliseconds time) {
    return time.count() * 1000;
}

db::own_session session_of(db::backend& database, const key& k, store::time_point deadline) {
    return db::own_session(database, deadline, k.tenant().value_or(tenant_id()));
}

db::values with_time(const limit_statement& what, db::values parameters) {
    if (!what.asks_time) return parameters;
    const auto set = wall_clock::set_by_test();
    parameters.push_back(set ? db::to_value(set->micros) : db::value());
    return parameters;
}

task<result<db::rows>> read(db::own_session& where, const limit_statement& what, db::values parameters) {
    return where.read_in_tenant(what.text, with_time(what, std::move(parameters)));
}
task<result<db::rows>> write(db::own_session& where, const limit_statement& what, db::values parameters) {
    return where.write_in_tenant(what.text, with_time(what, std::move(parameters)));
}
task<result<db::rows>> ask(db::own_transaction& open, const limit_statement& what, db::values parameters) {
    return open.query_in_tenant(what.text, with_time(what, std::move(parameters)));
}

/// A limit is taken by one statement; the one that tells a refused caller how things stand may see a later state.
window_span span_in(const db::row& from) {
    return {instant{from.get<std::int64_t>(1)}, instant{from.get<std::int64_t>(2)}};
}

}  // namespace

database_store::database_store(db::backend& database)
    : database_(database), texts_(std::make_unique<const database_texts>(database.dialect())) {}

database_store::~database_store() = default;

/// Now and then, after a write: what has passed in the same tenant goes.
task<result<void>> database_store::forget_some(key k, time_point deadline) {
    if (++writes_ % writes_between_cleanings != 0) co_return result<void>();
    auto session = session_of(database_, k, deadline);
    for (const limit_statement* one : {&texts_->forget_counters, &texts_->forget_leases, &texts_->forget_entries}) {
        auto none = db::args();
        CO_TRY(co_await write(session, *one, std::move(none)));
    }
    co_return result<void>();
}

task<result<bucket_answer>> database_store::take(key k, bucket_rule rule, std::int64_t n, time_point deadline) {
    auto session = session_of(database_, k, deadline);
    if (n <= rule.burst) {
        auto parameters = db::args(k.name(), n * rule.interval(), rule.tolerance());
        CO_TRY_ASSIGN(const db::rows taken, co_await write(session, texts_->take, std::move(parameters)));
        if (!taken.empty()) {
            (void)co_await forget_some(k, deadline);
            const std::int64_t filled_at = taken[0].get<std::int64_t>(0);
            co_return answer_of(rule, true, n, taken[0].get<std::int64_t>(1), filled_at);
        }
    }
    auto which = db::args(k.name());
    CO_TRY_ASSIGN(const db::rows found, co_await read(session, texts_->take_refused, std::move(which)));
    if (found.empty()) co_return answer_of(rule, false, n, 0, 0);
    co_return answer_of(rule, false, n, found[0].get<std::int64_t>(1), found[0].get<std::int64_t>(0));
}

task<result<quota_answer>> database_store::use(key k, window w, std::int64_t cap, std::int64_t n, time_point deadline) {
    auto session = session_of(database_, k, deadline);
    const auto index = static_cast<std::size_t>(w);
    quota_answer out;
    if (n <= cap) {
        auto parameters = db::args(k.name(), n, cap);
        CO_TRY_ASSIGN(const db::rows used, co_await write(session, texts_->use[index], std::move(parameters)));
        if (!used.empty()) {
            (void)co_await forget_some(k, deadline);
            out.granted = true;
            out.used = used[0].get<std::int64_t>(0);
            out.span = span_in(used[0]);
            co_return out;
        }
    }
    auto which = db::args(k.name());
    CO_TRY_ASSIGN(const db::rows found, co_await read(session, texts_->use_refused[index], std::move(which)));
    out.used = found.empty() ? 0 : found[0].get<std::int64_t>(0);
    out.span = found.empty() ? span_of(w, instant::now()) : span_in(found[0]);
    co_return out;
}

task<result<void>> database_store::refund(key k, instant since, std::int64_t n, time_point deadline) {
    auto session = session_of(database_, k, deadline);
    auto parameters = db::args(k.name(), n, since.micros);
    CO_TRY(co_await write(session, texts_->refund, std::move(parameters)));
    co_return result<void>();
}

task<result<std::optional<uuid>>> database_store::acquire(key k, std::int64_t limit, milliseconds ttl,
                                                          time_point deadline) {
    const uuid lease = uuid::generate();
    auto session = session_of(database_, k, deadline);
    CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
    auto gate = db::args(k.name(), micros(ttl));
    CO_TRY(co_await ask(open, texts_->lock_leases, std::move(gate)));
    auto which = db::args(k.name());
    CO_TRY(co_await ask(open, texts_->end_leases, std::move(which)));
    auto wanted = db::args(k.name(), lease.to_string(), micros(ttl), limit);
    CO_TRY_ASSIGN(const db::rows added, co_await ask(open, texts_->add_lease, std::move(wanted)));
    CO_TRY(co_await open.commit());
    (void)co_await forget_some(std::move(k), deadline);
    co_return added.empty() ? std::nullopt : std::optional<uuid>(lease);
}

task<result<bool>> database_store::renew(key k, uuid lease, milliseconds ttl, time_point deadline) {
    auto session = session_of(database_, k, deadline);
    auto parameters = db::args(k.name(), lease.to_string(), micros(ttl));
    CO_TRY_ASSIGN(const db::rows done, co_await write(session, texts_->renew, std::move(parameters)));
    co_return done.affected() == 1;
}

task<result<void>> database_store::release(key k, uuid lease, time_point deadline) {
    auto session = session_of(database_, k, deadline);
    auto parameters = db::args(k.name(), lease.to_string());
    CO_TRY(co_await write(session, texts_->release, std::move(parameters)));
    co_return result<void>();
}

task<result<std::optional<held_lock>>> database_store::lock(key k, milliseconds ttl, time_point deadline) {
    held_lock out;
    out.owner = uuid::generate();
    auto session = session_of(database_, k, deadline);
    auto parameters = db::args(k.name(), out.owner.to_string(), micros(ttl));
    CO_TRY_ASSIGN(const db::rows got, co_await write(session, texts_->lock, std::move(parameters)));
    if (got.empty()) co_return std::optional<held_lock>();
    out.fence = got[0].get<std::int64_t>(0);
    co_return std::optional<held_lock>(out);
}

task<result<bool>> database_store::extend(key k, held_lock held, milliseconds ttl, time_point deadline) {
    auto session = session_of(database_, k, deadline);
    auto parameters = db::args(k.name(), held.owner.to_string(), micros(ttl));
    CO_TRY_ASSIGN(const db::rows done, co_await write(session, texts_->extend, std::move(parameters)));
    co_return done.affected() == 1;
}

task<result<bool>> database_store::unlock(key k, held_lock held, time_point deadline) {
    auto session = session_of(database_, k, deadline);
    auto parameters = db::args(k.name(), held.owner.to_string());
    CO_TRY_ASSIGN(const db::rows done, co_await write(session, texts_->unlock, std::move(parameters)));
    co_return done.affected() == 1;
}

task<result<std::int64_t>> database_store::next_fence(key k, time_point deadline) {
    auto session = session_of(database_, k, deadline);
    auto which = db::args(k.name());
    CO_TRY_ASSIGN(const db::rows got, co_await write(session, texts_->next_fence, std::move(which)));
    if (got.empty()) co_return error(errc::internal, "a fence was not counted");
    co_return got[0].get<std::int64_t>(0);
}

task<result<cached>> database_store::get(key k, time_point deadline) {
    auto session = session_of(database_, k, deadline);
    auto which = db::args(k.name(), micros(cache_ttl_max));
    CO_TRY_ASSIGN(const db::rows found, co_await read(session, texts_->get, std::move(which)));
    cached out;
    if (found.empty()) co_return out;
    found[0].read(0, out.value);
    found[0].read(1, out.generation);
    co_return out;
}

task<result<void>> database_store::put(key k, std::string value, milliseconds ttl, std::int64_t generation,
                                       time_point deadline) {
    auto session = session_of(database_, k, deadline);
    auto parameters =
        db::args(k.name(), std::move(value), generation, micros(std::min(ttl, cache_ttl_max)), micros(generation_kept));
    CO_TRY(co_await write(session, texts_->put, std::move(parameters)));
    (void)co_await forget_some(std::move(k), deadline);
    co_return result<void>();
}

task<result<void>> database_store::invalidate(key k, time_point deadline) {
    auto session = session_of(database_, k, deadline);
    auto parameters = db::args(k.name(), micros(generation_kept));
    CO_TRY(co_await write(session, texts_->invalidate, std::move(parameters)));
    co_return result<void>();
}

}  // namespace tenon::limits
