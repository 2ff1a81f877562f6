// Which column a parameter of a statement is for.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tenon::db {

/// The name of the column that $`number` is written to or compared with: `("a", "b") VALUES ($1, $2)`, `"a" = $1`.
/// Empty when the statement does not say so in one of these ways.
std::string_view column_of_parameter(std::string_view statement, std::size_t number);

/// The table that an INSERT or UPDATE writes; empty for any other statement.
std::string_view written_table(std::string_view statement);

}  // namespace tenon::db
