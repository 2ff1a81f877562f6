// Who has just been found to stand where: positive answers, kept for half a second, and questions under way.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "tenants/directory.hpp"

#include "loop/completion.hpp"

namespace tenon::tenants {

/// What an answer belongs to: what a token names.
struct standing_key {
    user_id user;
    uuid session;
    std::optional<tenant_id> tenant;

    standing_key(user_id u, uuid s, std::optional<tenant_id> t) : user(u), session(s), tenant(t) {}
    bool operator==(const standing_key&) const = default;
};

/// Answers are positive: the session lives, and who has a tenant is a member of it. They count from the moment when
/// their question was begun, so none is older than its lifetime, however long the database took. A question under way
/// is joined by those who ask the same. Whoever changes what a user may calls `forget`: questions begun before that
/// then find no place to put their answer. Bounded, thread-safe; users are spread over shards with a lock each.
class standing_cache {
  public:
    using clock = std::chrono::steady_clock;
    using waiting = std::shared_ptr<completion<operation::standing>>;

    static constexpr std::chrono::milliseconds lifetime{500};
    /// Those who arrive together have deadlines that differ by little.
    static constexpr std::chrono::milliseconds joiner_slack{100};
    static constexpr std::size_t shard_count = 16;
    static constexpr std::size_t shard_entries_max = 1024;

    /// A question under way. All members but the first two are guarded by the shard.
    struct flight {
        const clock::time_point begun;
        const clock::time_point deadline;
        std::vector<waiting> waiters;
        std::optional<result<operation::standing>> outcome;
        flight(clock::time_point b, clock::time_point d) : begun(b), deadline(d) {}
    };
    using flight_ptr = std::shared_ptr<flight>;

    /// What there is for who asks: an answer, or a question: to be put by the caller (`leads`), or to be joined.
    struct found {
        std::optional<operation::standing> answer;
        flight_ptr question;
        bool leads = false;
    };

    /// Joined is only a question that ends by the caller's `deadline`, or hardly later, and began less than a lifetime
    /// ago: its answer is then as good as a kept one.
    found ask(const standing_key& key, clock::time_point deadline, clock::time_point now);
    /// The caller will get the question's outcome; at once, if there is one.
    void join(const standing_key& key, const flight_ptr& question, const waiting& who);
    /// The question that the caller leads has been answered; `now` decides whether the answer may still be kept.
    void land(const standing_key& key, const flight_ptr& question, const result<operation::standing>& outcome,
              clock::time_point now);
    /// Nothing that was asked about this user until now is given to anybody who asks from now on.
    void forget(user_id user);
    /// How many answers and questions are kept. For tests.
    std::size_t size();

  private:
    struct entry {
        standing_key key;
        std::optional<operation::standing> answer;
        clock::time_point until;
        flight_ptr question;
        explicit entry(const standing_key& k) : key(k) {}
    };
    struct hash_of {
        std::size_t operator()(const user_id& id) const;
    };
    struct alignas(64) shard {
        std::mutex mutex;
        std::unordered_map<user_id, std::vector<entry>, hash_of> users;
        std::size_t entries = 0;
    };

    shard& shard_of(user_id user) { return shards_[hash_of()(user) % shard_count]; }
    static entry* find(shard& in, const standing_key& key);
    static void sweep(shard& in, clock::time_point now);
    template <class Unwanted>
    static void erase(shard& in, Unwanted unwanted);

    std::array<shard, shard_count> shards_;
};

}  // namespace tenon::tenants
