// Fractions of seconds in specs and in the API: up to six digits behind a point.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon::gen {

inline constexpr std::int64_t micros_a_second = 1'000'000;

/// Decimal digits, at least one, and 18 at most behind zeros in front; nothing for everything else.
inline std::optional<std::int64_t> whole_number(std::string_view digits) {
    constexpr std::size_t most = 18;
    while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
    if (digits.empty() || digits.size() > most) return std::nullopt;
    std::int64_t out = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        out = out * 10 + (c - '0');
    }
    return out;
}

/// "5" or "5.25" in microseconds.
inline std::optional<std::int64_t> micros_of_seconds(std::string_view text) {
    constexpr std::size_t most = 6;
    const std::size_t point = text.find('.');
    const auto whole = whole_number(text.substr(0, point));
    if (!whole || *whole > std::int64_t{1} << 40) return std::nullopt;
    if (point == std::string_view::npos) return *whole * micros_a_second;
    std::string fraction(text.substr(point + 1));
    if (fraction.empty() || fraction.size() > most) return std::nullopt;
    fraction.resize(most, '0');
    const auto micros = whole_number(fraction);
    return micros ? std::optional(*whole * micros_a_second + *micros) : std::nullopt;
}

/// ".25" of 250,000; nothing of 0.
inline std::string fraction_text(std::int64_t micros) {
    if (micros == 0) return {};
    std::string out = std::to_string(micros_a_second + micros);
    out.front() = '.';
    return out.substr(0, out.find_last_not_of('0') + 1);
}

}  // namespace tenon::gen
