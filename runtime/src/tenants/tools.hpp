// What the operations on tenants and on members have in common.
#pragma once

#include <optional>

#include <tenon/operation/context.hpp>
#include <tenon/paging/list_request.hpp>

#include "accounts/token_families.hpp"
#include "operation/inner.hpp"
#include "operation/refusals.hpp"

namespace tenon::tenants {

using operation::nothing_here;

/// A session over the runtime's own tables, in the tenant that `who` is at work in.
inline db::own_session session_of(const operation::context& who) {
    return db::own_session(operation::inner::of(who).database, who.deadline(), who.tenant(), who.user());
}

/// Where the page of `request` begins, and one more than it holds, behind the parameters before.
inline void append_page(db::values& parameters, const paging::list_request& request) {
    parameters.push_back(request.after_value.value_or(db::value(db::null_value{})));
    parameters.push_back(request.after_id);
    parameters.emplace_back(static_cast<std::int64_t>(request.limit) + 1);
}

/// Ends what `user` has going in `tenant`.
inline task<result<std::size_t>> end_families_of(db::own_transaction& open, user_id user, tenant_id tenant) {
    accounts::family_filter theirs(user);
    theirs.tenant = tenant;
    return accounts::end_families(open, std::move(theirs));
}

}  // namespace tenon::tenants
