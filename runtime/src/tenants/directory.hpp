// Which users belong to which tenants, with what role, and whether their sessions live.
#pragma once

#include <memory>

#include <tenon/access/policy.hpp>
#include <tenon/core/tenant_names.hpp>

#include "operation/standing.hpp"

namespace tenon::db {
class backend;
}

namespace tenon::tenants {

/// Answers are kept for at most half a second, and only by this process. Thread-safe. Keeps a reference: the database
/// must outlive it.
class directory final : public operation::directory {
  public:
    directory(const tenant_names& names, const access::policy& policy, db::backend& database);
    ~directory() override;
    directory(const directory&) = delete;
    directory& operator=(const directory&) = delete;

    task<result<operation::standing>> standing_of(user_id user, uuid session, std::optional<tenant_id> tenant,
                                                  std::chrono::steady_clock::time_point deadline) const override;
    /// This process forgets at once; on PostgreSQL it returns about half a second later, when no other process can
    /// still answer from what was before, on SQLite at once.
    task<void> enforce(user_id user) const override;

    struct parts;  // tenants/directory_parts.hpp
    const parts& internals() const { return *parts_; }

  private:
    std::unique_ptr<parts> parts_;
};

}  // namespace tenon::tenants
