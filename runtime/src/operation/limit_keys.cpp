// Tenants come from contexts, and those from the runtime.
#include <tenon/operation/limit_keys.hpp>

#include "limits/tenant_key.hpp"

namespace tenon::limits {

key tenant_key(const operation::context& who, std::string_view limit, std::initializer_list<std::string_view> parts) {
    return tenant_key(who.tenant(), limit, parts);
}

key user_key(const operation::context& who, std::string_view limit, user_id user) {
    return user_key(who.tenant(), limit, user);
}

}  // namespace tenon::limits
