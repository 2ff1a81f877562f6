// What must hold for every valid spec, as far as it can be seen without a compiler.
#pragma once

#include <optional>
#include <string>

#include "generator/read/spec.hpp"
#include "spec_node.hpp"
#include "tests/unit/generator/migrate/proof_database.hpp"

namespace tenon::gen {

/// What the reader says against it: "E034 …"; empty for a valid spec.
std::string refusal_of(const spec_node& made);

/// The first fault of what is generated, "openapi.yaml: key without quotes…"; empty when there is none. What stands
/// before the ':' is its kind. Requires: the spec is valid.
std::string fault_of_files(const spec_node& made);

/// The same of a database that is made by the spec's migration.
std::string fault_of_database(const spec_node& made, sample::proof_database& database);

/// The same of a database that was made by `before`, and becomes what `after` makes. Nothing is said against changes
/// for which there is no migration.
std::string fault_of_change(const spec_node& before, const spec_node& after, sample::proof_database& database);

}  // namespace tenon::gen
