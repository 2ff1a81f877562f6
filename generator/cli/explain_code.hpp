// `tenon explain E011`, `tenon explain --codes`.
#pragma once

#include <string_view>

#include "generator/cli/command_line.hpp"
#include "generator/cli/console.hpp"

namespace tenon::gen {

/// Whether it is written as codes of diagnostics are, in either case: "E011", "w080".
bool looks_like_code(std::string_view text);

/// What the code in `command.place` means, or all codes with their titles, for people or as JSON. Fails for one that
/// there is not.
outcome<exit_code> explain_code(const command_line& command);

}  // namespace tenon::gen
