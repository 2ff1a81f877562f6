// The order of a queue in which nobody waits for all that another one has asked for.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <utility>

#include <tenon/core/uuid.hpp>

namespace tenon::db {

/// A short queue is first come, first served. In a long one everybody has one turn in each round. Items are pointers to
/// what has a `caller` and a `round`, which belongs to this class. Not thread-safe.
class fair_order {
  public:
    template <class Item>
    void insert(std::deque<Item>& waiting, Item item) {
        if (waiting.size() < short_queue) {
            rounds_.clear();
            item->round = waiting.empty() ? 0 : waiting.back()->round;
            waiting.push_back(std::move(item));
            return;
        }
        const std::uint64_t now = waiting.front()->round;
        if (rounds_.size() > 2 * waiting.size()) {
            std::erase_if(rounds_, [now](const auto& of) { return of.second < now; });
        }
        const auto [mine, is_first] = rounds_.try_emplace(item->caller, now);
        if (!is_first) mine->second = std::max(now, mine->second + 1);
        item->round = mine->second;
        const auto behind = std::upper_bound(waiting.begin(), waiting.end(), item->round,
                                             [](std::uint64_t round, const Item& each) { return round < each->round; });
        waiting.insert(behind, std::move(item));
    }

  private:
    static constexpr std::size_t short_queue = 64;
    std::map<uuid, std::uint64_t> rounds_;  ///< The last of each caller.
};

}  // namespace tenon::db
