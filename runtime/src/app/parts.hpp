// What one running product consists of, in the order in which it is made.
#pragma once

#include <atomic>
#include <memory>

#include <tenon/app/configuration.hpp>
#include <tenon/app/product.hpp>
#include <tenon/core/byte_budget.hpp>
#include <tenon/limits/limiter.hpp>
#include <tenon/observe/metrics.hpp>
#include <tenon/operation/product_parts.hpp>
#include <tenon/paging/list_request.hpp>
#include <tenon/service/services.hpp>

#include "accounts/authority.hpp"
#include "app/isolation_check.hpp"
#include "claims/store.hpp"
#include "db/backend.hpp"
#include "idempotency/keeper.hpp"
#include "operation/registry.hpp"
#include "operation/surroundings.hpp"
#include "redis/client.hpp"
#include "tenants/directory.hpp"

namespace tenon::app {

/// Members refer to those above them, and are destroyed in reverse order.
struct parts {
    const app::product& product;
    app::configuration configuration;
    byte_budget memory;  ///< MEMORY_BUDGET_BYTES: what clients may make the whole process hold.
    observe::metrics metrics;
    const paging::cursor_codec cursors;
    std::unique_ptr<db::backend> database;
    std::unique_ptr<redis::client> redis;  ///< Null without REDIS_URL.
    limits::limiter limits;
    claims::store claims;
    operation::registry registry;         ///< Those of them that operations and handlers reach.
    operation::product_parts of_product;  ///< See make_product_parts.
    operation::surroundings operations;
    accounts::authority authority;
    tenants::directory directory;
    isolation_check isolation;
    idempotency::keeper idempotency;
    std::atomic<bool> draining{false};  ///< The service is about to stop: it finishes what it has begun.
    service::services services;

    parts(const app::product& p, app::configuration c, std::unique_ptr<db::backend> opened);
    parts(const parts&) = delete;
    parts& operator=(const parts&) = delete;

    /// Before the first request, once; errc::unavailable with what the product's own code threw, or when the
    /// configuration was not read for this product.
    result<void> make_product_parts();
};

}  // namespace tenon::app
