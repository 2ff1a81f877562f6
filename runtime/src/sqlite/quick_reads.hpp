// Reads that cost less than handing them to another thread.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "sqlite/connection.hpp"

namespace tenon::db {

/// Runs short statements on the thread that asks, an event loop's, which they must not hold up: one that needs the
/// disk, a lock that another process holds, many rows or more than a moment is given up, and is for the reading
/// threads. Thread-safe.
class quick_reads {
  public:
    explicit quick_reads(std::vector<std::unique_ptr<sqlite_connection>> connections) : idle_(std::move(connections)) {}

    /// Nothing: not for here.
    std::optional<rows> run(const statement& s, const list_budget& lists);

  private:
    std::unique_ptr<sqlite_connection> take(const std::string& text);
    void give_back(std::unique_ptr<sqlite_connection> connection, const std::string& text, bool was_slow);

    std::mutex mutex_;
    std::vector<std::unique_ptr<sqlite_connection>> idle_;
    std::unordered_map<std::size_t, int> pauses_;  ///< By the hash of a text that took long: how often it is not tried.
};

}  // namespace tenon::db
