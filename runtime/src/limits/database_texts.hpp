// The statements of the limits, in the database's dialect.
#pragma once

#include <string>
#include <string_view>

#include <tenon/limits/rules.hpp>

namespace tenon::limits {

/// $1 is the tenant and $2 the name of the key in all of them; times are microseconds since 1970.
struct database_texts {
    explicit database_texts(std::string_view dialect);

    std::string take, take_refused;
    std::string use[4], use_refused[4];  ///< by window
    std::string refund;
    std::string lock_leases, end_leases, add_lease, renew, release;
    std::string lock, extend, unlock, next_fence;
    std::string get, put, invalidate;
    std::string forget_counters, forget_leases, forget_entries;
};

}  // namespace tenon::limits
