// From where the owners of accounts have logged in: what tells them from strangers who guess.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tenon/limits/store.hpp>

namespace tenon::limits {

/// Kept for 30 to 60 days after the last login, in the place that replicas share, under a MAC of account and network:
/// a stolen database tells nobody's addresses. Thread-safe.
class known_networks {
  public:
    using time_point = store::time_point;

    /// `kept_in` outlives it. What was kept under `previous`, which may be empty, is still known.
    known_networks(store& kept_in, std::string_view secret, std::string_view previous = {});

    /// Today's name, then that under the previous secret.
    std::vector<std::string> names_of(std::string_view account, std::string_view network) const;
    /// Of any of the names. False also when the place does not answer.
    task<bool> has(std::vector<std::string> names, time_point deadline) const;
    task<result<void>> keep(std::string name, time_point deadline) const;

  private:
    store& kept_in_;
    std::vector<std::string> keys_;
};

}  // namespace tenon::limits
