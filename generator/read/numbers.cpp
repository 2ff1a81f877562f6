// Exact decimal numbers and currencies.
#include <algorithm>
#include <array>

#include "generator/read/values.hpp"
#include "generator/types/field_type.hpp"

namespace tenon::gen {

namespace {

constexpr std::string_view digits = "0123456789";

bool all_digits(std::string_view text) {
    return text.find_first_not_of(digits) == std::string_view::npos;
}

}  // namespace

std::optional<decimal_text> split_decimal(std::string_view text) {
    decimal_text out;
    if (text.starts_with('-')) {
        out.negative = true;
        text.remove_prefix(1);
    }
    const std::size_t point = text.find('.');
    out.whole = text.substr(0, point);
    if (point != std::string_view::npos) {
        out.fraction = text.substr(point + 1);
        if (out.fraction.empty()) return std::nullopt;
    }
    if (out.whole.empty() || !all_digits(out.whole) || !all_digits(out.fraction)) return std::nullopt;
    return out;
}

std::optional<std::int64_t> scaled(const decimal_text& number, int scale) {
    std::string_view fraction = number.fraction;
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
    const auto places = static_cast<std::size_t>(scale);
    if (fraction.size() > places) return std::nullopt;
    std::string_view whole = number.whole;
    while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
    if (whole.size() + places > static_cast<std::size_t>(most_digits) + (whole == "0" ? 1 : 0)) return std::nullopt;
    std::int64_t value = 0;
    for (const char c : whole) value = value * 10 + (c - '0');
    for (std::size_t i = 0; i < places; ++i) value = value * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    return number.negative ? -value : value;
}

}  // namespace tenon::gen
