// The forms that values of settings have.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tenon::app {

/// Decimal digits alone.
std::optional<std::uint64_t> parse_number(std::string_view text);
/// "500ms", "30s", "15m", "2h".
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace tenon::app
