// Where log lines go: set up once by the program (or a test), before the first line that matters.
#pragma once

#include <functional>
#include <string_view>

#include <tenon/observe/log.hpp>

namespace tenon::observe {

/// "trace", "debug", "info", "warn" or "error"; anything else is info.
void set_log_level(std::string_view name);
/// Holds lines below `warn` back until `log::flush` or 64 KiB, whichever is first: a server flushes on its own tick.
void buffer_log(bool on);
/// Sends finished, redacted lines to `take` instead of standard error; an empty function restores that. For tests.
void capture_log(std::function<void(std::string_view line)> take);

}  // namespace tenon::observe
