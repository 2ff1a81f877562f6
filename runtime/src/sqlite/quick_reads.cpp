// Which reads are tried at once, and when they are given up.
#include "sqlite/quick_reads.hpp"

#include <algorithm>
#include <functional>

#include "sqlite/no_wait.hpp"

namespace tenon::db {
namespace {

/// Beyond that a page is copied by a thread, which begins anew.
constexpr std::size_t page_bytes_max = 64 * 1024;
constexpr int pause_after_slow = 256;
constexpr std::size_t pauses_max = 256;
/// One in so many goes to a thread whatever it is: a handler that asks a lot lets the others of its loop go on.
constexpr unsigned in_a_row_max = 128;

thread_local unsigned in_a_row = 0;

}  // namespace

std::optional<rows> quick_reads::run(const statement& s, const list_budget& lists) {
    if (!no_wait::available() || !s.tenant || s.is_search || ++in_a_row % in_a_row_max == 0) return std::nullopt;
    auto connection = take(s.text);
    if (!connection) return std::nullopt;
    const list_budget budget{std::min(lists.bytes, page_bytes_max), lists.time};
    result<rows> out = [&] {
        const no_wait here;
        return connection->run(s, budget);
    }();
    const bool is_whole = out && !out->is_cut();
    const bool was_slow = !is_whole && (out || out.error().code == errc::deadline_exceeded);
    give_back(std::move(connection), s.text, was_slow);
    if (!is_whole) return std::nullopt;
    return std::move(*out);
}

std::unique_ptr<sqlite_connection> quick_reads::take(const std::string& text) {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return nullptr;
    if (!pauses_.empty()) {
        const auto paused = pauses_.find(std::hash<std::string>()(text));
        if (paused != pauses_.end()) {
            if (--paused->second == 0) pauses_.erase(paused);
            return nullptr;
        }
    }
    auto out = std::move(idle_.back());
    idle_.pop_back();
    return out;
}

void quick_reads::give_back(std::unique_ptr<sqlite_connection> connection, const std::string& text, bool was_slow) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(connection));
    if (!was_slow) return;
    if (pauses_.size() >= pauses_max) pauses_.clear();
    pauses_[std::hash<std::string>()(text)] = pause_after_slow;
}

}  // namespace tenon::db
