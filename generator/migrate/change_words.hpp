// Words for changes, and when two things look alike.
#pragma once

#include <string>

#include "generator/migrate/schema.hpp"

namespace tenon::gen {

/// "a whole number", "a list of string"
std::string type_in_words(const schema_column& column);
/// "tasks.due: rows have text that cannot become a date"
std::string misfit_in_words(const schema_table& table, const schema_column& was, const schema_column& now);
/// "name and code": without the tenant's, which is always there.
std::string columns_in_words(const schema_index& index);

/// A column that goes and one that comes could be one that was renamed: fields of the same type, tied to the same
/// table.
bool same_shape(const schema_column& was, const schema_column& now, const schema_table& before,
                const schema_table& after);
/// The same of tables: entities that share at least half of their fields.
bool same_shape(const schema_table& was, const schema_table& now);

}  // namespace tenon::gen
