// What the operations of one running service stand on. The roof makes it; products can name it, but have none.
#pragma once

#include <tenon/access/policy.hpp>
#include <tenon/limits/limiter.hpp>
#include <tenon/observe/metrics.hpp>
#include <tenon/paging/list_request.hpp>

#include "claims/store.hpp"
#include "db/backend.hpp"

namespace tenon::operation {

/// Everything in it is thread-safe and outlives every context.
struct surroundings {
    db::backend& database;
    const access::policy& policy;
    const paging::cursor_codec& cursors;
    limits::limiter& limits;
    observe::metrics& metrics;
    const claims::store& keys;

    surroundings(db::backend& d, const access::policy& p, const paging::cursor_codec& c, limits::limiter& l,
                 observe::metrics& m, const claims::store& k)
        : database(d), policy(p), cursors(c), limits(l), metrics(m), keys(k) {}
};

}  // namespace tenon::operation
