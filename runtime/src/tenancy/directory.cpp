// Looks up memberships.
#include <algorithm>

#include "db/own_session.hpp"
#include "tenancy/directory_parts.hpp"

namespace tenon::tenancy {

directory::directory(const app::product& product, db::backend& database)
    : parts_(std::make_unique<parts>(product, database)) {
    database.name_tenants(product.tenant);
}
directory::~directory() = default;

std::optional<std::uint16_t> role_index(const access::policy& policy, std::string_view name) {
    const auto found = std::find(policy.roles.begin(), policy.roles.end(), name);
    if (found == policy.roles.end()) return std::nullopt;
    return static_cast<std::uint16_t>(found - policy.roles.begin());
}

task<result<std::optional<std::uint16_t>>> directory::membership(tenant_id tenant, user_id user,
                                                                 std::chrono::steady_clock::time_point deadline) const {
    db::own_session session(parts_->database, deadline, tenant);
    auto parameters = db::args(user);
    CO_TRY_ASSIGN(const db::rows found,
                  co_await session.query_in_tenant(
                      "SELECT role FROM memberships WHERE {tenant_id} = $1 AND user_id = $2", std::move(parameters)));
    if (found.empty()) co_return std::optional<std::uint16_t>();
    co_return role_index(parts_->product.policy, found[0].get<std::string>(0));
}

}  // namespace tenon::tenancy
