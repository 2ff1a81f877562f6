// Times of a day, in and out.
#include <tenon/core/time_of_day.hpp>

#include "core/micros_text.hpp"

namespace tenon {
namespace {

/// Two digits, less than `end`.
std::optional<int> take_pair(std::string_view& text, int end) {
    if (text.size() < 2) return std::nullopt;
    std::string_view digits = text.substr(0, 2);
    if (detail::take_number(digits).size() != 2) return std::nullopt;
    const int out = (text[0] - '0') * 10 + (text[1] - '0');
    text.remove_prefix(2);
    return out < end ? std::optional<int>(out) : std::nullopt;
}

/// The same behind a colon.
std::optional<int> take_sixtieth(std::string_view& text) {
    if (text.empty() || text.front() != ':') return std::nullopt;
    text.remove_prefix(1);
    return take_pair(text, 60);
}

void append_pair(std::string& out, std::int64_t value) {
    out += static_cast<char>('0' + value / 10);
    out += static_cast<char>('0' + value % 10);
}

}  // namespace

std::optional<time_of_day> time_of_day::parse(std::string_view text) {
    const auto hour = take_pair(text, 24);
    const auto minute = hour ? take_sixtieth(text) : std::nullopt;
    if (!minute) return std::nullopt;
    const std::int64_t minutes = *hour * 60 + *minute;
    if (text.empty()) return time_of_day(minutes * 60 * detail::micros_a_second);
    const auto second = take_sixtieth(text);
    const auto micros = second ? detail::take_micros(text) : std::nullopt;
    if (!micros || !text.empty()) return std::nullopt;
    return time_of_day((minutes * 60 + *second) * detail::micros_a_second + *micros);
}

std::string time_of_day::to_string() const {
    const std::int64_t seconds = micros / detail::micros_a_second;
    std::string out;
    append_pair(out, seconds / 3600);
    out += ':';
    append_pair(out, seconds / 60 % 60);
    out += ':';
    append_pair(out, seconds % 60);
    detail::append_micros(out, micros % detail::micros_a_second);
    return out;
}

std::optional<time_of_day> time_of_day::from_stored(const std::string& kept) {
    const auto out = parse(kept);
    return out && out->to_string() == kept ? out : std::nullopt;
}

}  // namespace tenon
