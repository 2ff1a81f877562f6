// Values on their way to PostgreSQL (as text) and back (as binary).
#pragma once

#include <libpq-fe.h>

#include <tenon/core/error.hpp>
#include <tenon/db/value.hpp>

#include "postgres/parameters.hpp"

namespace tenon::db {

/// As text, so that the server infers each parameter's type from the statement. errc::invalid for a text with a NUL
/// character, which PostgreSQL cannot keep.
result<void> add_parameter(postgres_parameters& to, const value& v);

/// Adds the cells of one row. errc::internal for a column of a type that no `value` can hold.
result<void> append_row(std::vector<value>& to, const PGresult* answered, int row);
/// The bytes of one row, as the server sent them.
std::size_t row_bytes(const PGresult* answered, int row);

/// The rows of a statement that went well, asked for in binary. A numeric without decimals becomes an integer, as
/// SQLite gives it. errc::internal for a column of a type that no `value` can hold.
result<rows> postgres_rows(const PGresult* answered);

}  // namespace tenon::db
