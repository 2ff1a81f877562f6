// Redis for coroutines: one pipelined connection per event loop, commands and scripts.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>

#include "redis/command.hpp"
#include "redis/redis_url.hpp"

namespace tenon {
class asio_event_loop;
}

namespace tenon::redis {

class link;

/// A Lua script and the digest that Redis knows it by.
class script {
  public:
    explicit script(std::string text);
    const std::string& text() const { return text_; }
    const std::string& digest() const { return digest_; }

  private:
    std::string text_;
    std::string digest_;  ///< SHA-1, in hexadecimal digits
};

/// Thread-safe; commands are for coroutines that run on an event loop. Commands of one loop reach Redis in the order in
/// which they were given, without waiting for one another. Connects when first used, and again after a loss: at the
/// next command, with a pause of 50 ms to 1.6 s after a failure, in which commands are refused at once.
///
/// Errors: errc::unavailable (away, loading, full; when the connection broke, the command may have been done),
/// errc::deadline_exceeded (may have been done), errc::internal (Redis does not understand it).
class client {
  public:
    explicit client(address where);
    ~client();
    client(const client&) = delete;
    client& operator=(const client&) = delete;

    /// `words`: the command and its arguments, any bytes.
    task<result<reply>> run(std::vector<std::string> words, clock::time_point deadline);
    /// By its digest; with its text where Redis does not have it.
    task<result<reply>> run(const script& what, std::vector<std::string> keys, std::vector<std::string> arguments,
                            clock::time_point deadline);
    /// Refuses new commands, and ends when none is under way.
    task<void> drain();

  private:
    link& link_of(asio_event_loop& loop);

    const std::shared_ptr<const address> where_;
    std::atomic<bool> draining_{false};
    std::atomic<std::size_t> under_way_{0};
    std::mutex mutex_;
    std::vector<std::pair<asio_event_loop*, std::weak_ptr<link>>> links_;
};

}  // namespace tenon::redis
