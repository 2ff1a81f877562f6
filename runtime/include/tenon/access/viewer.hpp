// Who looks at records: which of them an answer may tell of, and which of them a request may refer to.
#pragma once

#include <cstdint>

#include <tenon/access/policy.hpp>
#include <tenon/core/uuid.hpp>

namespace tenon::access {

/// A member with a role. By default nobody, who sees nothing. Cheap to copy.
class viewer {
  public:
    viewer() = default;
    /// `rules` must outlive it.
    viewer(const policy& rules, std::uint16_t role, user_id user) : rules_(&rules), role_(role), user_(user) {}

    user_id user() const { return user_; }
    /// `read` is the index of a permission to read.
    decision reads(std::uint16_t read) const { return rules_ ? rules_->decide(role_, read) : decision::denied; }

  private:
    const policy* rules_ = nullptr;
    std::uint16_t role_ = 0;
    user_id user_;
};

}  // namespace tenon::access
