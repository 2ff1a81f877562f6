// What handlers may reach besides their call: made once at start, in the order of `app::run`, and passed down.
#pragma once

#include <memory>

#include <tenon/access/policy.hpp>

namespace tenon {
class byte_budget;
namespace auth {
class accounts;
}
namespace db {
class backend;
}
namespace idempotency {
class keeper;
}
namespace limits {
class limiter;
}
namespace observe {
class metrics;
}
namespace paging {
class cursor_codec;
}
namespace tenancy {
class directory;
}
}  // namespace tenon

namespace tenon::app {

class isolation_check;
struct product;
struct configuration;

/// Thread-safe: every member is, and none is replaced after construction.
class services {
  public:
    struct parts;  // runtime/src/app/services_parts.hpp
    explicit services(std::unique_ptr<parts> p);
    ~services();
    services(const services&) = delete;
    services& operator=(const services&) = delete;

    const app::product& product() const;
    const app::configuration& configuration() const;
    const access::policy& policy() const;
    const paging::cursor_codec& cursors() const;
    db::backend& database() const;
    auth::accounts& accounts() const;          ///< Users, passwords, tokens.
    tenancy::directory& directory() const;     ///< Tenants and memberships.
    idempotency::keeper& idempotency() const;  ///< What answers are kept under the keys of requests.
    limits::limiter& limits() const;           ///< Quotas, leases, cooldowns, locks, cache.
    observe::metrics& metrics() const;
    byte_budget& memory() const;         ///< MEMORY_BUDGET_BYTES: what clients may make the whole process hold.
    isolation_check& isolation() const;  ///< Inside the runtime: runtime/src/app/isolation_check.hpp
    bool draining() const;               ///< The service is about to stop: it finishes what it has begun.

  private:
    std::unique_ptr<parts> parts_;
};

}  // namespace tenon::app
