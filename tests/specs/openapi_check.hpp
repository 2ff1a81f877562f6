// What openapi.yaml must be for any reader of it, as far as it can be seen without a JSON Schema.
#pragma once

#include <string>

namespace tenon::gen {

/// The first thing that is wrong; empty when nothing is. References lead somewhere, operations have names of their own,
/// parameters stand in their paths, required members exist, and no name is a word that YAML 1.1 or 1.2 takes for
/// something else.
std::string openapi_fault(const std::string& text);

}  // namespace tenon::gen
