// Names of limits that are counted in the tenant at work: no operation can count in another one. For layers that link
// tenon::limits as well.
#pragma once

#include <initializer_list>
#include <string_view>

#include <tenon/core/uuid.hpp>
#include <tenon/limits/key.hpp>
#include <tenon/operation/context.hpp>

namespace tenon::limits {

/// Counts in the tenant of `who`. `limit` names the limit ("ask.monthly"); `parts` (at most two) whom or what in the
/// tenant. For a call: `tenant_key(call.context(), …)`.
key tenant_key(const operation::context& who, std::string_view limit,
               std::initializer_list<std::string_view> parts = {});
/// Counts one user in the tenant of `who`.
key user_key(const operation::context& who, std::string_view limit, user_id user);

}  // namespace tenon::limits
