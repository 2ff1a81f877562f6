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
    rate per_address{6'000, std::chrono::minutes(1)};         ///< RATE_LIMIT_IP
    rate per_user{3'000, std::chrono::minutes(1)};            ///< RATE_LIMIT_USER
    rate per_tenant{30'000, std::chrono::minutes(1)};         ///< RATE_LIMIT_TENANT
    rate attempts_per_address{60, std::chrono::minutes(1)};   ///< RATE_LIMIT_AUTH_IP: sign-up, login, refresh, password
    rate attempts_per_account{20, std::chrono::minutes(15)};  ///< RATE_LIMIT_AUTH_ACCOUNT: sign-up, login, password
    rate metrics_per_address{60, std::chrono::minutes(1)};    ///< RATE_LIMIT_METRICS: /metrics without METRICS_TOKEN.
};

}  // namespace tenon::limits
