// Where log lines go: set up once by the program (or a test), before the first line that matters.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include <tenon/observe/log.hpp>

namespace tenon::observe {

/// "trace", "debug", "info", "warn" or "error"; anything else is info.
void set_log_level(std::string_view name);
/// Whether lines below `warn` are held back for up to 250 ms or 64 KiB, so that many share one write.
void buffer_log(bool on);
/// Lines that found no room because nobody took those before them, or that could not be written.
std::uint64_t dropped_log_lines();
/// Sends finished, redacted lines to `take` instead of standard error; an empty function restores that. For tests.
void capture_log(std::function<void(std::string_view line)> take);

}  // namespace tenon::observe
