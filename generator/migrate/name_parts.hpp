// The names of what tables are made of.
#pragma once

#include "generator/migrate/schema.hpp"

namespace tenon::gen {

/// Gives primary keys, indexes, foreign keys and checks their names, at most 63 bytes long: those that `before` has for
/// them in the table of the same name; else what stands there as the wish, cut and numbered until nothing else is
/// called so. What is kept is handed out first, so that nothing new gets its name.
///
/// PostgreSQL has one set of names for tables, primary keys and indexes; and SQLite one for the triggers that it has
/// for foreign keys, which are called after these. So names are unique in the whole schema: those of tables, primary
/// keys and indexes together, and those of foreign keys and checks.
void name_parts(schema& wanted, const schema& before);

/// What a primary key is called, as long as no other thing is.
std::string usual_primary_key_name(const std::string& table);

/// A foreign key that SQLite needs a trigger for: it would clear all columns of the key, the tenant's too.
bool needs_clearing_trigger(const schema_foreign_key& key);

}  // namespace tenon::gen
