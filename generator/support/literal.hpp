// Values as C++ source text: string literals that mean the same bytes everywhere, and numbers that read back exactly.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tenon::gen {

/// A narrow string literal, quotes included, for exactly these bytes. Printable Unicode stays readable; controls, marks
/// that turn the direction of writing, and invalid UTF-8 become octal escapes of three digits, so that no digit behind
/// them changes their meaning. Never holds a trigraph.
std::string cpp_literal(std::string_view bytes);

/// An integer constant of any value, the smallest one included ("(-9223372036854775807 - 1)").
std::string cpp_integer(std::int64_t value);

/// A finite double, shortest form that reads back the same, always with a point or an exponent ("1.0").
std::string cpp_double(double value);

/// `units` times 10^-scale (0 <= scale <= 18) with exactly `scale` decimals: "-0.05".
std::string decimal_text(std::int64_t units, int scale);

/// A finite double as JSON, shortest form ("1", "0.5", "1e+300").
std::string json_double(double value);

}  // namespace tenon::gen
