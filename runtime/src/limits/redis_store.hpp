// Limits in Redis.
#pragma once

#include <memory>

#include <tenon/limits/store.hpp>

#include "redis/client.hpp"

namespace tenon::limits {

/// Where locks get their fences when Redis itself may lose its memory.
class fence_source {
  public:
    virtual ~fence_source() = default;
    /// Strictly greater than all before, for this key, whatever happens to Redis.
    virtual task<result<std::int64_t>> next_fence(key k, store::time_point deadline) = 0;
};

class redis_store final : public store {
  public:
    /// `prefix` keeps products apart that share a Redis. `client` and `fences` (which may be null) outlive the store.
    redis_store(redis::client& client, std::string prefix, fence_source* fences);
    ~redis_store() override;

    task<result<bucket_answer>> take(key k, bucket_rule rule, std::int64_t n, time_point deadline) override;
    task<result<std::vector<bucket_answer>>> take_in_turn(std::vector<bucket_take> all, time_point deadline) override;
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
    struct scripts_known;
    std::string redis_key(std::string_view kind, const key& k) const;
    task<result<redis::reply>> run(const redis::script& what, std::vector<std::string> keys,
                                   std::vector<std::string> arguments, time_point deadline);

    redis::client& client_;
    std::string prefix_;
    fence_source* fences_;
    std::unique_ptr<const scripts_known> scripts_;
};

}  // namespace tenon::limits
