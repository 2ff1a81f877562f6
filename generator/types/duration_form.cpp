// A number and its unit, once in specs and several times in ISO 8601.
#include "generator/types/duration_form.hpp"

#include "generator/types/micros_text.hpp"

namespace tenon::gen {

namespace {

constexpr std::int64_t seconds_a_day = 86'400;
constexpr std::int64_t longest = 100'000 * seconds_a_day * micros_a_second;

struct duration_unit {
    char letter;
    std::int64_t seconds;
};
constexpr duration_unit units_of_specs[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', seconds_a_day}, {'w', 604'800}};
constexpr duration_unit day{'D', seconds_a_day};
constexpr duration_unit parts_of_days[] = {{'H', 3600}, {'M', 60}, {'S', 1}};

/// Of `number` units; a fraction is for seconds.
std::optional<std::int64_t> micros_of(std::string_view number, const duration_unit& unit) {
    std::optional<std::int64_t> out = unit.seconds == 1 ? micros_of_seconds(number) : whole_number(number);
    const std::int64_t factor = unit.seconds == 1 ? 1 : unit.seconds * micros_a_second;
    if (!out || *out > longest / factor) return std::nullopt;
    return *out * factor;
}

/// Adds the part that stands in front, if it is one of this unit; nothing for one that is too long.
std::optional<std::int64_t> add_part(std::int64_t so_far, std::string_view& text, const duration_unit& unit,
                                     bool& taken) {
    const std::size_t end = text.find_first_not_of("0123456789.");
    if (end == std::string_view::npos || text[end] != unit.letter) return so_far;
    const auto micros = micros_of(text.substr(0, end), unit);
    if (!micros || so_far > longest - *micros) return std::nullopt;
    text.remove_prefix(end + 1);
    taken = true;
    return so_far + *micros;
}

std::optional<std::int64_t> count_iso(std::string_view text) {
    if (text.ends_with('W')) return micros_of(text.substr(0, text.size() - 1), units_of_specs[4]);
    bool any = false;
    auto out = add_part(0, text, day, any);
    if (any && text.empty()) return out;
    if (!text.starts_with('T')) return std::nullopt;
    text.remove_prefix(1);
    any = false;
    for (const duration_unit& unit : parts_of_days) {
        if (out) out = add_part(*out, text, unit, any);
    }
    return any && text.empty() ? out : std::nullopt;
}

std::optional<std::int64_t> count_duration(std::string_view text) {
    if (text.starts_with('P')) return count_iso(text.substr(1));
    for (const duration_unit& unit : units_of_specs) {
        if (text.ends_with(unit.letter)) return micros_of(text.substr(0, text.size() - 1), unit);
    }
    return std::nullopt;
}

std::string print_duration(std::int64_t micros) {
    const std::int64_t seconds = micros / micros_a_second;
    std::string out = "PT";
    if (seconds >= 3600) out += std::to_string(seconds / 3600) + "H";
    if (seconds / 60 % 60 != 0) out += std::to_string(seconds / 60 % 60) + "M";
    const std::string rest = std::to_string(seconds % 60) + fraction_text(micros % micros_a_second);
    return rest == "0" && micros != 0 ? out : out + rest + "S";
}

}  // namespace

const counted_form duration_form{.count = count_duration,
                                 .print = print_duration,
                                 .lowest = 0,
                                 .highest = longest,
                                 .usual = 30 * 60 * micros_a_second,
                                 .step = 15 * 60 * micros_a_second + micros_a_second / 4,
                                 .pattern =
                                     "^P([0-9]+W|[0-9]+D|([0-9]+D)?T([0-9]+H([0-9]+M)?([0-9]+(\\.[0-9]{1,6})?S)?"
                                     "|[0-9]+M([0-9]+(\\.[0-9]{1,6})?S)?|[0-9]+(\\.[0-9]{1,6})?S))$"};

}  // namespace tenon::gen
