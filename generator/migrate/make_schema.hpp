// From the model to the relational schema.
#pragma once

#include <vector>

#include "generator/migrate/change_list.hpp"
#include "generator/migrate/schema.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// The built-in tables (users, tenants, memberships, sessions, refresh tokens) and one table an entity. Tables stand in
/// an order in which each comes behind those it refers to, as far as there is one.
///
/// Every entity's table: id, tenant, the fields' columns, created_by, created_at, updated_at, version, and deleted_at
/// with soft delete. Its key and all its indexes begin with the tenant, so that the table can be sharded by it, and its
/// references to other entities are keys of (tenant, id): no row can point into another tenant.
///
/// What is in `before` too keeps its name; see name_parts.hpp. `kept`: see below.
schema make_schema(const model& product, const schema& before = {}, std::vector<schema_table> kept = {});

/// Tables of features that the product no longer has: they stay, and go on with what their feature declares, unless
/// their loss is named ("table:notes").
std::vector<schema_table> kept_tables(const model& product, const schema& before, const meant_losses& allowed);

}  // namespace tenon::gen
