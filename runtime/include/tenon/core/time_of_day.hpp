// The time on a clock on the wall: without a day, and without a zone.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon {

struct time_of_day {
    std::int64_t micros = 0;  ///< Since midnight: 0 to 86'399'999'999.

    time_of_day() = default;
    explicit constexpr time_of_day(std::int64_t since_midnight) : micros(since_midnight) {}

    /// "09:30", "09:30:00", or "09:30:00.25" with up to six digits: 00:00 to 23:59:59.999999. There is no 24:00 and no
    /// leap second.
    static std::optional<time_of_day> parse(std::string_view text);
    /// "09:30:00", and a fraction where there is one, without zeros at its end: "09:30:00.25". Text order is time
    /// order.
    std::string to_string() const;

    auto operator<=>(const time_of_day&) const = default;

    // A written_value: databases keep what `to_string` gives, PostgreSQL in a column of its type time.
    using stored_type = std::string;
    static constexpr std::string_view expected = "a time of day such as 09:30:00";
    std::string stored() const { return to_string(); }
    static std::optional<time_of_day> from_stored(const std::string& kept);
};

}  // namespace tenon
