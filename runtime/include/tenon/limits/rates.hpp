// How many requests a service takes.
#pragma once

#include <chrono>
#include <cstdint>

namespace tenon::limits {

/// At most `count` at once, and as many again in each `period`, evenly; 0: no limit.
struct rate {
    std::int64_t count = 0;
    std::chrono::milliseconds period{60'000};
};

/// How many requests are taken. An IPv6 address counts as its network of 64 bits.
struct rate_settings {
    rate per_address;           ///< RATE_LIMIT_IP
    rate per_user;              ///< RATE_LIMIT_USER
    rate per_tenant;            ///< RATE_LIMIT_TENANT
    rate attempts_per_address;  ///< RATE_LIMIT_AUTH_IP
    rate attempts_per_account;  ///< RATE_LIMIT_AUTH_ACCOUNT
    rate metrics_per_address;   ///< RATE_LIMIT_METRICS
};

}  // namespace tenon::limits
