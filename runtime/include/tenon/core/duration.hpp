// An exact length of time, without months and years, which have none.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon {

struct duration {
    /// 100,000 days: doubles, and so every client, hold each microsecond up to it.
    static constexpr std::int64_t longest_micros = 8'640'000'000'000'000;

    std::int64_t micros = 0;  ///< 0 to `longest_micros`.

    duration() = default;
    explicit constexpr duration(std::int64_t length_micros) : micros(length_micros) {}
    explicit constexpr duration(std::chrono::microseconds length) : micros(length.count()) {}
    constexpr std::chrono::microseconds length() const { return std::chrono::microseconds(micros); }

    /// ISO 8601 of weeks alone ("P2W"), or of days of 24 hours, hours, minutes and seconds ("P1DT12H", "PT1H30M",
    /// "PT0.25S"), each at most once and in this order; only seconds have a fraction, of up to six digits. No sign.
    static std::optional<duration> parse(std::string_view text);
    /// Hours, minutes below 60 and seconds below 60, those that are not 0: "PT36H", "PT1H0.25S", and "PT0S".
    std::string to_string() const;

    auto operator<=>(const duration&) const = default;

    // A written_value: both databases keep microseconds.
    using stored_type = std::int64_t;
    static constexpr std::string_view expected = "a duration such as PT1H30M, of 100,000 days at most";
    std::int64_t stored() const { return micros; }
    static std::optional<duration> from_stored(std::int64_t kept);
};

}  // namespace tenon
