// Sending units down a pipeline and matching the results that come back.
#include "postgres/link.hpp"

#include <algorithm>
#include <utility>

#include "db/slow_lists.hpp"
#include "postgres/values.hpp"

namespace tenon::db {
namespace {

constexpr std::size_t waiting_units_max = 4096;
// Enough to keep the server busy while answers travel; what is not sent yet survives a lost connection.
constexpr std::size_t sent_max = 64;
// The first answer of a batch waits for the last.
constexpr std::size_t batch_max = 16;
constexpr int attempts_max = 4;
constexpr auto rest_of_a_page_max = std::chrono::milliseconds(10);

const std::string set_tenant = "SELECT set_config('app.tenant', $1, true)";
const std::string set_scope = postgres_set_scope;
// A statement waiting for a lock blocks its whole batch, and the next one. In a transaction of its own it may wait
// until its deadline.
const std::string lock_in_company = ", set_config('lock_timeout', '50ms', true)";
const std::string set_tenant_in_company = set_tenant + lock_in_company;
const std::string set_scope_in_company = set_scope + lock_in_company;
const std::string begin_transaction = "BEGIN";
const std::string commit_transaction = "COMMIT";
const std::string end_transaction = "ROLLBACK";

/// One of several has failed, or the only one has waited for a lock for as long as it may with others behind it.
bool must_part(const postgres_batch& batch) {
    if (!batch.failure || !batch.shares_commit()) return false;
    return batch.units.size() > 1 || sql_state(batch.failure.get()) == "55P03";
}

/// Rolled back for a reason that has passed: a cancel that was meant for the statement before, a prepared statement
/// that the server does not have, or one whose tables have changed.
bool rolled_back_by_accident(std::string_view state) {
    return state == "57014" || state == "26000" || state == "0A000";
}

}  // namespace

postgres_link::postgres_link(postgres_turn& turn) : turn_(turn), handle_(nullptr, &PQfinish) {}

postgres_link::~postgres_link() {
    close(shutting_down());
}

void postgres_link::submit(postgres_unit_ptr unit) {
    const auto now = clock::now();
    if (now >= unit->deadline) return answer(unit, too_late());
    if (is_refusing(now)) return answer(unit, connection_lost());
    if (waiting_.size() >= waiting_units_max) return answer(unit, queue_full());
    watch_deadline(unit->deadline);
    order_.insert(waiting_, std::move(unit));
    if (phase_ == phase::idle) connect();
    if (phase_ == phase::ready) turn_.send_soon(*this);
}

void postgres_link::connect_ahead(clock::time_point now) {
    if (phase_ == phase::idle && !is_refusing(now)) connect();
}

bool postgres_link::is_held_up(clock::time_point now, clock::duration after) const {
    return !sent_.empty() && now - sent_.front().sent_at > after;
}

bool postgres_link::is_silent(clock::time_point now, clock::duration since) const {
    return is_held_up(now, since) && now - heard_at_ > since;
}

std::vector<postgres_unit_ptr> postgres_link::unanswered() const {
    std::vector<postgres_unit_ptr> out;
    for (const postgres_batch& batch : sent_)
        for (const postgres_unit_ptr& unit : batch.units)
            if (!unit->outcome && unit->wanted) out.push_back(unit);
    std::reverse(out.begin(), out.end());
    return out;
}

/// True when an idle connection has ended: found out before a write is sent, it can still go to another one. The
/// server's last words may come first, the end behind them.
bool postgres_link::ended_while_idle() {
    if (!sent_.empty() || waiting_.empty() || waiting_.front()->leaves_nothing()) return false;
    return PQconsumeInput(handle_.get()) == 0 || PQconsumeInput(handle_.get()) == 0;
}

void postgres_link::send_waiting() {
    if (phase_ != phase::ready) return;
    if (ended_while_idle()) return lost();
    postgres_batch next;
    while (take_next_batch(next)) {
        units_sent_ += next.units.size();
        sent_.push_back(std::exchange(next, {}));
        if (!send(sent_.back())) return lost();
    }
    flush();
}

/// False when there is nothing to send, or enough under way.
bool postgres_link::take_next_batch(postgres_batch& out) {
    while (!waiting_.empty() && units_sent_ < sent_max && out.units.size() < batch_max) {
        if (!may_join(out, *waiting_.front())) break;
        postgres_unit_ptr next = std::move(waiting_.front());
        waiting_.pop_front();
        if (may_be_sent(next)) out.units.push_back(std::move(next));
    }
    return !out.units.empty();
}

/// Reads go together, and so do writes that share a commit: those wait for the commit before theirs, for the longer
/// they gather the fewer commits there are. Anything else goes alone.
bool postgres_link::may_join(const postgres_batch& batch, const postgres_unit& next) const {
    if (next.shares_commit() && !sent_.empty()) return false;
    if (batch.units.empty()) return true;
    const postgres_unit& first = *batch.units.front();
    if (first.asked.alone || next.asked.alone) return false;
    return (first.reads() && next.reads()) || (first.shares_commit() && next.shares_commit());
}

bool postgres_link::may_be_sent(const postgres_unit_ptr& unit) {
    if (unit->is_list_among_others() && turn_.slow.has(unit->text, unit->caller, clock::now())) move(unit);
    if (unit->asked.moved) return false;
    if (unit->outcome || !unit->wanted) {
        if (!unit->outcome) answer(unit, too_late());
        return false;
    }
    if (!unit->on_connection || *unit->on_connection == connection_) return true;
    answer(unit, connection_lost());
    return false;
}

bool postgres_link::send(postgres_batch& batch) {
    batch.sent_at = clock::now();
    const bool in_company = batch.units.size() > 1;
    const bool in_time = batch.units.front()->time_max.count() > 0;
    const bool says_so = in_company || batch.shares_commit() || in_time;
    const std::string& tenant_alone = batch.shares_commit() ? set_tenant_in_company : set_tenant;
    const std::string& alone = in_time ? turn_.set_scope_and_time : set_scope;
    const std::string& everything = batch.shares_commit() ? set_scope_in_company : alone;
    bool more_than_tenants = in_time;  // what one has set holds for those behind it until they say otherwise
    for (const postgres_unit_ptr& unit : batch.units) {
        more_than_tenants = more_than_tenants || unit->whose.is_more_than_a_tenant();
        const std::string* const setting = more_than_tenants ? &everything : &tenant_alone;
        if (unit->is_list_among_others()) watch_deadline(batch.sent_at + slow_list_min);
        if (!send(*unit, says_so || unit->whose.is_somebody() ? setting : nullptr)) return false;
    }
    return PQpipelineSync(handle_.get()) == 1;
}

/// Preparing comes first: what fails later in the unit must not skip it. In company even a unit of nobody says so, or
/// it would work for whom the one before does. `scope_setting` is null where there is nothing to say.
bool postgres_link::send(postgres_unit& unit, const std::string* scope_setting) {
    ++unit.attempts;
    unit.commands = 0;
    unit.preparing.clear();
    unit.good.reset();
    unit.cells.clear();
    unit.bytes = 0;
    std::string main, setting, beginning, ending;
    if (!prepare(unit, unit.text, main)) return false;
    if (scope_setting && !prepare(unit, *scope_setting, setting)) return false;
    if (unit.ends() && !prepare(unit, commit_transaction, ending)) return false;
    if (unit.begins()) {
        // What an attempt before has begun, and failed in, may still be open.
        if (unit.attempts > 1 && !execute(unit, end_transaction, {}, {})) return false;
        if (!prepare(unit, begin_transaction, beginning) || !execute(unit, begin_transaction, beginning, {}))
            return false;
    }
    if (scope_setting && !execute_setting(unit, *scope_setting, setting)) return false;
    if (!execute(unit, unit.text, main, unit.values.pointers())) return false;
    return !unit.ends() || execute(unit, commit_transaction, ending, {});
}

/// Gives the name of the prepared statement; none where statements are not prepared.
bool postgres_link::prepare(postgres_unit& unit, const std::string& text, std::string& name) {
    if (!turn_.prepares) return true;
    postgres_statements::found found = prepared_.use(text);
    name = found.name;
    if (!found.fresh) return true;
    if (!found.forgotten.empty() && !execute(unit, "DEALLOCATE " + found.forgotten, {}, {})) return false;
    unit.preparing.emplace_back(unit.commands++, text);
    return PQsendPrepare(handle_.get(), name.c_str(), text.c_str(), 0, nullptr) == 1;
}

bool postgres_link::execute(postgres_unit& unit, const std::string& text, const std::string& name,
                            const std::vector<const char*>& values) {
    ++unit.commands;
    const int count = static_cast<int>(values.size());
    constexpr int binary = 1;
    if (name.empty()) {
        return PQsendQueryParams(handle_.get(), text.c_str(), count, nullptr, values.data(), nullptr, nullptr,
                                 binary) == 1;
    }
    return PQsendQueryPrepared(handle_.get(), name.c_str(), count, values.data(), nullptr, nullptr, binary) == 1;
}

bool postgres_link::execute_setting(postgres_unit& unit, const std::string& text, const std::string& name) {
    const bool tenant_alone = &text == &set_tenant || &text == &set_tenant_in_company;
    if (tenant_alone) return execute(unit, text, name, {unit.whose.tenant.c_str()});
    const char* const scope = unit.whose.service ? "service" : "";
    return execute(unit, text, name, {unit.whose.tenant.c_str(), unit.whose.user.c_str(), scope});
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
    if (PQconsumeInput(handle_.get()) == 0 || !take_results()) {
        lost();
    } else {
        heard_at_ = clock::now();
        watch_->when_readable([this] { on_readable(); });
        if (!waiting_.empty()) turn_.send_soon(*this);
    }
    turn_.end();
}

/// False when the connection is gone, or given up.
bool postgres_link::take_results() {
    while (!PQisBusy(handle_.get())) {
        postgres_result next(PQgetResult(handle_.get()), &PQclear);
        // A null stands between the results of two statements, and for "nothing is left".
        next ? take(std::move(next)) : expect_rows();
        if (PQstatus(handle_.get()) != CONNECTION_OK) return false;
        if (sent_.empty()) return true;
        if (leaving_ && !sent_.front().is_answered()) return false;
    }
    return true;
}

void postgres_link::take(postgres_result result) {
    if (sent_.empty()) return;
    const ExecStatusType status = PQresultStatus(result.get());
    if (status == PGRES_PIPELINE_SYNC) return complete_head();
    postgres_batch& head = sent_.front();
    if (head.failure) return;  // what follows was skipped
    const postgres_unit_ptr& unit = head.next();
    if (status == PGRES_SINGLE_TUPLE) return take_row(unit, result.get(), 0);
    if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_EMPTY_QUERY) {
        head.failure = std::move(result);
        return;
    }
    ++head.answered;
    if (head.answered == unit->commands) note_end(head, *unit);
    const bool is_commit = unit->ends() && head.answered == unit->commands;
    if (!is_commit) unit->good = std::move(result);
}

