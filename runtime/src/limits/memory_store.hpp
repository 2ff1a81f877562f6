// Limits in the memory of one process.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <unordered_map>

#include <tenon/limits/store.hpp>

namespace tenon::limits {

/// For caches of services that are one process, and for tests. Forgets at the end. Thread-safe, also outside of loops.
class memory_store final : public store {
  public:
    task<result<bucket_answer>> take(key k, bucket_rule rule, std::int64_t n, time_point deadline) override;
    task<result<quota_answer>> use(key k, window w, std::int64_t cap, std::int64_t n, time_point deadline) override;
    task<result<void>> refund(key k, instant since, std::int64_t n, time_point deadline) override;
    task<result<std::optional<uuid>>> acquire(key k, std::int64_t limit, milliseconds ttl,
                                              time_point deadline) override;
    task<result<bool>> renew(key k, uuid lease, milliseconds ttl, time_point deadline) override;
    task<result<void>> release(key k, uuid lease, time_point deadline) override;
    task<result<std::optional<held_lock>>> lock(key k, milliseconds ttl, time_point deadline) override;
    task<result<bool>> extend(key k, held_lock held, milliseconds ttl, time_point deadline) override;
    task<result<bool>> unlock(key k, held_lock held, time_point deadline) override;
    task<result<cached>> get(key k, time_point deadline) override;
    task<result<void>> put(key k, std::string value, milliseconds ttl, std::int64_t generation,
                           time_point deadline) override;
    task<result<void>> invalidate(key k, time_point deadline) override;

  private:
    struct entry {
        std::int64_t amount = 0;  ///< Of a bucket, a quota, a fence or a generation.
        instant since;
        instant expires;  ///< Of a lock or a cached value.
        instant forget;
        uuid owner;
        std::optional<std::string> value;
        std::map<uuid, instant> leases;
    };
    entry& at(std::string_view kind, const key& k, instant now);
    bool holds(const entry& e, const held_lock& held, instant now) const {
        return e.owner == held.owner && e.expires > now;
    }
    void forget_some(instant now);

    std::mutex mutex_;
    std::unordered_map<std::string, entry> entries_;
    std::size_t forget_above_ = 1024;
};

}  // namespace tenon::limits
