// The tables that the runtime itself works with.
#pragma once

#include <vector>

#include "generator/migrate/schema.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// The tables of these features, under the product's word for its tenants; in an order in which each comes behind those
/// it refers to. See runtime/features/.
std::vector<schema_table> built_in_tables(const feature_list& features, const tenant_model& tenant);

/// A column of a built-in kind.
schema_column plain_column(std::string name, sql_type type, bool nullable = false);

}  // namespace tenon::gen