void postgres_link::note_end(const postgres_batch& head, postgres_unit& unit) {
    unit.is_full = unit.asked.moved = false;  // nothing is left to cancel
    const auto now = clock::now();
    const auto began = std::max(head.sent_at, std::exchange(free_at_, now));
    if (unit.page.bytes_max > 0 && now - began > slow_list_min) note_slow(unit, now);
    cancel_overdue_head();
}

/// Rows that come one by one are not kept beyond their page. Each costs a result of its own: others come at once.
void postgres_link::expect_rows() {
    if (sent_.empty() || sent_.front().failure) return;
    postgres_batch& head = sent_.front();
    const postgres_unit& next = *head.next();
    if (next.page.is_open_ended() && !next.ends() && head.answered + 1 == next.commands)
        (void)PQsetSingleRowMode(handle_.get());
}

void postgres_link::take_row(const postgres_unit_ptr& unit, const PGresult* answered, int row) {
    if (unit->outcome) return;
    const std::size_t size = row_bytes(answered, row);
    if (!unit->cells.empty() && size > unit->page.bytes_max - unit->bytes) {
        const auto width = static_cast<std::size_t>(PQnfields(answered));
        answer(unit, rows(width, std::move(unit->cells), 0, true));
        unit->is_full = true;
        note_slow(*unit, clock::now());  // what is left comes through this connection before anything else
        // What is left is mostly little: it may end by itself.
        return watch_deadline(clock::now() + rest_of_a_page_max);
    }
    unit->bytes = std::min(unit->bytes + size, unit->page.bytes_max);
    auto appended = append_row(unit->cells, answered, row);
    if (!appended) answer(unit, std::move(appended).error());
}

