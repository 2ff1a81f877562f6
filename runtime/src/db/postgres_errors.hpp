// What a failed PostgreSQL statement means to its caller.
#pragma once

#include <string>
#include <string_view>

#include <libpq-fe.h>

#include <tenon/core/error.hpp>

namespace tenon::db {

/// The error of a result that is PGRES_FATAL_ERROR.
error postgres_error(const PGresult* failed);
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
/// A message of libpq, which writes some over several lines, indented.
std::string in_one_line(std::string_view message);
/// There is no connection to the server, or it broke.
error connection_lost();

}  // namespace tenon::db
