// What SQLite's result codes mean to the callers of the database.
#pragma once

#include <string_view>

#include <tenon/core/error.hpp>

struct sqlite3;

namespace tenon::db {

/// The error of the connection's last call. Constraint failures are errc::conflict, kind "unique" (with one field error
/// "/column" per column of the constraint) or "reference". Never holds SQL or values that a caller could see.
error sqlite_error(sqlite3* connection, int code);

/// The field errors of SQLite's "UNIQUE constraint failed: table.a, table.b".
std::vector<field_error> unique_columns(std::string_view message);

}  // namespace tenon::db