void postgres_link::complete_head() {
    postgres_batch head = std::move(sent_.front());
    sent_.pop_front();
    units_sent_ -= head.units.size();
    forget_unprepared(head);
    if (head.failure && is_storage_failure(sql_state(head.failure.get())))
        turn_.watch->storage.failed(error_field(head.failure.get(), PG_DIAG_MESSAGE_PRIMARY));
    if (must_part(head)) return part(head);
    const std::size_t failed = head.failure ? head.at : head.units.size();
    for (std::size_t i = head.units.size(); i-- > failed + 1;) {
        // Never run, and so asked again as if for the first time.
        if (head.units[i]->outcome) continue;
        --head.units[i]->attempts;
        waiting_.push_front(head.units[i]);
    }
    for (std::size_t i = 0; i < head.units.size() && i <= failed; ++i) {
        head.units[i]->answered_on = connection_;
        if (!head.units[i]->outcome) complete(head.units[i], i == failed ? head.failure.get() : nullptr, head.sent_at);
    }
    cancel_overdue_head();
}

/// Nothing of it was done, and whose fault that was shows when each is alone.
void postgres_link::part(const postgres_batch& batch) {
    for (const postgres_unit_ptr& unit : batch.units) {
        if (unit->outcome) continue;
        unit->asked.alone = true;
        answer(unit, postgres_error(batch.failure.get(), unit->text));
    }
    cancel_overdue_head();
}

