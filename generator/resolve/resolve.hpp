// From a checked spec to the model that templates print.
#pragma once

#include "generator/read/spec.hpp"
#include "generator/resolve/model.hpp"

namespace tenon::gen {

/// Works out every name, type, permission, list, index and example. Total: every spec that `read_spec` accepts has a
/// model. Pure and deterministic.
model resolve(const spec& source);

}  // namespace tenon::gen
