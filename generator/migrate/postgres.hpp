// Migrations in PostgreSQL's dialect (15 and later).
#pragma once

#include <string>

#include "generator/migrate/changes.hpp"

namespace tenon::gen::postgres {

/// Statements that make the changes, or take them back, to be run in one transaction.
///
/// Tables of entities have row-level security, forced on their owner too: a row is seen and taken only when its tenant
/// is the one in app.tenant, which sessions set for one transaction at a time. The built-in tables have none: the
/// runtime reads them across tenants, to find out which ones a user belongs to.
std::string up_sql(const schema_changes& changes);
std::string down_sql(const schema_changes& changes);

}  // namespace tenon::gen::postgres
