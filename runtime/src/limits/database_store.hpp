// Limits in the service's database: SQLite, or PostgreSQL shared by all replicas.
#pragma once

#include <atomic>
#include <memory>

#include <tenon/limits/store.hpp>

#include "db/backend.hpp"
#include "limits/redis_store.hpp"

namespace tenon::limits {

struct database_texts;

/// In the tables limit_counters, limit_leases, limit_locks and cache_entries, each row under its tenant's row-level
/// security; limits of the whole service are kept under the nil tenant. Every operation is one statement, but for
/// leases, which take a short transaction. The database's clock is read once a statement: one that had to wait for
/// another sees an earlier moment than the last one, which makes it stricter, never laxer.
class database_store final : public store, public fence_source {
  public:
    /// `database` must outlive the store.
    explicit database_store(db::backend& database);
    ~database_store() override;

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
    task<result<std::int64_t>> next_fence(key k, time_point deadline) override;

  private:
    task<result<void>> forget_some(key k, time_point deadline);

    db::backend& database_;
    std::unique_ptr<const database_texts> texts_;
    std::atomic<std::uint64_t> writes_{0};
};

}  // namespace tenon::limits
