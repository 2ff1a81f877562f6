// One connection to Redis: connects when needed, sends commands without waiting for one another, answers in order.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include <hiredis/async.h>

#include "loop/asio_event_loop.hpp"
#include "loop/socket_watch.hpp"
#include "redis/command.hpp"
#include "redis/redis_url.hpp"

namespace tenon::redis {

/// Lives on its loop's thread. A command that waits while no connection can be made is refused, and so are new ones
/// until the next attempt is due. What was sent when the connection broke fails: whether it was done is not known.
class link final : public loop_resident {
  public:
    link(asio_event_loop& loop, std::shared_ptr<const address> where);
    ~link() override;
    link(const link&) = delete;
    link& operator=(const link&) = delete;

    void submit(command_ptr c);
    /// Closes the connection; everything unanswered is answered `why`.
    void close(const error& why);
    void loop_ended() override { disconnect(); }

  private:
    enum class phase { idle, connecting, greeting, ready };

    void connect();
    void connect_to_next();
    void begin(redisAsyncContext* made);
    void greet();
    void greeted(const result<reply>& outcome, bool last);
    void gone(std::string_view what);
    void disconnect();
    void drop_handle();
    bool send(const command_ptr& c);
    void send_waiting();
    void watch_deadline(clock::time_point deadline);
    void on_deadline();

    void want_read();
    void want_write();
    void write();

    static link& of(void* data) { return *static_cast<link*>(data); }
    static void on_connected(const redisAsyncContext* context, int status);
    static void on_reply(redisAsyncContext* context, void* answer, void* ignored);

    asio_event_loop& loop_;
    std::shared_ptr<const address> where_;
    phase phase_ = phase::idle;
    redisAsyncContext* handle_ = nullptr;
    std::unique_ptr<socket_watch> watch_;
    bool reading_ = false;
    bool writing_ = false;       ///< A write is to come.
    bool inside_write_ = false;  ///< hiredis is writing: what it asks for now waits for the socket.
    std::deque<command_ptr> waiting_;
    std::deque<command_ptr> sent_;
    clock::time_point watched_until_ = clock::time_point::max();
    std::shared_ptr<void> deadline_timer_;
    std::shared_ptr<void> connect_timer_;
    clock::time_point retry_at_ = clock::time_point::min();
    int failures_ = 0;
    std::size_t attempts_ = 0;
    std::deque<std::string> untried_;  ///< What the name stands for, in this attempt.
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
    std::shared_ptr<bool> connection_;  ///< Another one for each connection, so that what is late finds it gone.
};

}  // namespace tenon::redis
