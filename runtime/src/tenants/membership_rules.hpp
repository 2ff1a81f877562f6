// Roles and owners, read and judged inside the transaction that changes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <tenon/access/policy.hpp>
#include <tenon/core/task.hpp>
#include <tenon/operation/context.hpp>

#include "db/own_session.hpp"

namespace tenon::tenants {

// All of these run in a transaction that was begun for the tenant: $1 is bound to it.

/// Makes changes of one tenant's memberships take turns, on databases where transactions run side by side.
task<result<void>> lock_tenant(db::own_transaction& open);
/// The user's role as it is now; empty when they are no member. `unknown_role()` when the product does not have it.
task<result<std::optional<std::uint16_t>>> current_role(db::own_transaction& open, const access::policy& policy,
                                                        user_id user);
/// The same, and nobody takes the membership away before the transaction ends: what is made for a member is then ended
/// by whoever removes them.
task<result<std::optional<std::uint16_t>>> held_role(db::own_transaction& open, const access::policy& policy,
                                                     user_id user);
/// The role of `who` as it is inside the transaction: it may have changed since they were let in. Locks the tenant;
/// errc::forbidden unless that role has `permission` in full, an index of the policy.
task<result<std::uint16_t>> acting_role(db::own_transaction& open, operation::context who, std::uint16_t permission);
/// errc::conflict, kind "last_owner", unless an owner besides `leaving` remains.
task<result<void>> require_other_owner(db::own_transaction& open, const access::policy& policy, user_id leaving);
/// errc::forbidden unless `caller` is the owner's role or includes `other`: nobody acts on, or grants, a role above
/// their own.
result<void> require_within(const access::policy& policy, std::uint16_t caller, std::uint16_t other);
/// Reads a role's name; an unknown one is reported under `pointer`.
std::optional<std::uint16_t> checked_role(const access::policy& policy, std::string_view name, std::string_view pointer,
                                          field_errors& errors);

}  // namespace tenon::tenants
