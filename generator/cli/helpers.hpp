// The commands that run no stage: new, schema, eject, completion.
#pragma once

#include "generator/cli/command_line.hpp"
#include "generator/cli/console.hpp"

namespace tenon::gen {

outcome<exit_code> run_helper(const command_line& command, const console& out);

}  // namespace tenon::gen
