// The names under which limits are counted: made by pure functions, with the tenant in them.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include <tenon/core/uuid.hpp>

namespace tenon::limits {

/// Whom a limit is counted for. Two keys are the same exactly when tenant, limit and parts are.
class key {
  public:
    /// Empty: the limit belongs to the whole service.
    const std::optional<tenant_id>& tenant() const { return tenant_; }
    /// "limit" or "limit:part:part", of bounded length: ':' and '%' inside of parts are escaped, and a part of more
    /// than 64 bytes is replaced by its SHA-256.
    const std::string& name() const { return name_; }

    bool operator==(const key&) const = default;

  private:
    key(std::optional<tenant_id> tenant, std::string name) : tenant_(tenant), name_(std::move(name)) {}
    friend key tenant_key(tenant_id, std::string_view, std::initializer_list<std::string_view>);
    friend key service_key(std::string_view, std::initializer_list<std::string_view>);

    std::optional<tenant_id> tenant_;
    std::string name_;
};

/// Counts in one tenant. `limit` names the limit ("ask.monthly"); `parts` (at most two) whom or what in the tenant.
key tenant_key(tenant_id tenant, std::string_view limit, std::initializer_list<std::string_view> parts = {});
/// Counts one user of a tenant.
key user_key(tenant_id tenant, std::string_view limit, user_id user);
/// Counts for the whole service: addresses, providers, schedules.
key service_key(std::string_view limit, std::initializer_list<std::string_view> parts = {});

}  // namespace tenon::limits
