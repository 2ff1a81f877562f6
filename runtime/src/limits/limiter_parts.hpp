// What the limits of a service consist of.
#pragma once

#include <memory>

#include <tenon/app/product.hpp>
#include <tenon/limits/limiter.hpp>

#include "limits/database_store.hpp"
#include "limits/known_networks.hpp"
#include "limits/memory_store.hpp"
#include "limits/redis_store.hpp"
#include "limits/request_limits.hpp"

namespace tenon::limits {

struct limiter::parts {
    observe::metrics& metrics;
    redis::client* redis;  ///< Null without REDIS_URL, as `in_redis`.
    database_store in_database;
    memory_store in_memory;
    std::unique_ptr<redis_store> in_redis;
    store& exact;
    store& cache;
    known_networks known;
    request_limits requests;

    parts(const app::configuration& settings, const app::product& product, db::backend& database, redis::client* client,
          observe::metrics& m);
};

/// `database`, `redis` (which may be null) and `metrics` outlive it.
std::unique_ptr<limiter::parts> make_parts(const app::configuration& settings, const app::product& product,
                                           db::backend& database, redis::client* redis, observe::metrics& metrics);

}  // namespace tenon::limits
