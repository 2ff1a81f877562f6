// What handlers may reach besides their call: made once at start, and passed down.
#pragma once

#include <tenon/access/policy.hpp>
#include <tenon/operation/product_parts.hpp>

namespace tenon::limits {
class limiter;
}
namespace tenon::observe {
class metrics;
}
namespace tenon::paging {
class cursor_codec;
}

namespace tenon::operation {
class registry;  // the runtime's own
}

namespace tenon::service {

/// Thread-safe: every member is, and none is replaced after construction.
class services {
  public:
    /// `all` outlives it, and has a policy, a cursor codec, a limiter, metrics and the parts of the product.
    explicit services(const operation::registry& all) : all_(all) {}
    services(const services&) = delete;
    services& operator=(const services&) = delete;

    const access::policy& policy() const;
    const paging::cursor_codec& cursors() const;
    limits::limiter& limits() const;  ///< Quotas, leases, cooldowns, locks, cache.
    observe::metrics& metrics() const;
    const operation::product_parts& parts() const;  ///< What the product's own code stands on.

    /// What only the runtime can use: runtime/src/operation/registry.hpp
    const operation::registry& internals() const { return all_; }

  private:
    const operation::registry& all_;
};

}  // namespace tenon::service
