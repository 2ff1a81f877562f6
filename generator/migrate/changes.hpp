// What a migration does: the difference between two schemas, as far as it only adds.
#pragma once

#include <string>
#include <tenon/core/result.hpp>
#include <vector>

#include "generator/migrate/schema.hpp"
#include "generator/support/diagnostics.hpp"

namespace tenon::gen {

struct changed_default {
    schema_column before;
    schema_column after;
};

/// The changes of one table that stays.
struct table_change {
    schema_table before;
    schema_table after;
    std::vector<schema_column> added_columns;
    std::vector<schema_foreign_key> added_keys;  ///< Each over one added column (and the tenant's).
    std::vector<schema_index> added_indexes;
    std::vector<schema_index> dropped_indexes;
    std::vector<schema_check> before_checks;  ///< Those that change, as they were …
    std::vector<schema_check> after_checks;   ///< … and as they become; new ones stand only here.
    std::vector<changed_default> defaults;

    bool empty() const;
};

struct schema_changes {
    std::vector<schema_table> created;  ///< In an order in which each comes behind those it refers to.
    std::vector<table_change> changed;
    std::vector<std::string> keyed_before;  ///< Tables that a reference added later pointed to already.

    bool empty() const { return created.empty() && changed.empty(); }
    bool creates(const std::string& table) const;
};

/// What leads from `before` to `after`. Marks in `after` the references that came later. Everything that is not an
/// addition is refused (code::not_supported), all of it in one go, each with the entity's place in the spec:
/// taking away tables, columns, unique indexes and enum values, other types, shorter texts, required columns without a
/// default, new unique indexes over rows that are there.
/// Renames (`was:`) look like taking away and adding, and are refused too.
result<schema_changes, diagnostics> compare_schemas(const schema& before, schema& after);

/// A few words for the file's name: "initial", "create_tasks", "add_tasks_priority", "…_and_more". At most 60 bytes.
std::string slug_of(const schema_changes& changes, bool first);

}  // namespace tenon::gen
