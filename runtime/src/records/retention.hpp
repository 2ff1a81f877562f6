// What has been in the bin for as long as the spec keeps it is deleted for good.
#pragma once

#include <cstdint>
#include <map>
#include <stop_token>
#include <utility>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/db/backend.hpp>
#include <tenon/records/graph.hpp>

namespace tenon::records {

/// Records of one kind and tenant in one run, whether they can be purged or not.
inline constexpr std::int64_t looked_at_most = 1000;

struct purged {
    std::int64_t gone = 0;
    std::int64_t blocked = 0;  ///< Kept, because a live record refers to them by `restrict`.
    std::int64_t failed = 0;   ///< Kept, because something else went wrong: it is in the log.
};

/// A record that has been looked at: those behind it have been in the bin for less long.
struct place_in_bin {
    instant since;
    uuid id;
};

/// Where a run has left off, by tenant and kind: the next one goes on there.
using places_in_bin = std::map<std::pair<uuid, kind_number>, place_in_bin>;

/// As of `now`, tenant by tenant, each record in a transaction of its own, of which each takes a few seconds at most.
/// Ends early when it is to stop. A record that fails stays, and those behind it are purged; only a database that is
/// away (errc::unavailable) or does not name its tenants ends it. What is gone by then is gone.
task<result<purged>> purge_expired(db::backend& database, const graph& all, instant now, places_in_bin& places,
                                   std::stop_token stop);

}  // namespace tenon::records
