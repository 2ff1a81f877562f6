// How a link to Redis gets its connection, loses it, and gets another one.
#include <algorithm>
#include <utility>

#include <tenon/observe/log.hpp>

#include "loop/host_lookup.hpp"
#include "redis/link.hpp"
#include "redis/redis_errors.hpp"

namespace tenon::redis {
namespace {

constexpr auto connect_time_max = std::chrono::seconds(2);
constexpr auto back_off_min = std::chrono::milliseconds(50);
constexpr int back_off_doublings_max = 5;  // 1.6 s

}  // namespace

void link::connect() {
    phase_ = phase::connecting;
    connect_timer_ = loop_.at(clock::now() + connect_time_max, [this] {
        untried_.clear();
        gone("it does not answer");
    });
    if (!where_->path.empty()) return begin(redisAsyncConnectUnix(where_->path.c_str()));
    look_up_host(loop_, where_->host, [this, timer = std::weak_ptr<void>(connect_timer_)](auto found) {
        if (!timer.lock()) return;  // another attempt, or none at all
        if (found.empty()) return gone("its name is not known");
        untried_.assign(found.begin(), found.end());
        // One that never answers takes all of the time: the next attempt begins with the one behind it.
        std::rotate(untried_.begin(), untried_.begin() + static_cast<long>(attempts_++ % untried_.size()),
                    untried_.end());
        connect_to_next();
    });
}

/// Addresses are numeric: hiredis would look names up while the whole loop waits.
void link::connect_to_next() {
    const std::string host = std::move(untried_.front());
    untried_.pop_front();
    begin(redisAsyncConnect(host.c_str(), where_->port));
}

void link::begin(redisAsyncContext* made) {
    if (made == nullptr) return gone("there is no memory");
    if (made->err != 0) {
        redisAsyncFree(made);
        return gone("it refuses connections");
    }
    handle_ = made;
    connection_ = std::make_shared<bool>(true);
    watch_ = std::make_unique<socket_watch>(loop_, made->c.fd);
    made->data = this;
    made->ev.data = this;
    made->ev.addRead = [](void* data) { of(data).want_read(); };
    made->ev.addWrite = [](void* data) { of(data).want_write(); };
    made->ev.cleanup = [](void* data) {
        of(data).handle_ = nullptr;  // hiredis is freeing it
        of(data).gone("it refuses or has ended the connection");
    };
    redisAsyncSetConnectCallback(made, &on_connected);  // asks for the first write
}

void link::on_connected(const redisAsyncContext* context, int status) {
    // A failure is told by the clean-up, as all of them are.
    if (status == REDIS_OK) of(context->data).greet();
}

/// Before anything else: a command must not reach another database, or nobody's.
void link::greet() {
    phase_ = phase::greeting;
    std::vector<std::vector<std::string>> greetings;
    if (!where_->password.empty()) {
        greetings.push_back({"AUTH"});
        if (!where_->user.empty()) greetings.back().push_back(where_->user);
        greetings.back().push_back(where_->password);
    }
    if (where_->database != 0) greetings.push_back({"SELECT", std::to_string(where_->database)});
    if (greetings.empty()) greetings.push_back({"PING"});
    const auto until = clock::now() + connect_time_max;
    for (std::size_t i = 0; i < greetings.size(); ++i) {
        auto next = std::make_shared<command>(std::move(greetings[i]), until);
        const bool last = i + 1 == greetings.size();
        next->then = [this, last, same = std::weak_ptr<bool>(connection_)](result<reply> outcome) {
            if (same.lock()) greeted(outcome, last);
        };
        if (!send(next)) return;
    }
}

void link::greeted(const result<reply>& outcome, bool last) {
    if (phase_ != phase::greeting) return;
    // Its words may quote what it was sent.
    if (!outcome) return gone("it does not accept the user, the password or the database");
    if (!last) return;
    connect_timer_.reset();
    phase_ = phase::ready;
    failures_ = 0;
    send_waiting();
}

/// There is no connection any more, or there was none to be had.
void link::gone(std::string_view what) {
    if (phase_ == phase::idle) return;
    if (phase_ == phase::connecting && !untried_.empty()) {
        drop_handle();
        return connect_to_next();
    }
    if (phase_ == phase::ready || failures_ == 0) log::warn("Redis is away", {{"what", what}});
    if (phase_ != phase::ready) {
        retry_at_ = clock::now() + back_off_min * (1 << std::min(failures_, back_off_doublings_max));
        ++failures_;
    }
    disconnect();
    auto unanswered = std::exchange(sent_, {});
    unanswered.insert(unanswered.end(), waiting_.begin(), waiting_.end());
    waiting_.clear();
    for (const command_ptr& c : unanswered) finish(c, away());
}

void link::disconnect() {
    phase_ = phase::idle;
    connect_timer_.reset();
    untried_.clear();
    drop_handle();
}

void link::drop_handle() {
    connection_.reset();
    watch_.reset();
    reading_ = false;
    writing_ = false;
    redisAsyncContext* const ending = std::exchange(handle_, nullptr);
    if (ending == nullptr) return;
    // What hiredis has to say from here on is of no interest. It frees later when it is in the middle of something.
    ending->ev = {};
    redisAsyncFree(ending);
}

void link::close(const error& why) {
    auto unanswered = std::exchange(sent_, {});
    unanswered.insert(unanswered.end(), waiting_.begin(), waiting_.end());
    waiting_.clear();
    disconnect();
    for (const command_ptr& c : unanswered) finish(c, why);
}

}  // namespace tenon::redis
