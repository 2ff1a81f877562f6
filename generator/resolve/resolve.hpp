// From a checked spec to the model that templates print.
#pragma once

#include <string>
#include <vector>

#include "generator/read/spec.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Works out every name, type, permission, list, index and example. Total: every spec that `read_spec` accepts has a
/// model. Pure and deterministic.
model resolve(const spec& source);

/// The tables that the runtime keeps itself, by the names it asks for.
std::vector<std::string> built_in_table_names(const tenant_model& tenant);

}  // namespace tenon::gen
