// Reads a command line, and answers for it: help, version, the manual page, or what is wrong with it and a hint.
#pragma once

#include <optional>

namespace CLI {
class App;
}

namespace tenon::gen {

/// The exit code when the program is to end at once: after `help`, `--help`, `--version` and `--manual`, which are
/// answered on standard output, or after a mistake. That is told on standard error, or, where JSON is asked for, as a
/// report on standard output. Without arguments, and one is needed, it is the help. What validators say is split at its
/// first "; " into message and hint.
std::optional<int> understand(CLI::App& app, int argc, char** argv);

/// `code`, or 1 when what the program has printed could not be written, which is then said on standard error.
int end_of_output(const char* program, int code);

}  // namespace tenon::gen
