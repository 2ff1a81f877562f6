// What the service does for itself in one tenant after another: row-level security shows no tenant's rows to others.
#pragma once

#include <chrono>
#include <cstddef>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/uuid.hpp>

#include "db/backend.hpp"

namespace tenon::db {

inline constexpr std::size_t tenants_at_once = 100;

/// The next tenants behind `last` by their ids, one column; less than `tenants_at_once` are the last ones.
task<result<rows>> tenants_after(backend& database, uuid last, std::chrono::steady_clock::time_point deadline);

/// Whether there is no sense in going on with the next tenant. Not what only gave way to others, such as the loser of a
/// deadlock: that says when it may be done.
bool is_away(const error& why);

}  // namespace tenon::db
