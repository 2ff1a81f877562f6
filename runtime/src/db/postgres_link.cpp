// Sending units down a pipeline and matching the results that come back.
#include "db/postgres_link.hpp"

#include <algorithm>
#include <utility>

#include "db/postgres_errors.hpp"
#include "db/postgres_values.hpp"

namespace tenon::db {
namespace {

constexpr std::size_t waiting_max = 4096;
// Enough to keep the server busy while answers travel; what is not sent yet survives a lost connection.
constexpr std::size_t sent_max = 64;
constexpr int attempts_max = 4;
constexpr auto cancel_interval = std::chrono::milliseconds(50);

const std::string set_tenant = "SELECT set_config('app.tenant', $1, true)";
const std::string begin_transaction = "BEGIN";

/// Rolled back for a reason that has passed: a cancel that was meant for the statement before, a prepared statement
/// that the server does not have, or one whose tables have changed.
bool rolled_back_by_accident(const PGresult* failed) {
    const std::string_view state = sql_state(failed);
    return state == "57014" || state == "26000" || state == "0A000";
}

}  // namespace

postgres_link::postgres_link(asio_event_loop& loop, postgres_canceller& canceller, std::string url)
    : loop_(loop),
      canceller_(canceller),
      url_(std::move(url)),
      handle_(nullptr, &PQfinish),
      last_result_(nullptr, &PQclear),
      first_failure_(nullptr, &PQclear) {}

postgres_link::~postgres_link() {
    close(shutting_down());
}

void postgres_link::submit(postgres_unit_ptr unit) {
    const auto now = clock::now();
    if (now >= unit->deadline) return unit->finish(too_late());
    if (phase_ == phase::idle && now < retry_at_) return unit->finish(connection_lost());
    if (waiting_.size() >= waiting_max) return unit->finish(queue_full());
    watch_deadline(unit->deadline);
    waiting_.push_back(std::move(unit));
    if (phase_ == phase::idle) connect();
    if (phase_ == phase::ready) send_waiting();
}

/// True when an idle connection has ended: found out before anything is sent, a write can still go to another one. The
/// server's last words may come first, the end behind them.
bool postgres_link::ended_while_idle() {
    if (!sent_.empty() || waiting_.empty() || waiting_.front()->reads) return false;
    return PQconsumeInput(handle_.get()) == 0 || PQconsumeInput(handle_.get()) == 0;
}

void postgres_link::send_waiting() {
    if (ended_while_idle()) return lost();
    while (!waiting_.empty() && sent_.size() < sent_max) {
        postgres_unit_ptr next = std::move(waiting_.front());
        waiting_.pop_front();
        if (next->answered) continue;
        if (!next->wanted()) {
            next->finish(too_late());
            continue;
        }
        if (next->on_connection && *next->on_connection != connection_) {
            next->finish(connection_lost());
            continue;
        }
        sent_.push_back(next);
        if (!send(*next)) return lost();
    }
    flush();
}

/// Preparing comes first: what fails later in the unit must not skip it.
bool postgres_link::send(postgres_unit& unit) {
    ++unit.attempts;
    unit.commands = 0;
    unit.preparing.clear();
    std::string main;
    std::string before;
    if (!prepare(unit, unit.text, main)) return false;
    if (unit.before == postgres_unit::prologue::tenant) {
        if (!prepare(unit, set_tenant, before) || !execute(unit, before, 1)) return false;
    } else if (unit.before == postgres_unit::prologue::begin) {
        if (!prepare(unit, begin_transaction, before) || !execute(unit, before, 0)) return false;
    }
    return execute(unit, main, unit.values.size()) && PQpipelineSync(handle_.get()) == 1;
}

bool postgres_link::prepare(postgres_unit& unit, const std::string& text, std::string& name) {
    postgres_statements::found found = prepared_.use(text);
    name = found.name;
    if (!found.fresh) return true;
    if (!found.forgotten.empty()) {
        const std::string away = "DEALLOCATE " + found.forgotten;
        if (!PQsendQueryParams(handle_.get(), away.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1)) return false;
        ++unit.commands;
    }
    unit.preparing.emplace_back(unit.commands++, text);
    return PQsendPrepare(handle_.get(), name.c_str(), text.c_str(), 0, nullptr) == 1;
}

/// With the first `count` of the unit's parameters.
bool postgres_link::execute(postgres_unit& unit, const std::string& name, std::size_t count) {
    std::vector<const char*> texts;
    texts.reserve(count);
    for (std::size_t i = 0; i < count; ++i) texts.push_back(unit.values[i] ? unit.values[i]->c_str() : nullptr);
    ++unit.commands;
    return PQsendQueryPrepared(handle_.get(), name.c_str(), static_cast<int>(count), texts.data(), nullptr, nullptr,
                               1) == 1;
}

void postgres_link::flush() {
    if (flushing_) return;
    const int left = PQflush(handle_.get());
    if (left < 0) return lost();
    if (left == 0) return;
    flushing_ = true;
    watch_->when_writable([this] {
        flushing_ = false;
        flush();
    });
}

void postgres_link::on_readable() {
    if (PQconsumeInput(handle_.get()) == 0 || !take_results()) return lost();
    watch_->when_readable([this] { on_readable(); });
    send_waiting();
}

/// False when the connection is gone.
bool postgres_link::take_results() {
    while (!PQisBusy(handle_.get())) {
        result_ptr next(PQgetResult(handle_.get()), &PQclear);
        // A null stands between the results of two statements, and for "nothing is left".
        if (next) take(std::move(next));
        if (PQstatus(handle_.get()) != CONNECTION_OK) return false;
        if (sent_.empty()) return true;
    }
    return true;
}

void postgres_link::take(result_ptr result) {
    switch (PQresultStatus(result.get())) {
        case PGRES_PIPELINE_SYNC:
            return complete_head();
        case PGRES_PIPELINE_ABORTED:
            return;
        case PGRES_FATAL_ERROR:
        case PGRES_BAD_RESPONSE:
        case PGRES_EMPTY_QUERY:
            if (!first_failure_) first_failure_ = std::move(result);
            return;
        default:
            if (!first_failure_) ++good_results_;
            last_result_ = std::move(result);
    }
}

void postgres_link::complete_head() {
    if (sent_.empty()) return;
    const postgres_unit_ptr unit = std::move(sent_.front());
    sent_.pop_front();
    const result_ptr failure = std::move(first_failure_);
    const result_ptr good = std::move(last_result_);
    const std::size_t done = std::exchange(good_results_, 0);
    if (failure) {
        for (const auto& [command, text] : unit->preparing) {
            if (command >= done) prepared_.forget(text);
        }
        if (rolled_back_by_accident(failure.get()) && sql_state(failure.get()) != "57014") prepared_.forget(unit->text);
    }
    if (!unit->answered) {
        if (!failure) {
            unit->finish(postgres_rows(good.get()));
        } else if (PQresultStatus(failure.get()) == PGRES_EMPTY_QUERY) {
            unit->finish(error(errc::internal, "an empty statement"));
        } else if (rolled_back_by_accident(failure.get()) && may_ask_again(*unit)) {
            waiting_.push_front(unit);
        } else {
            if (sql_state(failure.get()) == unique_violation) unit->violated = index_of(failure.get());
            unit->finish(postgres_error(failure.get()));
        }
    }
    cancel_overdue_head();
}

bool postgres_link::may_ask_again(const postgres_unit& unit) const {
    return !unit.on_connection && unit.before != postgres_unit::prologue::begin && unit.attempts < attempts_max &&
           clock::now() < unit.deadline;
}

void postgres_link::watch_deadline(clock::time_point deadline) {
    if (deadline >= watched_until_) return;
    watched_until_ = deadline;
    deadline_timer_ = loop_.at(deadline, [this] { on_deadline(); });
}

void postgres_link::on_deadline() {
    const auto now = clock::now();
    auto next = clock::time_point::max();
    const auto overdue = [&](const postgres_unit_ptr& unit) {
        if (!unit->answered && unit->deadline > now) next = std::min(next, unit->deadline);
        if (!unit->answered && unit->deadline <= now) unit->finish(too_late());
        return unit->answered;
    };
    std::erase_if(waiting_, overdue);
    for (const postgres_unit_ptr& unit : sent_) (void)overdue(unit);
    cancel_overdue_head();
    watched_until_ = clock::time_point::max();
    if (next != clock::time_point::max()) watch_deadline(next);
}

/// Only what runs now can be cancelled: PostgreSQL cancels connections, not statements. One that was hit by mistake is
/// asked again (rolled_back_by_accident).
void postgres_link::cancel_overdue_head() {
    if (phase_ != phase::ready || cancelling_ || sent_.empty() || !sent_.front()->answered) return;
    cancelling_ = true;
    canceller_.cancel(handle_.get(), [this, &loop = loop_, alive = std::weak_ptr<bool>(alive_), which = connection_] {
        loop.post([this, alive, which] {
            if (!alive.lock() || which != connection_) return;
            cancel_timer_ = loop_.at(clock::now() + cancel_interval, [this] {
                cancelling_ = false;
                cancel_overdue_head();
            });
        });
    });
}

}  // namespace tenon::db
