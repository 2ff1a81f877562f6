// Rows that are there and stand in the way of what a PostgreSQL migration does later, told before anything changes.
#pragma once

#include <string>

#include "generator/migrate/changes.hpp"

namespace tenon::gen::postgres {

/// Statements for the beginning of the first part. They fail over rows over which the online part would fail, which
/// comes when the first part stays: a table that it dropped is gone, and there is no way back. They read, and so nobody
/// waits for them. What is written behind their back still meets the online part.
std::string look_ahead(const schema_changes& changes);

/// The part of it that a down begins with too: nothing else there would see that a text has not the form that the
/// program holds it to.
std::string look_for_forms(const schema_changes& changes);

/// A column with values of which nothing said so far that they refer to `key`'s target.
bool may_dangle(const table_change& change, const schema_foreign_key& key);

/// The column gets another type in PostgreSQL, or becomes a list or stops being one.
bool retypes(const schema_column& was, const schema_column& now);

/// The constraint that proves a column free of NULLs, so that SET NOT NULL need not look.
std::string not_null_name(const schema_table& table, const schema_column& column);

}  // namespace tenon::gen::postgres
