// The forms that values of settings have.
#pragma once

#include <charconv>
#include <chrono>
#include <optional>
#include <string_view>

namespace tenon::app {

/// Decimal digits, behind a minus for a signed type, and nothing else.
template <class Integer>
std::optional<Integer> parse_number(std::string_view text) {
    Integer value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}
/// "500ms", "30s", "15m", "2h".
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace tenon::app
