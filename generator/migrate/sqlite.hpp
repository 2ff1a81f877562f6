// Migrations in SQLite's dialect.
#pragma once

#include <string>

#include "generator/migrate/changes.hpp"

namespace tenon::gen::sqlite {

/// Statements that make the changes, or take them back, to be run in one transaction with foreign keys on.
///
/// SQLite keeps uuid, date, decimal, boolean, instant and json in its own few types; see <tenon/db/value.hpp>. It
/// cannot change a table's CHECK, so the rules that later versions may widen (enum values, lengths) stand in triggers;
/// and its ON DELETE SET NULL would clear the tenant of a key of two columns, so a trigger clears the reference alone.
std::string up_sql(const schema_changes& changes);
std::string down_sql(const schema_changes& changes);

}  // namespace tenon::gen::sqlite
