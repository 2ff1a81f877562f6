// The last owner stays, and nobody reaches above their own role.
#include "tenants/membership_rules.hpp"

#include "operation/refusals.hpp"
#include "tenants/directory_parts.hpp"

namespace tenon::tenants {

task<result<void>> lock_tenant(db::own_transaction& open) {
    auto none = db::args();
    CO_TRY(co_await open.query_in_tenant("SELECT 1 FROM {tenants} WHERE id = $1 FOR NO KEY UPDATE", std::move(none)));
    co_return result<void>();
}

namespace {

task<result<std::optional<std::uint16_t>>> read_role(db::own_transaction& open, const access::policy& policy,
                                                     user_id user, std::string_view text) {
    auto parameters = db::args(user);
    CO_TRY_ASSIGN(const db::rows found, co_await open.query_in_tenant(text, std::move(parameters)));
    if (found.empty()) co_return std::optional<std::uint16_t>();
    const auto role = role_index(policy, found[0].get<std::string>(0));
    if (!role) co_return operation::unknown_role();
    co_return role;
}

}  // namespace

task<result<std::optional<std::uint16_t>>> current_role(db::own_transaction& open, const access::policy& policy,
                                                        user_id user) {
    return read_role(open, policy, user, "SELECT role FROM memberships WHERE {tenant_id} = $1 AND user_id = $2");
}

task<result<std::optional<std::uint16_t>>> held_role(db::own_transaction& open, const access::policy& policy,
                                                     user_id user) {
    return read_role(open, policy, user,
                     "SELECT role FROM memberships WHERE {tenant_id} = $1 AND user_id = $2 FOR SHARE");
}

task<result<std::uint16_t>> acting_role(db::own_transaction& open, operation::context who, std::uint16_t permission) {
    const access::policy& policy = who.policy();
    CO_TRY(co_await lock_tenant(open));
    CO_TRY_ASSIGN(const auto role, co_await current_role(open, policy, who.user()));
    if (!role || policy.decide(*role, permission) != access::decision::allowed) co_return operation::not_allowed();
    co_return *role;
}

task<result<void>> require_other_owner(db::own_transaction& open, const access::policy& policy, user_id leaving) {
    auto parameters = db::args(policy.roles[policy.owner_role], leaving);
    CO_TRY_ASSIGN(const db::rows others,
                  co_await open.query_in_tenant(
                      "SELECT 1 FROM memberships WHERE {tenant_id} = $1 AND role = $2 AND user_id <> $3 LIMIT 1",
                      std::move(parameters)));
    if (others.empty())
        co_return error(errc::conflict, "The last " + std::string(policy.roles[policy.owner_role]) + " must stay.",
                        "last_owner");
    co_return result<void>();
}

result<void> require_within(const access::policy& policy, std::uint16_t caller, std::uint16_t other) {
    // The owner stands above every role, also above those that theirs does not inherit: somebody has to grant them.
    if (caller == policy.owner_role || policy.includes(caller, other)) return {};
    return error(errc::forbidden, "Your role does not include the role " + std::string(policy.roles[other]) + ".",
                 "role_above_own");
}

std::optional<std::uint16_t> checked_role(const access::policy& policy, std::string_view name, std::string_view pointer,
                                          field_errors& errors) {
    const auto found = role_index(policy, name);
    if (found) return found;
    std::string known = "must be one of ";
    for (std::size_t i = 0; i < policy.roles.size(); ++i) known.append(i == 0 ? "" : ", ").append(policy.roles[i]);
    errors.add(pointer, known);
    return std::nullopt;
}

}  // namespace tenon::tenants
