// What the operations of one running service stand on. The roof makes it; products can name it, but have none.
#pragma once

#include <tenon/access/policy.hpp>
#include <tenon/limits/limiter.hpp>
#include <tenon/observe/metrics.hpp>
#include <tenon/operation/product_parts.hpp>
#include <tenon/paging/list_request.hpp>

#include "claims/store.hpp"
#include "db/backend.hpp"
#include "operation/registry.hpp"

namespace tenon::operation {

/// Everything in it is thread-safe and outlives every context.
struct surroundings {
    db::backend& database;
    const access::policy& policy;
    const paging::cursor_codec& cursors;
    limits::limiter& limits;
    observe::metrics& metrics;
    const claims::store& keys;
    const registry& parts;            ///< What the built-in operations stand on beside these.
    const product_parts& of_product;  ///< What the product's own operations stand on.

    surroundings(db::backend& d, const access::policy& p, const paging::cursor_codec& c, limits::limiter& l,
                 observe::metrics& m, const claims::store& k, const registry& all, const product_parts& o)
        : database(d), policy(p), cursors(c), limits(l), metrics(m), keys(k), parts(all), of_product(o) {}
};

}  // namespace tenon::operation
