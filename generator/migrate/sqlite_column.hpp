// Columns, defaults and rule triggers in SQLite's dialect.
#pragma once

#include <string>

#include "generator/migrate/schema.hpp"

namespace tenon::gen::sqlite {

/// `"urgent" INTEGER NOT NULL DEFAULT 0 CHECK (…)`. `to_existing`: for ALTER TABLE ADD COLUMN, which takes constants
/// only; a default of "now" is then 0 or 1970-01-01, and `backfill` puts the time in.
std::string column_text(const schema_column& column, bool to_existing = false);

/// `UPDATE … SET …` for an added column whose default is "now"; empty for all others.
std::string backfill(const schema_table& table, const schema_column& column);

/// The two triggers that hold a table to its rules, and their removal. Empty for a table without rules.
std::string create_rules(const schema_table& table);
std::string drop_rules(const schema_table& table);

/// Microseconds since 1970 of "2026-01-31T10:00:00Z", with or without decimals; 0 for anything else.
std::int64_t micros_of(const std::string& text);

}  // namespace tenon::gen::sqlite
