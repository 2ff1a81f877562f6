// How many requests an address, a user, a tenant and an account may send.
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <vector>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/limits/rates.hpp>
#include <tenon/limits/store.hpp>
#include <tenon/observe/metrics.hpp>

#include "limits/bucket_table.hpp"
#include "limits/known_networks.hpp"
#include "limits/rates_seen.hpp"

namespace tenon::limits {

/// What was counted here of one request, and is still to be counted where replicas share it; empty without such a
/// place.
class counted_here {
  public:
    void add(const rate_policy& policy, key k) {
        policies_.push_back(&policy);
        takes_.emplace_back(std::move(k), policy.rule, 1);
    }
    bool empty() const { return takes_.empty(); }

  private:
    friend class request_limits;
    std::vector<const rate_policy*> policies_;
    std::vector<bucket_take> takes_;  ///< As many.
};

/// Somebody tries to get in, or to change a password.
struct account_attempt {
    std::string account;  ///< An e-mail address or a user's id, of which only a hash is kept.
    std::string address;  ///< Of the client.

    account_attempt(std::string a, std::string from) : account(std::move(a)), address(std::move(from)) {}
};

/// Counts in this process first, which costs well below a microsecond, and then, when there is a shared store, there.
/// Limits against abuse: while the shared store is away, those of the process hold. Thread-safe.
class request_limits {
  public:
    using time_point = std::chrono::steady_clock::time_point;

    /// `shared` may be null. All of them outlive it.
    request_limits(const rate_settings& settings, observe::metrics& metrics, store* shared,
                   const known_networks& known);

    // errc::too_many_requests, or nothing. Counts here, and notes in `counted` what is to be counted there as well.
    result<void> admit_address(std::string_view address, time_point now, rates_seen& seen, counted_here& counted);
    result<void> admit_user(user_id user, time_point now, rates_seen& seen, counted_here& counted);
    result<void> admit_tenant(tenant_id tenant, time_point now, rates_seen& seen, counted_here& counted);

    /// Counts in the shared store, in one go, what was counted here: in the same order, up to the first that refuses.
    /// All pass while it does not answer.
    task<result<void>> admit_there(counted_here counted, time_point deadline, rates_seen& seen);

    /// A request for the metrics without their token: counted by address, and in this process alone, because each has
    /// metrics of its own.
    result<void> admit_watcher(std::string_view address, time_point now);

    /// Counts an attempt of an address, here and there, whatever the account.
    task<result<void>> admit_attempt(std::string address, time_point now, time_point deadline, rates_seen& seen);
    /// Counts an attempt at an account, here and there. Where strangers have used up what the account allows, a network
    /// from which its owner has logged in has as much for itself, and any other one a single try per period.
    task<result<void>> admit_account(account_attempt attempt, time_point now, time_point deadline, rates_seen& seen);
    /// The attempt has got in.
    task<void> succeeded(account_attempt attempt, time_point deadline);

    /// Called when a shared store did not answer: counts, and logs at most once a second.
    void store_failed(const rate_policy& policy, const error& why);

  private:
    rate_policy make_policy(std::string name, const rate& from, observe::metrics& metrics) const;
    std::uint64_t hash_of(const rate_policy& policy, std::string_view text) const;
    result<void> admit_here(bucket_table& table, const rate_policy& policy, std::string_view text, time_point now,
                            rates_seen& seen);
    /// Takes one here and, if that is granted, there.
    task<bucket_answer> take_attempt(const rate_policy& policy, std::string who, time_point now, time_point deadline);
    result<void> judge(const rate_policy& policy, const bucket_answer& answer, rates_seen& seen) const;

    store* shared_;
    observe::metrics& metrics_;
    std::string hash_key_;
    rate_policy address_;
    rate_policy user_;
    rate_policy tenant_;
    rate_policy watcher_;
    rate_policy attempt_address_;
    rate_policy attempt_account_;
    // Behind the last one, when it is used up:
    rate_policy attempt_known_;      ///< Of an account and a network that its owner has logged in from.
    rate_policy attempt_once_;       ///< Of an account and any other network.
    rate_policy attempt_once_each_;  ///< Of an account: how many of those there may be.
    const known_networks& known_;
    bucket_table requests_;
    bucket_table attempts_;  ///< Not to be pushed out by a flood of requests.
    std::atomic<std::int64_t> logged_at_{0};
};

}  // namespace tenon::limits
