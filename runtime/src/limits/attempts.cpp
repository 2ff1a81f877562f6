// Attempts, counted for the caller of a handler.
#include "limits/attempts.hpp"

#include <tenon/app/services.hpp>

#include "limits/limiter_parts.hpp"

namespace tenon::limits {

task<result<void>> admit_attempt(http::open_call& call, std::string account) {
    rates_seen unseen;
    rates_seen& seen = call.rates() != nullptr ? *call.rates() : unseen;
    request_limits& counted = call.services().limits().internals().requests;
    std::string address = call.request().remote_ip;
    co_return co_await counted.admit_attempt(std::move(address), std::move(account), call.request().deadline, seen);
}

}  // namespace tenon::limits
