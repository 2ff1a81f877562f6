// A database whose statements have lost the service's own filter by tenant: only the database is left to keep tenants
// apart. For tests; no service links it.
#pragma once

#include <memory>
#include <string>

#include <tenon/app/product.hpp>

#include "db/backend.hpp"

namespace tenon::testing {

/// Over `inner`: each condition `COLUMN = $1` of a tenant's statement holds for every row.
std::unique_ptr<db::backend> without_tenant_filter(std::unique_ptr<db::backend> inner, const tenant_names& names);

/// The statement without its filter; PostgreSQL only.
std::string without_tenant_filter(const std::string& text, std::string_view tenant_column);

}  // namespace tenon::testing
