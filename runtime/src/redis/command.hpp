// One command on its way to Redis, and whoever waits for its answer.
#pragma once

#include <chrono>
#include <coroutine>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tenon/core/error.hpp>
#include <tenon/core/event_loop.hpp>

#include "redis/reply.hpp"

namespace tenon::redis {

using clock = std::chrono::steady_clock;

/// Shared by the connection and the coroutine that waits; both live on one loop. A coroutine that is destroyed while it
/// waits lets go of the command, whose answer is then dropped.
struct command {
    std::vector<std::string> words;
    clock::time_point deadline;
    event_loop* loop = nullptr;
    std::coroutine_handle<> waiting = {};
    std::optional<result<reply>> outcome;
    /// Instead of a coroutine: the connection's own commands.
    std::function<void(result<reply>)> then;

    command(std::vector<std::string> w, clock::time_point d) : words(std::move(w)), deadline(d) {}

    bool answered() const { return outcome.has_value(); }
};
using command_ptr = std::shared_ptr<command>;

/// The first answer counts. The coroutine goes on in a turn of its own: never inside the Redis library.
inline void finish(const command_ptr& c, result<reply> outcome) {
    if (c->answered()) return;
    c->outcome.emplace(std::move(outcome));
    if (c->then) return c->then(std::move(*c->outcome));
    c->loop->post([c] {
        if (c->waiting) c->waiting.resume();
    });
}

}  // namespace tenon::redis
