// The compiler as the judge of a project.
#pragma once

#include <string>

#include "generator/support/memory_filesystem.hpp"

namespace tenon::gen {

/// What the compiler objects to in the layers of a project (src/, without the program and without what orphans.cmake
/// leaves out). Empty: nothing. Only looks at the syntax and the types; nothing is linked.
std::string compile_errors(const memory_filesystem& disk);

}  // namespace tenon::gen
