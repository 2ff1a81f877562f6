// What travels to PostgreSQL between two Syncs: one statement, and what has to come before it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <tenon/db/backend.hpp>

#include "db/postgres_errors.hpp"
#include "db/work_queue.hpp"

namespace tenon::db {

/// Answered exactly once, on the engine's thread. An answer must not call back into the link that gives it.
struct postgres_unit {
    enum class prologue {
        none,
        tenant,  ///< set_config('app.tenant', …, true), in the same implicit transaction.
        begin,   ///< BEGIN, with the tenant's setting and lock in the statement itself.
    };
    using parameters = std::vector<std::optional<std::string>>;

    postgres_unit(std::string t, parameters p, clock::time_point d)
        : text(std::move(t)), values(std::move(p)), deadline(d) {}

    void finish(result<rows> outcome) {
        answered = true;
        answer(std::move(outcome));
    }

    std::string text;
    parameters values;  ///< With `prologue::tenant`, the first is the tenant.
    clock::time_point deadline;
    prologue before = prologue::none;
    bool reads = false;                          ///< Changes nothing: may be asked again when its connection broke.
    std::optional<std::uint64_t> on_connection;  ///< Only on this one: what began there is gone with it.
    std::function<void(result<rows>)> answer;
    std::function<bool()> wanted;
    bool answered = false;    ///< Past its deadline while under way: what the server says is no longer of interest.
    violated_index violated;  ///< Of an answer of the kind "unique".
    int attempts = 0;

    // What this attempt sent: how many commands, and which of them prepare which text.
    std::size_t commands = 0;
    std::vector<std::pair<std::size_t, std::string>> preparing;
};
using postgres_unit_ptr = std::shared_ptr<postgres_unit>;

}  // namespace tenon::db
