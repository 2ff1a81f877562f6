// One command on its way to Redis, and whoever waits for its answer.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <tenon/core/error.hpp>

#include "loop/completion.hpp"
#include "redis/reply.hpp"

namespace tenon::redis {

using clock = std::chrono::steady_clock;

/// Shared by the connection and the coroutine that waits; both live on one loop. A coroutine that is destroyed while it
/// waits lets go of the command, whose answer is then dropped.
struct command final : completion<reply> {
    std::vector<std::string> words;
    clock::time_point deadline;
    /// Instead of a coroutine: the connection's own commands.
    std::function<void(result<reply>)> then;
    bool answered = false;

    command(std::vector<std::string> w, clock::time_point d) : words(std::move(w)), deadline(d) {}
};
using command_ptr = std::shared_ptr<command>;

/// The first answer counts. The coroutine goes on in a turn of its own: never inside the Redis library.
inline void finish(const command_ptr& c, result<reply> outcome) {
    if (std::exchange(c->answered, true)) return;
    c->then ? c->then(std::move(outcome)) : c->finish(std::move(outcome));
}

}  // namespace tenon::redis
