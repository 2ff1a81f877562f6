// From one type of column to another: whether the values come through, and the SQL that takes them.
#pragma once

#include <string>

#include "generator/migrate/schema.hpp"

namespace tenon::gen {

enum class fit {
    same,      ///< Nothing to convert.
    lossless,  ///< Every value becomes one that says the same, and comes back as it was.
    may_fail,  ///< Values that the new type does not have make the migration fail; the others say the same as before.
    none,      ///< There is no sensible way.
};

fit fit_of(const schema_column& from, const schema_column& to);

/// The most characters that a value of this type has as text; 0: there is no saying.
std::int64_t longest_as_text(const schema_column& from);

/// What SQLite's conversion makes of a value that does not fit: no column of a strict table takes it, and a look before
/// the copy finds it. SQLite cannot raise an error within an expression.
inline constexpr const char* sqlite_misfit = "x''";

/// `expression`, of the type of `from`, as a value of the type of `to`. Requires: there is a fit, one way or the other.
/// A value that the new type does not have is an error of the database, never another value (in SQLite, of the column
/// that is to take it: see sqlite_misfit). The table of what becomes
/// of which value is in docs/migrations.md, and is tried out on both databases.
std::string postgres_conversion(const std::string& expression, const schema_column& from, const schema_column& to);
std::string sqlite_conversion(const std::string& expression, const schema_column& from, const schema_column& to);

}  // namespace tenon::gen
