// Migrations in PostgreSQL's dialect (15 and later).
#pragma once

#include <string>
#include <vector>

#include "generator/migrate/changes.hpp"

namespace tenon::gen::postgres {

struct up_steps {
    std::string at_once;  ///< Run in one transaction: the catalogue only, with locks held for moments.
    /// Run after it, one by one and outside a transaction, while the service reads and writes: rows are filled, indexes
    /// built and constraints validated. Each may run again after a failure. Usually empty.
    std::vector<std::string> online;
};

/// What makes the changes.
///
/// All tables have row-level security, forced on their owner too: a row of an entity is seen and taken only when its
/// tenant is the one in app.tenant; built-in tables have policies for app.user and app.scope as well. Migrations run as
/// the owner, so they go through the tenants one by one where they touch rows; PostgreSQL's own validation of a foreign
/// key sees no row at all then, which is why new keys over columns with values are looked at the same way.
up_steps up_sql(const schema_changes& changes);

/// What takes them back, in one transaction, whether the online part of it was run, half run or not begun.
std::string down_sql(const schema_changes& changes);

}  // namespace tenon::gen::postgres
