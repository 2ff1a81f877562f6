// Attempts, counted for the caller of a handler.
#include "limits/attempts.hpp"

#include <tenon/app/services.hpp>

#include "limits/limiter_parts.hpp"

namespace tenon::limits {

task<result<void>> admit_account(http::open_call& call, std::string account) {
    rates_seen unseen;
    rates_seen& seen = call.rates() != nullptr ? *call.rates() : unseen;
    request_limits& counted = call.services().limits().internals().requests;
    account_attempt attempt(std::move(account), call.request().remote_ip);
    const auto now = std::chrono::steady_clock::now();
    co_return co_await counted.admit_account(std::move(attempt), now, call.request().deadline, seen);
}

task<void> attempt_succeeded(http::open_call& call, std::string account) {
    request_limits& counted = call.services().limits().internals().requests;
    account_attempt attempt(std::move(account), call.request().remote_ip);
    co_await counted.succeeded(std::move(attempt), call.request().deadline);
}

}  // namespace tenon::limits
