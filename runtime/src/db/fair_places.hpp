// Places that are held for as long as their holder likes, and who gets the next one.
#pragma once

#include <cstddef>
#include <iterator>
#include <list>
#include <map>
#include <optional>
#include <utility>

#include <tenon/core/uuid.hpp>

namespace tenon::db {

/// Nobody's holders, and nobody's waiting items, keep others out: a caller gets a place only while they hold fewer than
/// are idle, and a group of callers gets the last idle one only while it holds none. Of the turns a caller gets one
/// only while those of the caller and of their group together are fewer than are left. Those who wait have them: groups
/// one after the other, and in each its callers. Each call takes O(log n) of what waits. Not thread-safe.
template <class Item>
class fair_places {
  public:
    struct who {
        uuid group;  ///< A tenant.
        uuid caller;
    };
    /// Where an item waits; of no use once it has left.
    using ticket = typename std::list<Item>::iterator;

    fair_places(std::size_t places, std::size_t waiting_max) : idle_(places), room_(waiting_max) {}

    /// Takes a place when `whose` may have one now. Whoever waits at that moment may not.
    bool take(const who& whose) {
        if (!group_may_take(whose.group) || !caller_may_take(whose.caller)) return false;
        note_taken(whose);
        return true;
    }
    /// No place but a turn. A group never has more of them than are left for others, and each of its callers no more
    /// than are then left of those.
    std::optional<ticket> wait(const who& whose, Item item) {
        counts& of = callers_[whose.caller];
        group& mine = groups_[whose.group];
        if (of.waiting + mine.waiting >= room_) {
            forget_if_gone(whose);
            return std::nullopt;
        }
        --room_;
        ++of.waiting;
        if (mine.waiting++ == 0) mine.turn = turns_.insert(turns_.end(), whose.group);
        const auto [queue, is_new] = mine.queues.try_emplace(whose.caller);
        if (is_new) queue->second.turn = mine.turns.insert(mine.turns.end(), whose.caller);
        return queue->second.items.insert(queue->second.items.end(), std::move(item));
    }
    void gave_up(const who& whose, ticket where) {
        leave(whose, where);
        forget_if_gone(whose);
    }
    void give_back(const who& whose) {
        ++idle_;
        --groups_[whose.group].held;
        --callers_[whose.caller].held;
        forget_if_gone(whose);
    }
    /// The next of those who wait, and a place for it; none when nobody who waits may have one.
    std::optional<Item> next() {
        // Passed over are only such as hold places, and of those there are no more than places.
        for (auto of = turns_.begin(); idle_ > 0 && of != turns_.end(); ++of) {
            if (!group_may_take(*of)) continue;
            group& from = groups_[*of];
            for (auto caller = from.turns.begin(); caller != from.turns.end(); ++caller) {
                if (!caller_may_take(*caller)) continue;
                return take_first(who{*of, *caller});
            }
        }
        return std::nullopt;
    }
    /// Lets nobody wait any more.
    std::list<Item> take_waiting() {
        std::list<Item> out;
        for (auto& [id, of] : groups_) {
            for (auto& [caller, queue] : of.queues) {
                room_ += queue.items.size();
                callers_[caller].waiting -= queue.items.size();
                out.splice(out.end(), queue.items);
            }
            of.waiting = 0;
            of.queues.clear();
            of.turns.clear();
        }
        turns_.clear();
        return out;
    }
    template <class Visit>
    void each_waiting(Visit visit) const {
        for (const auto& [id, of] : groups_)
            for (const auto& [caller, queue] : of.queues)
                for (const Item& item : queue.items) visit(item);
    }

  private:
    struct counts {
        std::size_t held = 0;
        std::size_t waiting = 0;
    };
    struct queue {
        std::list<Item> items;
        std::list<uuid>::iterator turn;
    };
    struct group {
        std::size_t held = 0;
        std::size_t waiting = 0;
        std::map<uuid, queue> queues;  ///< By caller; none is empty.
        std::list<uuid> turns;         ///< Of those.
        std::list<uuid>::iterator turn;
    };

    bool caller_may_take(const uuid& caller) const {
        const auto found = callers_.find(caller);
        return (found == callers_.end() ? 0 : found->second.held) < idle_;
    }
    bool group_may_take(const uuid& id) const {
        const auto found = groups_.find(id);
        return idle_ > 1 || found == groups_.end() || found->second.held == 0;
    }
    void note_taken(const who& whose) {
        --idle_;
        ++groups_[whose.group].held;
        ++callers_[whose.caller].held;
    }
    /// Their turn is over: group and caller stand last again, if they have more that waits.
    Item take_first(const who whose) {
        group& from = groups_[whose.group];
        queue& of = from.queues[whose.caller];
        from.turns.splice(from.turns.end(), from.turns, of.turn);
        turns_.splice(turns_.end(), turns_, from.turn);
        Item out = of.items.front();
        note_taken(whose);
        leave(whose, of.items.begin());
        return out;
    }
    void leave(const who& whose, ticket where) {
        ++room_;
        --callers_[whose.caller].waiting;
        group& from = groups_[whose.group];
        const auto of = from.queues.find(whose.caller);
        of->second.items.erase(where);
        if (of->second.items.empty()) {
            from.turns.erase(of->second.turn);
            from.queues.erase(of);
        }
        if (--from.waiting == 0) turns_.erase(from.turn);
    }
    void forget_if_gone(const who& whose) {
        const auto caller = callers_.find(whose.caller);
        if (caller->second.held + caller->second.waiting == 0) callers_.erase(caller);
        const auto group = groups_.find(whose.group);
        if (group->second.held + group->second.waiting == 0) groups_.erase(group);
    }

    std::size_t idle_;
    std::size_t room_;  ///< For those who wait.
    std::map<uuid, counts> callers_;
    std::map<uuid, group> groups_;
    std::list<uuid> turns_;  ///< Of groups of which somebody waits.
};

}  // namespace tenon::db
