// Instants and dates: RFC 3339 in and out, without locale or time zone database.
#include <chrono>

#include <tenon/core/time.hpp>

namespace tenon {
namespace {

// Reads exactly `count` decimal digits at the front of `text` and takes them off.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char upper, char lower) {
    if (text.empty() || (text.front() != upper && text.front() != lower)) return false;
    text.remove_prefix(1);
    return true;
}
bool take(std::string_view& text, char c) {
    return take(text, c, c);
}

std::optional<date> take_date(std::string_view& text) {
    const auto year = take_digits(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = take_digits(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = take_digits(text, 2);
    if (!day || *year < 1) return std::nullopt;
    const std::chrono::year_month_day ymd(std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                          std::chrono::day(static_cast<unsigned>(*day)));
    if (!ymd.ok()) return std::nullopt;
    return date{static_cast<std::int32_t>(std::chrono::sys_days(ymd).time_since_epoch().count())};
}

// The digits after the point, cut (not rounded) to microseconds: a later time never sorts before an earlier one.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
    if (!take(text, '.')) return 0;
    std::int64_t micros = 0;
    std::size_t digits = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        if (digits < 6) micros = micros * 10 + (text.front() - '0');
        ++digits;
        text.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 6; ++digits) micros *= 10;
    return micros;
}

std::optional<std::int64_t> take_offset_seconds(std::string_view& text) {
    if (take(text, 'Z', 'z')) return 0;
    const bool negative = !text.empty() && text.front() == '-';
    if (!take(text, '+', '-')) return std::nullopt;
    const auto hours = take_digits(text, 2);
    if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
    const auto minutes = take_digits(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    const std::int64_t seconds = (*hours * 60 + *minutes) * 60;
    return negative ? -seconds : seconds;
}

/// In `width` digits, or as many as it has.
void append_padded(std::string& out, std::int64_t value, int width) {
    if (value < 0) {
        out += '-';
        value = -value;
    }
    char digits[20];
    char* first = digits + sizeof digits;
    for (; value > 0 || width > 0; value /= 10, --width) *--first = static_cast<char>('0' + value % 10);
    out.append(first, digits + sizeof digits);
}

constexpr std::int64_t micros_per_second = 1'000'000;
constexpr std::int64_t micros_per_day = 86'400 * micros_per_second;
// 0001-01-01T00:00:00Z and the last microsecond of 9999: an offset may not carry a time out of them.
constexpr std::int64_t first_micros = -62'135'596'800 * micros_per_second;
constexpr std::int64_t last_micros = 253'402'300'800 * micros_per_second - 1;

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace

std::optional<instant> instant::parse(std::string_view text) {
    const auto day = take_date(text);
    if (!day || !take(text, 'T', 't')) return std::nullopt;
    const auto hour = take_digits(text, 2);
    if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
    const auto minute = take_digits(text, 2);
    if (!minute || *minute > 59 || !take(text, ':')) return std::nullopt;
    auto second = take_digits(text, 2);
    if (!second || *second > 60) return std::nullopt;
    auto fraction = take_fraction(text);
    if (!fraction) return std::nullopt;
    const auto offset = take_offset_seconds(text);
    if (!offset || !text.empty()) return std::nullopt;

    if (*second == 60) second = 59, fraction = micros_per_second - 1;
    const std::int64_t seconds = (*hour * 60 + *minute) * 60 + *second - *offset;
    const std::int64_t micros = day->days * micros_per_day + seconds * micros_per_second + *fraction;
    if (micros < first_micros || micros > last_micros) return std::nullopt;
    return instant{micros};
}

std::string instant::to_string() const {
    const std::int64_t days = floor_divide(micros, micros_per_day);
    const std::int64_t in_day = micros - days * micros_per_day;
    const std::int64_t seconds = in_day / micros_per_second;
    std::string out = date{static_cast<std::int32_t>(days)}.to_string();
    out.reserve(27);
    out += 'T';
    append_padded(out, seconds / 3600, 2);
    out += ':';
    append_padded(out, seconds / 60 % 60, 2);
    out += ':';
    append_padded(out, seconds % 60, 2);
    out += '.';
    append_padded(out, in_day % micros_per_second, 6);
    out += 'Z';
    return out;
}

std::optional<date> date::parse(std::string_view text) {
    const auto day = take_date(text);
    return day && text.empty() ? day : std::nullopt;
}

std::string date::to_string() const {
    const std::chrono::year_month_day ymd{std::chrono::sys_days(std::chrono::days(days))};
    std::string out;
    append_padded(out, static_cast<int>(ymd.year()), 4);
    out += '-';
    append_padded(out, static_cast<unsigned>(ymd.month()), 2);
    out += '-';
    append_padded(out, static_cast<unsigned>(ymd.day()), 2);
    return out;
}

}  // namespace tenon
