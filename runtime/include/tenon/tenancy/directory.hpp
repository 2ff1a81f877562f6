// Which users belong to which tenants, with what role. Read per request, so that a change takes effect at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/uuid.hpp>

namespace tenon::app {
struct product;
}
namespace tenon::db {
class backend;
}

namespace tenon::tenancy {

/// Thread-safe. Keeps references: both arguments must outlive it.
class directory {
  public:
    directory(const app::product& product, db::backend& database);
    ~directory();
    directory(const directory&) = delete;
    directory& operator=(const directory&) = delete;

    /// The user's role in the tenant, as an index into policy::roles; empty when they are no member, or when their
    /// role is one that the product no longer has.
    task<result<std::optional<std::uint16_t>>> membership(tenant_id tenant, user_id user,
                                                          std::chrono::steady_clock::time_point deadline) const;

    struct parts;  // runtime/src/tenancy/directory_parts.hpp
    const parts& internals() const { return *parts_; }

  private:
    std::unique_ptr<parts> parts_;
};

}  // namespace tenon::tenancy