void postgres_link::forget_unprepared(const postgres_batch& batch) {
    if (!batch.failure) return;
    for (std::size_t i = batch.at; i < batch.units.size(); ++i) {
        for (const auto& [command, text] : batch.units[i]->preparing)
            if (i > batch.at || command >= batch.answered) prepared_.forget(text);
    }
    const std::string_view state = sql_state(batch.failure.get());
    if (rolled_back_by_accident(state) && state != "57014") prepared_.forget(batch.units[batch.at]->text);
}

void postgres_link::complete(const postgres_unit_ptr& unit, const PGresult* failure, clock::time_point sent_at) {
    if (!failure) {
        if (unit->page.bytes_max > 0) return complete_page(unit);
        const bool undone =
            unit->kind == postgres_kind::commit && std::string_view(PQcmdStatus(unit->good.get())) != "COMMIT";
        answer(unit, undone ? result<rows>(connection_lost()) : postgres_rows(unit->good.get()));
    } else if (unit->asked.moved) {
        // It was cancelled, and another connection answers it.
    } else if (PQresultStatus(failure) == PGRES_EMPTY_QUERY) {
        answer(unit, error(errc::internal, "an empty statement"));
    } else if (unit->time_max.count() > 0 && sql_state(failure) == "57014" &&
               clock::now() - sent_at >= unit->time_max) {
        answer(unit, list_too_slow(unit->page.is_search));
    } else if (rolled_back_by_accident(sql_state(failure)) && may_ask_again(*unit)) {
        waiting_.push_front(unit);
    } else {
        unit->violated = index_of(failure);
        answer(unit, postgres_error(failure, unit->text));
    }
}

/// Of rows that came at once, all the same, those are kept that fit.
void postgres_link::complete_page(const postgres_unit_ptr& unit) {
    const int count = PQntuples(unit->good.get());
    const auto width = static_cast<std::size_t>(PQnfields(unit->good.get()));
    unit->cells.reserve(unit->cells.size() + static_cast<std::size_t>(count) * width);
    for (int row = 0; row < count; ++row) take_row(unit, unit->good.get(), row);
    if (unit->outcome) return;
    answer(unit, rows(width, std::move(unit->cells), 0));
}

bool postgres_link::may_ask_again(const postgres_unit& unit) const {
    return !unit.on_connection && unit.attempts < attempts_max && clock::now() < unit.deadline;
}

}  // namespace tenon::db
