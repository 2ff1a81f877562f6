// Which table and column of the old schema is which of the new one.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "generator/migrate/schema.hpp"

namespace tenon::gen {

/// Positions in the old schema and in the new one.
using paired = std::pair<std::size_t, std::size_t>;

struct table_pairing {
    paired table;
    std::vector<paired> columns;
};

/// A `was:` that cannot be followed, because what it names and what it became are both there.
struct rename_clash {
    std::string what;  ///< "the entity 'Note'"
    std::string was;
    source_range at;
};

struct schema_pairing {
    std::vector<table_pairing> tables;  ///< In the new schema's order.
    std::vector<rename_clash> clashes;
};

/// What an entity is known by: a spec may spell it Sku in one version and SKU in the next, and means the same table.
std::string entity_key(const std::string& entity);

/// Entities and fields are known by their names in the spec, and by the names they had (`was:`) when nothing of the
/// present name is there; so a `was:` that was followed long ago means nothing. Built-in tables and columns are known
/// by their own names, the tenant's by what they are.
schema_pairing pair_schemas(const schema& before, const schema& after);

/// The old tables in the words of the new schema: their names, their columns' and those of the tables they refer to.
/// Everything stands where it stood; constraints and indexes keep their names. What goes gets names that nothing has.
std::vector<schema_table> in_new_words(const schema& before, const schema& after, const schema_pairing& pairs);

}  // namespace tenon::gen
