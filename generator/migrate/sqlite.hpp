// Migrations in SQLite's dialect.
#pragma once

#include <string>

#include "generator/migrate/changes.hpp"

namespace tenon::gen::sqlite {

/// Statements that make the changes, or take them back, to be run in one transaction with foreign keys off; the runner
/// checks every reference before it commits.
///
/// SQLite keeps uuid, date, decimal, boolean, instant and json in its own few types; see <tenon/db/value.hpp>. It can
/// add a plain column to a table, and little else: for everything beyond that the table is made anew under another
/// name, the rows are copied, the old one is dropped and the new one takes its name. The rules that later versions may
/// change (enum values, lengths) stand in triggers, so that they need no copy; and SQLite's ON DELETE SET NULL would
/// clear the tenant of a key of two columns, so a trigger clears the reference alone.
std::string up_sql(const schema_changes& changes);
std::string down_sql(const schema_changes& changes);

}  // namespace tenon::gen::sqlite
