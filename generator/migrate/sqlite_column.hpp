// Columns, defaults and rule triggers in SQLite's dialect.
#pragma once

#include <string>

#include "generator/migrate/schema.hpp"

namespace tenon::gen::sqlite {

/// `"urgent" INTEGER NOT NULL DEFAULT 0 CHECK (…)`
std::string column_text(const schema_column& column);

/// True when ALTER TABLE ADD COLUMN takes the column: rows that are there get NULL or a constant.
bool can_be_added(const schema_column& column);

/// The default as an expression.
std::string default_text(const schema_column& column);

/// The condition under which `column` breaks the rule; `column` is "NEW." and the column, or the column alone.
std::string broken(const schema_check& check, const std::string& column);

/// The two triggers that hold a table to its rules, and their removal. Empty for a table without rules.
std::string create_rules(const schema_table& table);
std::string drop_rules(const schema_table& table);

/// Microseconds since 1970 of "2026-01-31T10:00:00Z", with or without decimals; 0 for anything else.
std::int64_t micros_of(const std::string& text);

}  // namespace tenon::gen::sqlite
