// Rows for every table of a schema, and what is in them: to see that a migration keeps them.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "generator/migrate/schema.hpp"

namespace tenon::gen::sample {

enum class dialect { sqlite, postgres };

/// Not one of the built-in tables.
inline bool is_an_entitys(const schema_table& table) {
    return !table.entity.empty() && table.entity != tenant_mark;
}

/// Two tenants, a user, and three rows a tenant in every table of an entity: texts beyond ASCII, negative numbers, and
/// NULL wherever it may stand in each third row. Requires: foreign keys are not looked at until the end.
std::string insert_rows(const schema& all, dialect of);

/// The values of all columns of all entities' tables, as text, by "Entity.field" (as the schema knows them, so that
/// renamed things are found again), one value a line in the order of ids.
std::map<std::string, std::string> values_of(const schema& all,
                                             const std::function<std::string(const std::string&)>& ask);

}  // namespace tenon::gen::sample
