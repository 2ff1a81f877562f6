// What has been in the bin for as long as the spec keeps it goes for good.
#pragma once

#include <cstdint>
#include <stop_token>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/time.hpp>
#include <tenon/db/backend.hpp>
#include <tenon/records/graph.hpp>

namespace tenon::records {

/// Of one kind and tenant in one run; the next run goes on.
inline constexpr std::int64_t purged_at_most = 1000;

struct purged {
    std::int64_t gone = 0;
    std::int64_t blocked = 0;  ///< Kept, because a live record refers to them by `restrict`.
};

/// As of `now`, tenant by tenant, each record in a transaction of its own. Ends early when it is to stop. Errors of the
/// database end it; what is gone by then is gone.
task<result<purged>> purge_expired(db::backend& database, const graph& all, instant now, std::stop_token stop);

}  // namespace tenon::records
