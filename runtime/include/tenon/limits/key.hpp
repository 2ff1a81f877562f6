// The names under which limits are counted: made by pure functions, with the tenant in them.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tenon/core/uuid.hpp>

namespace tenon::limits {

struct key_access;  // the runtime's own

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
    friend struct key_access;

    std::optional<tenant_id> tenant_;
    std::string name_;
};

/// Counts for the whole service: addresses, providers, schedules. `limit` names the limit ("imports.daily"); `parts`
/// (at most two) whom or what. Limits of a tenant: <tenon/operation/limit_keys.hpp>.
key service_key(std::string_view limit, std::initializer_list<std::string_view> parts = {});

}  // namespace tenon::limits
