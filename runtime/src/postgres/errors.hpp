// What a failed PostgreSQL statement means to its caller.
#pragma once

#include <string>
#include <string_view>

#include <libpq-fe.h>

#include <tenon/core/error.hpp>

namespace tenon::db {

/// The error of a result that is PGRES_FATAL_ERROR. A value that the database does not take (SQLSTATE class 22) is the
/// client's, with a pointer to the column that `statement` gives it to, or "" where the server does not say which. One
/// that had to give way to others, in a deadlock or for a lock, is errc::unavailable with a `retry_after`; a database
/// that is away has none.
error postgres_error(const PGresult* failed, std::string_view statement = {});
/// One of its PG_DIAG_ fields; empty when the server sent none.
std::string_view error_field(const PGresult* failed, int which);
/// The five characters of its SQLSTATE; empty when the server sent none.
std::string_view sql_state(const PGresult* failed);
/// The index that a unique_violation names. Its columns have to be asked for: of a table with row-level security the
/// server tells nothing more.
struct violated_index {
    std::string schema;
    std::string name;
};
violated_index index_of(const PGresult* failed);
inline constexpr std::string_view unique_violation = "23505";
/// A value too long for an index, above all; the kind of its error is "too_long".
inline constexpr std::string_view limit_exceeded = "54000";
/// A message of libpq, which writes some over several lines, indented.
std::string in_one_line(std::string_view message);
/// There is no connection to the server, or it broke.
error connection_lost();

}  // namespace tenon::db
