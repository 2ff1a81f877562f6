// Moves the decimal point of a literal to where its exponent says.
#include "json/number.hpp"

#include <algorithm>
#include <charconv>

namespace tenon::json {
namespace {

constexpr std::size_t characters_max = 400;
// Shorter than this without an exponent, nothing leaves the range of a double.
constexpr std::size_t certainly_in_range = 300;
constexpr std::ptrdiff_t exponent_max = 100'000;

std::ptrdiff_t exponent_of(std::string_view digits) {
    if (digits.starts_with('+')) digits.remove_prefix(1);
    std::ptrdiff_t out = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (parsed.ec != std::errc()) out = digits.starts_with('-') ? -exponent_max : exponent_max;
    return std::clamp(out, -exponent_max, exponent_max);
}

}  // namespace

plain_number::plain_number(std::string_view literal) : literal_(literal) {
    negative_ = literal.starts_with('-');
    if (negative_) literal.remove_prefix(1);
    const std::size_t e = std::min(literal.find_first_of("eE"), literal.size());
    const std::string_view mantissa = literal.substr(0, e);
    const std::size_t dot = std::min(mantissa.find('.'), mantissa.size());
    whole_ = mantissa.substr(0, dot);
    if (dot < mantissa.size()) fraction_ = mantissa.substr(dot + 1);
    zero_ = mantissa.find_first_of("123456789") == mantissa.npos;
    has_exponent_ = e < literal.size();
    point_ = static_cast<std::ptrdiff_t>(whole_.size());
    if (!has_exponent_) return;
    if (zero_) {
        // Of zero an exponent says nothing.
        whole_ = "0";
        fraction_ = {};
        point_ = 1;
        return;
    }
    point_ += exponent_of(literal.substr(e + 1));
    // "0.05e3" is 50, not 0050.
    while (point_ > 1 && whole_.starts_with('0')) whole_.remove_prefix(1), --point_;
    while (point_ > 1 && whole_.empty() && fraction_.starts_with('0')) fraction_.remove_prefix(1), --point_;
}

std::size_t plain_number::size() const {
    const auto digits = static_cast<std::ptrdiff_t>(whole_.size() + fraction_.size());
    const std::ptrdiff_t before = std::max<std::ptrdiff_t>(point_, 1);
    const std::ptrdiff_t behind = std::max<std::ptrdiff_t>(digits - point_, 0);
    const bool minus = negative_ && !zero_;
    return static_cast<std::size_t>(before + behind + (behind > 0 ? 1 : 0) + (minus ? 1 : 0));
}

void plain_number::append_to(std::string& out) const {
    if (negative_ && !zero_) out += '-';
    std::string digits(whole_);
    digits += fraction_;
    const auto count = static_cast<std::ptrdiff_t>(digits.size());
    if (point_ <= 0) {
        out += "0.";
        out.append(static_cast<std::size_t>(-point_), '0');
        out += digits;
    } else if (point_ >= count) {
        out += digits;
        out.append(static_cast<std::size_t>(point_ - count), '0');
    } else {
        out.append(digits, 0, static_cast<std::size_t>(point_));
        out += '.';
        out.append(digits, static_cast<std::size_t>(point_));
    }
}

bool plain_number::can_be_kept() const {
    const std::size_t characters = size();
    if (characters > characters_max) return false;
    if (zero_ || (!has_exponent_ && characters < certainly_in_range)) return true;
    double parsed = 0;
    return std::from_chars(literal_.data(), literal_.data() + literal_.size(), parsed).ec == std::errc();
}

std::optional<std::int64_t> plain_number::whole_number() const {
    if (zero_) return 0;
    if (size() > characters_max) return std::nullopt;
    std::string digits;
    append_to(digits);
    const std::size_t dot = std::min(digits.find('.'), digits.size());
    if (digits.find_first_not_of('0', std::min(dot + 1, digits.size())) != digits.npos) return std::nullopt;
    std::int64_t out = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + dot, out);
    return read.ec == std::errc() && read.ptr == digits.data() + dot ? std::optional(out) : std::nullopt;
}

bool plain_number::is_below_one() const {
    if (zero_) return true;
    const std::string_view digits = whole_.empty() ? fraction_ : whole_;
    if (point_ <= 0) return true;
    return point_ == 1 && digits.starts_with('0');
}

}  // namespace tenon::json
