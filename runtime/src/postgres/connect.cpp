// How a link gets its connection, loses it, and gets another one.
#include <algorithm>

#include <tenon/observe/log.hpp>

#include "postgres/errors.hpp"
#include "postgres/link.hpp"
#include "postgres/url.hpp"

namespace tenon::db {
namespace {

constexpr auto connect_time_max = std::chrono::seconds(5);
constexpr auto back_off_min = std::chrono::milliseconds(50);
constexpr int back_off_doublings_max = 5;  // 1.6 s

void ignore_notice(void*, const char*) {}

}  // namespace

void postgres_link::connect() {
    phase_ = phase::connecting;
    connect_timer_ = turn_.loop.at(clock::now() + connect_time_max, [this] { connect_failed("it takes too long"); });
    if (!turn_.hosts.have_names()) return begin_connecting(nullptr);
    turn_.hosts.look_up(turn_.loop, [this, timer = std::weak_ptr<void>(connect_timer_)](const auto& found) {
        if (timer.expired()) return;  // another attempt, or none at all
        found ? begin_connecting(&*found) : connect_failed("the name of its host is not known");
    });
}

/// `where` is null when the URL is enough.
void postgres_link::begin_connecting(const postgres_addresses* where) {
    std::vector<const char*> keys = {"dbname", "client_encoding", "fallback_application_name"};
    std::vector<const char*> values = {turn_.url.c_str(), "UTF8", "tenon"};
    if (where) {
        keys.insert(keys.end(), {"host", "hostaddr", "port"});
        values.insert(values.end(), {where->host.c_str(), where->hostaddr.c_str(), where->port.c_str()});
    }
    keys.push_back(nullptr);
    values.push_back(nullptr);
    handle_.reset(PQconnectStartParams(keys.data(), values.data(), 1));
    if (!handle_ || PQstatus(handle_.get()) == CONNECTION_BAD) return connect_failed("");
    PQsetNoticeProcessor(handle_.get(), &ignore_notice, nullptr);
    watch_ = std::make_unique<socket_watch>(turn_.loop, PQsocket(handle_.get()));
    watch_->when_writable([this] { continue_connecting(); });
}

void postgres_link::continue_connecting() {
    // libpq may go on to another address, and to another socket.
    watch_.reset();
    const PostgresPollingStatusType wanted = PQconnectPoll(handle_.get());
    if (wanted == PGRES_POLLING_OK) return connected();
    if (wanted != PGRES_POLLING_READING && wanted != PGRES_POLLING_WRITING) return connect_failed("");
    watch_ = std::make_unique<socket_watch>(turn_.loop, PQsocket(handle_.get()));
    auto next = [this] { continue_connecting(); };
    wanted == PGRES_POLLING_READING ? watch_->when_readable(next) : watch_->when_writable(next);
}

void postgres_link::connected() {
    connect_timer_.reset();
    PQsetnonblocking(handle_.get(), 1);
    if (PQenterPipelineMode(handle_.get()) != 1) return connect_failed("");
    phase_ = phase::ready;
    failures_ = 0;
    ++connection_;
    heard_at_ = clock::now();
    watch_ = std::make_unique<socket_watch>(turn_.loop, PQsocket(handle_.get()));
    watch_->when_readable([this] { on_readable(); });
    turn_.send_soon(*this);
}

/// `why` when libpq does not know.
void postgres_link::connect_failed(const char* why) {
    if (failures_ == 0) {
        const std::string said = handle_ && *why == '\0' ? in_one_line(PQerrorMessage(handle_.get())) : why;
        log::warn("no connection to the database", {{"what", said}});
    }
    disconnect();
    retry_at_ = clock::now() + back_off_min * (1 << std::min(failures_, back_off_doublings_max));
    ++failures_;
    for (const postgres_unit_ptr& unit : std::exchange(waiting_, {}))
        if (!unit->asked.moved && !unit->outcome) answer(unit, connection_lost());
}

void postgres_link::lost() {
    const bool left = leaving_;
    if (left) turn_.departures.add(handle_.get(), sent_.size());
    disconnect();
    std::deque<postgres_unit_ptr> again;
    for (const postgres_batch& batch : std::exchange(sent_, {})) {
        for (const postgres_unit_ptr& unit : batch.units) {
            if (unit->outcome || unit->asked.moved) continue;
            if (left) --unit->attempts;
            if (unit->leaves_nothing() && may_ask_again(*unit))
                again.push_back(unit);
            else
                answer(unit, connection_lost());
        }
    }
    units_sent_ = 0;
    waiting_.insert(waiting_.begin(), again.begin(), again.end());
    if (left) return ask_elsewhere();
    if (!waiting_.empty()) connect();
}

/// Nobody waits for the next connection who need not.
void postgres_link::ask_elsewhere() {
    for (const postgres_unit_ptr& unit : std::exchange(waiting_, {}))
        if (!unit->asked.moved && !unit->outcome) turn_.submit(unit);
}

void postgres_link::disconnect() {
    watch_.reset();
    handle_.reset();
    connect_timer_.reset();
    cancel_timer_.reset();
    cancelling_.reset();
    flushing_ = leaving_ = false;
    prepared_.clear();
    phase_ = phase::idle;
    ++connection_;
}

void postgres_link::close(const error& why) {
    if (phase_ == phase::ready && !sent_.empty()) turn_.canceller->cancel(handle_.get());
    disconnect();
    deadline_timer_.reset();
    watched_until_ = clock::time_point::max();
    std::deque<postgres_unit_ptr> unanswered;
    for (const postgres_batch& batch : std::exchange(sent_, {}))
        unanswered.insert(unanswered.end(), batch.units.begin(), batch.units.end());
    units_sent_ = 0;
    unanswered.insert(unanswered.end(), waiting_.begin(), waiting_.end());
    waiting_.clear();
    for (const postgres_unit_ptr& unit : unanswered)
        if (!unit->outcome) answer(unit, why);
}

}  // namespace tenon::db
