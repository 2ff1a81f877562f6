// Keys in any tenant: for the runtime, which knows whom it works for. Products have <tenon/operation/limit_keys.hpp>.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <tenon/limits/key.hpp>

namespace tenon::limits {

struct key_access {
    static key make(std::optional<tenant_id> tenant, std::string name) { return key(tenant, std::move(name)); }
};

/// `limit` names the limit; `parts` (at most two) whom or what in the tenant.
key tenant_key(tenant_id tenant, std::string_view limit, std::initializer_list<std::string_view> parts = {});
/// Counts one user of a tenant.
key user_key(tenant_id tenant, std::string_view limit, user_id user);

}  // namespace tenon::limits
