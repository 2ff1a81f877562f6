// How every report for programs begins: one shape, whatever the command and whether it succeeded.
#pragma once

#include <string>
#include <string_view>

#include "generator/support/exit_code.hpp"
#include "generator/support/failure.hpp"

namespace tenon::gen {

/// "clean", "failed", "pending", "conflicts", "stale" or "gated".
std::string_view status_name(exit_code code);

/// The code that a command ends with when this went wrong.
exit_code code_of(const failure& why);

/// `{"format_version": 3, "status": …, "exit_code": …, "message": …, "hint": …`: the members of the command and the
/// closing brace follow. `message` and `hint` are empty unless something went wrong.
std::string report_head(exit_code code, std::string_view message = {}, std::string_view hint = {});

/// The whole report of a command that failed.
std::string failure_report(const failure& why, exit_code code);

}  // namespace tenon::gen
