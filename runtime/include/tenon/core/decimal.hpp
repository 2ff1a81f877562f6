// Exact numbers: fixed-point decimals and amounts of money. No floating point anywhere.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenon {

namespace detail {
/// Parses "-12.5" into units of 10^-scale. Nothing is rounded: more than `scale` decimals, more than `precision`
/// digits in all, exponents and signs other than a leading '-' are refused.
std::optional<std::int64_t> parse_decimal(std::string_view text, int precision, int scale);
std::string format_decimal(std::int64_t units, int scale);
}  // namespace detail

/// A number with `Precision` significant digits (1 to 18), `Scale` of them after the point.
template <int Precision, int Scale>
struct decimal {
    static_assert(Precision >= 1 && Precision <= 18 && Scale >= 0 && Scale <= Precision);
    std::int64_t units = 0;  ///< The value times 10^Scale.

    static std::optional<decimal> parse(std::string_view text) {
        auto units = detail::parse_decimal(text, Precision, Scale);
        return units ? std::optional<decimal>(decimal(*units)) : std::nullopt;
    }
    /// Always with `Scale` decimals: "3.50".
    std::string to_string() const { return detail::format_decimal(units, Scale); }

    decimal() = default;
    explicit decimal(std::int64_t u) : units(u) {}
    auto operator<=>(const decimal&) const = default;
};

/// An ISO 4217 code. What was stored need not be one that there still is, so three capitals are enough; what clients
/// send is held against currency_codes.hpp besides.
struct currency {
    std::array<char, 3> code{'U', 'S', 'D'};

    static std::optional<currency> parse(std::string_view text);
    std::string to_string() const { return std::string(code.data(), code.size()); }
    auto operator<=>(const currency&) const = default;
};

/// An amount in the currency's minor unit (cents, paise; whole yen). Amounts of different currencies never compare
/// as numbers: ordering is by currency first.
struct money {
    currency unit;
    std::int64_t amount_minor = 0;

    money() = default;
    money(std::int64_t amount, currency c) : unit(c), amount_minor(amount) {}
    auto operator<=>(const money&) const = default;
};

}  // namespace tenon
