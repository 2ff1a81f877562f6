// From json back to a list: whether all of it are items of the list, which the program reads as what they are.
#pragma once

#include <string>

#include "generator/migrate/schema.hpp"

namespace tenon::gen {

/// True when the database can tell such a list from other json. Of decimals the schema does not know the digits.
bool is_told_from_json(const schema_column& list);

/// The condition under which `json` is such a list, and the list that it is then. Requires: is_told_from_json(list).
std::string postgres_is_list(const std::string& json, const schema_column& list);
std::string postgres_as_list(const std::string& json, const schema_column& list);
std::string sqlite_is_list(const std::string& json, const schema_column& list);
std::string sqlite_as_list(const std::string& json, const schema_column& list);

}  // namespace tenon::gen
