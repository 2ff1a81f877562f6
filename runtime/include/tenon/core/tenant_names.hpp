// The product's word for its tenant.
#pragma once

#include <string_view>

namespace tenon {

/// In the forms that the runtime's own SQL, JSON and routes need.
struct tenant_names {
    std::string_view singular = "tenant";   ///< "workspace": JSON member, problem texts
    std::string_view table = "tenants";     ///< "workspaces": table and route segment
    std::string_view column = "tenant_id";  ///< "workspace_id": the tenant column of every table
};

}  // namespace tenon
