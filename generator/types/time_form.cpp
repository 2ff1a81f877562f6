// Two digits each, with colons.
#include "generator/types/time_form.hpp"

#include "generator/types/micros_text.hpp"

namespace tenon::gen {

namespace {

constexpr std::int64_t micros_a_minute = 60 * micros_a_second;

std::optional<std::int64_t> pair_at(std::string_view text, std::size_t at, std::int64_t end) {
    if (text.size() < at + 2) return std::nullopt;
    const auto value = whole_number(text.substr(at, 2));
    return value && *value < end ? value : std::nullopt;
}

std::optional<std::int64_t> count_time(std::string_view text) {
    const auto hour = pair_at(text, 0, 24);
    const auto minute = pair_at(text, 3, 60);
    if (!hour || !minute || text[2] != ':') return std::nullopt;
    const std::int64_t out = (*hour * 60 + *minute) * micros_a_minute;
    if (text.size() == 5) return out;
    const bool ends = text.size() == 8 || (text.size() > 8 && text[8] == '.');
    if (!ends || text[5] != ':' || !pair_at(text, 6, 60)) return std::nullopt;
    const auto seconds = micros_of_seconds(text.substr(6));
    return seconds && *seconds < micros_a_minute ? std::optional(out + *seconds) : std::nullopt;
}

std::string pair(std::int64_t value) {
    return std::string(value < 10 ? "0" : "") + std::to_string(value);
}

std::string print_time(std::int64_t micros) {
    const std::int64_t seconds = micros / micros_a_second;
    return pair(seconds / 3600) + ":" + pair(seconds / 60 % 60) + ":" + pair(seconds % 60) +
           fraction_text(micros % micros_a_second);
}

}  // namespace

const counted_form time_form{.count = count_time,
                             .print = print_time,
                             .lowest = 0,
                             .highest = 24 * 60 * micros_a_minute - 1,
                             .usual = 570 * micros_a_minute,
                             .step = 15 * micros_a_minute + micros_a_second / 4,
                             .pattern = "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?$"};

}  // namespace tenon::gen
