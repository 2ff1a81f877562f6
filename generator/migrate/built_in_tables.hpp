// The tables that the runtime itself works with.
#pragma once

#include <vector>

#include "generator/migrate/schema.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// users, tenants (under the product's word), memberships, auth_sessions, refresh_tokens, limit_counters, limit_leases,
/// limit_locks, cache_entries, idempotency_keys, user_idempotency_keys; in an order in which each comes behind those it
/// refers to. Columns are those that runtime/src/{auth,tenancy,limits,idempotency} name in their SQL.
std::vector<schema_table> built_in_tables(const tenant_model& tenant);

/// A column of a built-in kind.
schema_column plain_column(std::string name, sql_type type, bool nullable = false);

}  // namespace tenon::gen
