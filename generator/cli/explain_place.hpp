// `tenon explain FILE:LINE`.
#pragma once

#include "generator/cli/command_line.hpp"
#include "generator/cli/console.hpp"

namespace tenon::gen {

outcome<exit_code> explain_place(const command_line& command, const console& out);

}  // namespace tenon::gen
