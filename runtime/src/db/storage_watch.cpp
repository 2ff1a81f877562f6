// Keeps count of failures, and tells of them.
#include "db/storage_watch.hpp"

#include <utility>

#include <tenon/observe/log.hpp>

namespace tenon::db {

void storage_watch::failed(std::string_view what, clock::time_point now) {
    std::int64_t failures = 0;
    {
        const std::lock_guard lock(mutex_);
        failing_ = true;
        ++failures_;
        if (now < log_at_) return;
        log_at_ = now + log_interval;
        failures = std::exchange(failures_, 0);
    }
    log::error("the database cannot store changes", {{"what", what}, {"failures", failures}});
}

void storage_watch::stored() {
    if (!is_failing()) return;
    {
        const std::lock_guard lock(mutex_);
        if (!failing_.exchange(false)) return;
    }
    log::warn("the database stores changes again");
}

bool storage_watch::may_probe(clock::time_point now) {
    const std::lock_guard lock(mutex_);
    if (now < probe_at_) return false;
    probe_at_ = now + probe_interval;
    return true;
}

}  // namespace tenon::db
