// Exact parsing and printing of fixed-point numbers and currency codes.
#include <algorithm>

#include <tenon/core/decimal.hpp>

namespace tenon {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

std::optional<std::int64_t> detail::parse_decimal(std::string_view text, int precision, int scale) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const std::string_view part = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (whole.empty() || (point != std::string_view::npos && part.empty())) return std::nullopt;
    if (whole.size() > 1 && whole.front() == '0') return std::nullopt;
    if (!std::all_of(whole.begin(), whole.end(), is_digit) || !std::all_of(part.begin(), part.end(), is_digit))
        return std::nullopt;
    if (part.size() > static_cast<std::size_t>(scale)) return std::nullopt;
    const std::size_t whole_digits = whole == "0" ? 0 : whole.size();
    if (whole_digits > static_cast<std::size_t>(precision - scale)) return std::nullopt;

    // At most 18 digits: no overflow.
    std::int64_t units = 0;
    for (const char c : whole) units = units * 10 + (c - '0');
    for (const char c : part) units = units * 10 + (c - '0');
    for (std::size_t i = part.size(); i < static_cast<std::size_t>(scale); ++i) units *= 10;
    return negative ? -units : units;
}

std::string detail::format_decimal(std::int64_t units, int scale) {
    const bool negative = units < 0;
    // Negated as unsigned: the smallest int64 has no positive twin.
    std::uint64_t magnitude = static_cast<std::uint64_t>(units);
    if (negative) magnitude = 0 - magnitude;
    std::string digits = std::to_string(magnitude);
    const auto decimals = static_cast<std::size_t>(scale);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    if (decimals > 0) digits.insert(digits.size() - decimals, 1, '.');
    return negative ? "-" + digits : digits;
}

std::optional<currency> currency::parse(std::string_view text) {
    if (text.size() != 3) return std::nullopt;
    currency out;
    for (std::size_t i = 0; i < 3; ++i) {
        if (text[i] < 'A' || text[i] > 'Z') return std::nullopt;
        out.code[i] = text[i];
    }
    return out;
}

}  // namespace tenon
