// Structured logging: one JSON object a line on standard error, through one sink that redacts secrets.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace tenon::log {

enum class level { trace, debug, info, warn, error };

/// One member of a log line. Values of names that sound secret (password, token, authorization, cookie, …) and texts
/// that look like credentials are replaced by "[redacted]" on their way out; never pass request bodies or query
/// strings.
struct field {
    std::string_view name;
    std::variant<std::string_view, std::int64_t, double, bool> value;

    field(std::string_view n, std::string_view v) : name(n), value(v) {}
    field(std::string_view n, const std::string& v) : name(n), value(std::string_view(v)) {}
    field(std::string_view n, const char* v) : name(n), value(std::string_view(v)) {}
    template <std::integral T>
    field(std::string_view n, T v) : name(n), value(static_cast<std::int64_t>(v)) {}
    field(std::string_view n, bool v) : name(n), value(v) {}
    field(std::string_view n, double v) : name(n), value(v) {}
};

using fields = std::initializer_list<field>;

/// Cheap: ask it before putting an expensive message together.
bool enabled(level l);
/// Thread-safe, and never waits for whoever reads the log: lines that find no room in the queue are dropped and
/// counted. `message` is a constant sentence; what varies goes into `members`.
void write(level l, std::string_view message, fields members);
/// Waits until what was logged before is written: a second at most. Happens by itself when the program ends.
void flush();

inline void debug(std::string_view message, fields members = {}) {
    write(level::debug, message, members);
}
inline void info(std::string_view message, fields members = {}) {
    write(level::info, message, members);
}
inline void warn(std::string_view message, fields members = {}) {
    write(level::warn, message, members);
}
inline void error(std::string_view message, fields members = {}) {
    write(level::error, message, members);
}

}  // namespace tenon::log
