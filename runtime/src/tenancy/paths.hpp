// What the paths of tenants and members say.
#pragma once

#include <string>

#include <tenon/service/call.hpp>

#include "operation/refusals.hpp"

namespace tenon::tenancy {

/// Where something made by a POST to a collection is found: the collection's path and the id.
inline std::string path_below(const service::open_call& call, const uuid& id) {
    return call.request().path + "/" + id.to_string();
}

/// The path must name the tenant that the token acts in.
inline result<void> require_own_tenant(const service::tenant_call& call) {
    TRY_ASSIGN(const tenant_id named, call.path_id<tenant_tag>("id"));
    if (named != call.tenant()) return operation::nothing_here();
    return {};
}

}  // namespace tenon::tenancy
