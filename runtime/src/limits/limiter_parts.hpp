// What the limits of a service consist of.
#pragma once

#include <memory>

#include <tenon/core/secret.hpp>
#include <tenon/limits/limiter.hpp>

#include "limits/database_store.hpp"
#include "limits/known_networks.hpp"
#include "limits/memory_store.hpp"
#include "limits/redis_store.hpp"
#include "limits/request_limits.hpp"

namespace tenon::limits {

/// What a service says about its limits.
struct settings {
    std::string service;           ///< Its name, which keeps services apart that share a Redis.
    secret token_secret;           ///< Names what must not be guessed.
    secret previous_token_secret;  ///< Names what was kept before it was rotated; may be empty.
    rate_settings rates;
};

struct limiter::parts {
    observe::metrics& metrics;
    database_store in_database;
    memory_store in_memory;
    std::unique_ptr<redis_store> in_redis;  ///< Null without REDIS_URL.
    store& exact;
    store& cache;
    known_networks known;
    request_limits requests;

    parts(const settings& wanted, db::backend& database, redis::client* client, observe::metrics& m);
};

/// `database`, `redis` (which may be null) and `metrics` outlive it.
std::unique_ptr<limiter::parts> make_parts(const settings& wanted, db::backend& database, redis::client* redis,
                                           observe::metrics& metrics);

}  // namespace tenon::limits
