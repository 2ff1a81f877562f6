// Fractions of seconds, to the microsecond, as texts have them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon::detail {

inline constexpr std::int64_t micros_a_second = 1'000'000;
inline constexpr std::size_t fraction_digits_max = 6;

/// Takes the decimal digits off the front of `text`.
inline std::string_view take_number(std::string_view& text) {
    std::size_t count = 0;
    while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
    const std::string_view out = text.substr(0, count);
    text.remove_prefix(count);
    return out;
}

/// Takes ".25" off the front, if it stands there: 250,000. Nothing when it has no digits, or more than six.
inline std::optional<std::int64_t> take_micros(std::string_view& text) {
    if (text.empty() || text.front() != '.') return 0;
    text.remove_prefix(1);
    const std::string_view digits = take_number(text);
    if (digits.empty() || digits.size() > fraction_digits_max) return std::nullopt;
    std::int64_t out = 0;
    for (std::size_t i = 0; i < fraction_digits_max; ++i) out = out * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    return out;
}

/// ".25" of 250,000; nothing of 0.
inline void append_micros(std::string& out, std::int64_t micros) {
    if (micros == 0) return;
    std::string digits = std::to_string(micros_a_second + micros);
    digits.front() = '.';
    digits.erase(digits.find_last_not_of('0') + 1);
    out += digits;
}

}  // namespace tenon::detail
