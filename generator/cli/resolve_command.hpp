// `tenon resolve DIR [PATH…]`.
#pragma once

#include "generator/cli/command_line.hpp"
#include "generator/cli/console.hpp"

namespace tenon::gen {

outcome<exit_code> resolve_command(const command_line& command);

}  // namespace tenon::gen
