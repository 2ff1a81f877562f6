// What has been in the bin for as long as the spec keeps it is deleted for good.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <stop_token>
#include <utility>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/db/value.hpp>
#include <tenon/records/graph.hpp>

#include "db/backend.hpp"

namespace tenon::records {

/// Records of one kind and tenant in one run that are purged, or whose purge fails. Those that are blocked do not
/// count: the same ones would be in front in each run of a new process.
inline constexpr std::int64_t purged_at_most = 1000;

struct purged {
    std::int64_t gone = 0;
    std::int64_t blocked = 0;  ///< Kept, because a live record refers to them by `restrict`.
    std::int64_t failed = 0;   ///< Kept, because something else went wrong: it is in the log.
};

/// A record that has been looked at, as the columns have it: those behind it have been in the bin for less long.
struct place_in_bin {
    db::value since = instant();
    db::value id = uuid();
};

/// Where a run has left off: the next one of this process goes on there. Another process begins in front.
struct places_in_bin {
    uuid tenant;                                                    ///< The last one that is through; nil when all are.
    std::map<std::pair<uuid, kind_number>, place_in_bin> left_off;  ///< By tenant and kind.
};

/// How long a run may take; by default, as long as it needs.
struct time_of_run {
    std::chrono::steady_clock::time_point end = std::chrono::steady_clock::time_point::max();
    std::stop_token stop;

    bool is_over() const { return stop.stop_requested() || std::chrono::steady_clock::now() >= end; }
};

/// As of `now`, tenant by tenant, each record in a transaction of its own, of which each takes a few seconds at most.
/// Ends early, at most these seconds late, when its time is over. A record that fails stays, and those behind it are
/// purged; only a database that is away (errc::unavailable without `retry_after`) or does not name its tenants ends it.
/// What is gone by then is gone.
task<result<purged>> purge_expired(db::backend& database, const graph& all, instant now, time_of_run time,
                                   places_in_bin& places);

}  // namespace tenon::records
