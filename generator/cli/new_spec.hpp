// `tenon new`: a starter spec.
#pragma once

#include <string>

#include "generator/cli/console.hpp"

namespace tenon::gen {

/// The spec that `tenon new NAME` writes; valid, small, and explaining itself.
std::string starter_spec(const std::string& name);

/// Writes NAME/spec.yaml and the schema beside it that lets an editor complete and explain. Overwrites nothing.
outcome<exit_code> write_new_spec(const std::string& name, const console& out);

}  // namespace tenon::gen
