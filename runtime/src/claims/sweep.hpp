// Deleting the idempotency keys that have run out.
#pragma once

#include <cstdint>
#include <stop_token>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>

#include "claims/store.hpp"

namespace tenon::claims {

/// Those outside of tenants, and those of one tenant after another: row-level security shows no tenant's keys to
/// anybody else. In small statements, one at a time, until all are done, one fails or `stop` is asked for. Gives how
/// many went.
task<result<std::int64_t>> sweep(const store& all, std::stop_token stop);

}  // namespace tenon::claims
