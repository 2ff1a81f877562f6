// How a link gets its connection, loses it, and gets another one.
#include <algorithm>

#include "db/postgres_errors.hpp"
#include "db/postgres_link.hpp"

namespace tenon::db {
namespace {

constexpr auto connect_time_max = std::chrono::seconds(5);
constexpr auto back_off_min = std::chrono::milliseconds(50);
constexpr int back_off_doublings_max = 5;  // 1.6 s

void ignore_notice(void*, const char*) {}

}  // namespace

void postgres_link::connect() {
    const char* const keys[] = {"dbname", "client_encoding", "fallback_application_name", nullptr};
    const char* const values[] = {url_.c_str(), "UTF8", "tenon", nullptr};
    handle_.reset(PQconnectStartParams(keys, values, 1));
    phase_ = phase::connecting;
    if (!handle_ || PQstatus(handle_.get()) == CONNECTION_BAD) return connect_failed();
    PQsetNoticeProcessor(handle_.get(), &ignore_notice, nullptr);
    connect_timer_ = loop_.at(clock::now() + connect_time_max, [this] { connect_failed(); });
    watch_ = std::make_unique<socket_watch>(loop_, PQsocket(handle_.get()));
    watch_->when_writable([this] { continue_connecting(); });
}

void postgres_link::continue_connecting() {
    // libpq may go on to another address, and to another socket.
    watch_.reset();
    const PostgresPollingStatusType wanted = PQconnectPoll(handle_.get());
    if (wanted == PGRES_POLLING_OK) return connected();
    if (wanted != PGRES_POLLING_READING && wanted != PGRES_POLLING_WRITING) return connect_failed();
    watch_ = std::make_unique<socket_watch>(loop_, PQsocket(handle_.get()));
    auto next = [this] { continue_connecting(); };
    wanted == PGRES_POLLING_READING ? watch_->when_readable(next) : watch_->when_writable(next);
}

void postgres_link::connected() {
    connect_timer_.reset();
    PQsetnonblocking(handle_.get(), 1);
    if (PQenterPipelineMode(handle_.get()) != 1) return connect_failed();
    phase_ = phase::ready;
    failures_ = 0;
    ++connection_;
    watch_ = std::make_unique<socket_watch>(loop_, PQsocket(handle_.get()));
    watch_->when_readable([this] { on_readable(); });
    send_waiting();
}

void postgres_link::connect_failed() {
    disconnect();
    retry_at_ = clock::now() + back_off_min * (1 << std::min(failures_, back_off_doublings_max));
    ++failures_;
    for (const postgres_unit_ptr& unit : std::exchange(waiting_, {})) {
        if (!unit->answered) unit->finish(connection_lost());
    }
}

void postgres_link::lost() {
    disconnect();
    std::deque<postgres_unit_ptr> failed;
    for (auto unit = sent_.rbegin(); unit != sent_.rend(); ++unit) {
        if ((*unit)->answered) continue;
        if ((*unit)->reads && may_ask_again(**unit)) {
            waiting_.push_front(*unit);
        } else {
            failed.push_front(*unit);
        }
    }
    sent_.clear();
    for (const postgres_unit_ptr& unit : failed) unit->finish(connection_lost());
    if (!waiting_.empty()) connect();
}

void postgres_link::disconnect() {
    watch_.reset();
    handle_.reset();
    connect_timer_.reset();
    cancel_timer_.reset();
    cancelling_ = false;
    flushing_ = false;
    first_failure_.reset();
    last_result_.reset();
    good_results_ = 0;
    prepared_.clear();
    phase_ = phase::idle;
    ++connection_;
}

void postgres_link::close(const error& why) {
    if (phase_ == phase::ready && !sent_.empty()) canceller_.cancel(handle_.get(), [] {});
    disconnect();
    auto unanswered = std::exchange(sent_, {});
    unanswered.insert(unanswered.end(), waiting_.begin(), waiting_.end());
    waiting_.clear();
    for (const postgres_unit_ptr& unit : unanswered) {
        if (!unit->answered) unit->finish(why);
    }
}

}  // namespace tenon::db
