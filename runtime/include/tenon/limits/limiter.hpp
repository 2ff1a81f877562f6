// The limits of a service: where they are counted, and what happens when that place is away.
#pragma once

#include <memory>

#include <tenon/limits/store.hpp>

namespace tenon::limits {

/// Thread-safe. With REDIS_URL limits are counted in Redis, without it in the database.
class limiter {
  public:
    struct parts;  // runtime/src/limits/limiter_parts.hpp
    explicit limiter(std::unique_ptr<parts> p);
    ~limiter();
    limiter(const limiter&) = delete;
    limiter& operator=(const limiter&) = delete;

    /// For what costs money or must not happen twice: while the place is away, nothing is granted (errc::unavailable,
    /// 503 with Retry-After).
    store& exact() const;
    /// For what was computed and may be computed again. In the memory of the process where that is the only one
    /// (SQLite).
    store& cache() const;
    /// Against abuse: while the place is away, everything is allowed, counted (limit_store_failures_total) and logged
    /// at most once a second. `policy` names the limit in the metrics.
    task<bucket_answer> take_or_allow(std::string policy, key k, bucket_rule rule, std::int64_t n,
                                      store::time_point deadline) const;

    parts& internals() const { return *parts_; }

  private:
    std::unique_ptr<parts> parts_;
};

/// errc::too_many_requests, answered as 429 with Retry-After (whole seconds, at least 1).
error too_many_requests(std::string detail, microseconds retry_after);

}  // namespace tenon::limits
