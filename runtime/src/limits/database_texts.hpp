// The statements of the limits, in the database's dialect.
#pragma once

#include <string>
#include <string_view>

#include <tenon/limits/rules.hpp>

namespace tenon::limits {

struct limit_statement {
    std::string text;
    /// Of the database, unless its last parameter is the moment that a test has set.
    bool asks_time = false;
};

/// $1 is the tenant and $2 the name of the key in all of them; times are microseconds since 1970.
struct database_texts {
    explicit database_texts(std::string_view dialect);

    limit_statement take, take_refused;
    limit_statement use[4], use_refused[4];  ///< by window
    limit_statement refund;
    limit_statement lock_leases, end_leases, add_lease, renew, release;
    limit_statement lock, extend, unlock, next_fence;
    limit_statement get, put, invalidate;
    limit_statement forget_counters, forget_leases, forget_entries;
};

}  // namespace tenon::limits
