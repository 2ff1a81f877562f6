// `tenon eject` and `tenon schema`: what the program carries inside itself, for those who want to see or change it.
#pragma once

#include <string>
#include <vector>

#include "generator/cli/console.hpp"

namespace tenon::gen {

/// Writes the parts ("templates", "schemas", "runtime"; all when empty) below `folder`. Files that are there with other
/// content are not overwritten: then nothing is written at all.
outcome<exit_code> eject(const std::vector<std::string>& parts, const std::string& folder, const console& out);

/// Prints schemas/NAME.schema.json.
outcome<exit_code> print_schema(const std::string& name);

}  // namespace tenon::gen
