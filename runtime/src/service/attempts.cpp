// Attempts, counted for the caller of a handler.
#include "service/attempts.hpp"

#include "limits/request_limits.hpp"
#include "service/call_access.hpp"
#include "service/registry.hpp"

namespace tenon::service {

task<result<void>> admit_account(open_call& call, std::string account) {
    limits::rates_seen unseen;
    limits::rates_seen& seen = call_access::rates(call) != nullptr ? *call_access::rates(call) : unseen;
    limits::account_attempt attempt(std::move(account), call.request().remote_ip);
    const auto now = std::chrono::steady_clock::now();
    auto& counted = part<limits::request_limits>(call);
    co_return co_await counted.admit_account(std::move(attempt), now, call.request().deadline, seen);
}

task<void> attempt_succeeded(open_call& call, std::string account) {
    limits::account_attempt attempt(std::move(account), call.request().remote_ip);
    auto& counted = part<limits::request_limits>(call);
    co_await counted.succeeded(std::move(attempt), call.request().deadline);
}

}  // namespace tenon::service
