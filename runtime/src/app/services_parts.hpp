// What the services of one running product consist of, in the order in which they are made.
#pragma once

#include <atomic>
#include <memory>

#include <tenon/app/configuration.hpp>
#include <tenon/app/product.hpp>
#include <tenon/app/services.hpp>
#include <tenon/auth/accounts.hpp>
#include <tenon/core/byte_budget.hpp>
#include <tenon/db/backend.hpp>
#include <tenon/limits/limiter.hpp>
#include <tenon/observe/metrics.hpp>
#include <tenon/paging/list_request.hpp>
#include <tenon/tenancy/directory.hpp>

#include "app/isolation_check.hpp"
#include "idempotency/keeper.hpp"
#include "redis/client.hpp"

namespace tenon::app {

/// Members refer to those above them, and are destroyed in reverse order.
struct services::parts {
    const app::product& product;
    app::configuration configuration;
    byte_budget memory;
    observe::metrics metrics;
    paging::cursor_codec cursors;
    std::unique_ptr<db::backend> database;
    std::unique_ptr<redis::client> redis;  ///< Null without REDIS_URL.
    limits::limiter limits;
    auth::accounts accounts;
    tenancy::directory directory;
    isolation_check isolation;
    idempotency::keeper idempotency;
    std::atomic<bool> draining{false};

    parts(const app::product& p, app::configuration c, std::unique_ptr<db::backend> opened);
};

}  // namespace tenon::app
