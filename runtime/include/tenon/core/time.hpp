// Points in time and calendar days, always UTC.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon {

/// Microseconds since 1970-01-01T00:00:00Z: the resolution that every database we speak to keeps.
struct instant {
    std::int64_t micros = 0;

    /// The wall clock, the only one of a service: tests step it (tenon/testing/clock.hpp).
    static instant now();
    /// RFC 3339 with any offset ("2026-01-31T09:30:00.25+02:00"); years 0001 to 9999; leap seconds read as :59.999999.
    static std::optional<instant> parse(std::string_view text);
    /// "2026-01-31T07:30:00.250000Z": always six digits and Z, so that text order is time order.
    std::string to_string() const;

    instant operator+(std::chrono::microseconds d) const { return instant{micros + d.count()}; }
    instant operator-(std::chrono::microseconds d) const { return instant{micros - d.count()}; }
    auto operator<=>(const instant&) const = default;
};

/// A calendar day, as days since 1970-01-01 (proleptic Gregorian).
struct date {
    std::int32_t days = 0;

    /// The current day in UTC.
    static date today() { return date{static_cast<std::int32_t>(instant::now().micros / 86'400'000'000)}; }
    /// "2026-01-31" (RFC 3339 full-date), a day that exists.
    static std::optional<date> parse(std::string_view text);
    std::string to_string() const;

    auto operator<=>(const date&) const = default;
};

}  // namespace tenon
