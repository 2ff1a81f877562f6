// Attempts, counted for whoever makes them.
#include "accounts/attempts.hpp"

#include "limits/request_limits.hpp"
#include "operation/inner.hpp"

namespace tenon::accounts {

task<result<void>> admit_account(operation::visitor_context who, std::string account) {
    limits::rates_seen unseen;
    limits::rates_seen* const told = operation::inner::rates(who);
    limits::rates_seen& seen = told != nullptr ? *told : unseen;
    limits::account_attempt attempt(std::move(account), std::string(who.address()));
    const auto now = std::chrono::steady_clock::now();
    auto& counted = operation::part<limits::request_limits>(who);
    co_return co_await counted.admit_account(std::move(attempt), now, who.deadline(), seen);
}

task<void> attempt_succeeded(operation::visitor_context who, std::string account, user_id user) {
    auto& counted = operation::part<limits::request_limits>(who);
    limits::account_attempt by_address(std::move(account), std::string(who.address()));
    co_await counted.succeeded(std::move(by_address), who.deadline());
    limits::account_attempt by_user(user.to_string(), std::string(who.address()));
    co_await counted.succeeded(std::move(by_user), who.deadline());
}

}  // namespace tenon::accounts
