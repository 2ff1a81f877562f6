// From one type of column to another: whether the values come through, and the SQL that takes them.
#pragma once

#include <string>

#include "generator/migrate/schema.hpp"

namespace tenon::gen {

enum class fit {
    same,      ///< Nothing to convert.
    lossless,  ///< Every value becomes one that says the same, and comes back as it was.
    may_lose,  ///< Some values are rounded or cut, or are no values of the new type and make the migration fail.
    none,      ///< There is no sensible way.
};

fit fit_of(const schema_column& from, const schema_column& to);

/// `expression`, of the type of `from`, as a value of the type of `to`. Requires: fit_of is lossless or may_lose. A
/// value that the new type does not have is an error of the database, never another value.
std::string postgres_conversion(const std::string& expression, const schema_column& from, const schema_column& to);
std::string sqlite_conversion(const std::string& expression, const schema_column& from, const schema_column& to);

}  // namespace tenon::gen
