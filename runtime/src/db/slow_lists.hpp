// Lists of one caller that take long, kept from taking everything.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <optional>

#include <tenon/core/error.hpp>
#include <tenon/core/uuid.hpp>

namespace tenon::db {

/// A list that has run for so long is slow.
inline constexpr auto slow_list_min = std::chrono::milliseconds(100);

/// More of one caller are not worth waiting for.
inline constexpr std::size_t lists_waiting_max = 256;

/// How many lists of each caller wait and run. The last idle place never goes to a caller who has one. Nobody's, those
/// of the nil UUID, are not counted. Not thread-safe.
class list_shares {
  public:
    /// A caller's next list may wait.
    bool may_wait(const uuid& caller) const {
        const auto found = counts_.find(caller);
        return found == counts_.end() || found->second.waiting < lists_waiting_max;
    }
    /// `idle` are the places that nobody has, this one among them.
    bool may_run(const uuid& caller, std::size_t idle) const {
        const auto found = counts_.find(caller);
        return idle > 1 || found == counts_.end() || found->second.running == 0;
    }
    void waits(const uuid& caller) {
        if (caller != uuid()) ++counts_[caller].waiting;
    }
    void gave_up(const uuid& caller) {
        change(caller, [](counts& of) { --of.waiting; });
    }
    void runs(const uuid& caller) {
        if (caller == uuid()) return;
        counts& of = counts_[caller];
        --of.waiting;
        ++of.running;
    }
    void ended(const uuid& caller) {
        change(caller, [](counts& of) { --of.running; });
    }

  private:
    struct counts {
        std::size_t waiting = 0;
        std::size_t running = 0;
    };
    template <class Change>
    void change(const uuid& caller, Change apply) {
        const auto found = counts_.find(caller);
        if (found == counts_.end()) return;
        apply(found->second);
        if (found->second.waiting + found->second.running == 0) counts_.erase(found);
    }
    std::map<uuid, counts> counts_;
};

/// A list's own time is up, before that of its request.
inline error list_too_slow(bool is_search) {
    error out(errc::invalid, "This list takes too long. Ask for less: filter it, or search for something rarer.",
              "list_too_slow");
    if (is_search) out.fields.push_back(field_error{"?q", "takes too long to look for"});
    return out;
}

}  // namespace tenon::db
