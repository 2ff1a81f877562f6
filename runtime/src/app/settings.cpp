// The forms of settings, and what is expected of each.
#include <tenon/app/settings.hpp>

#include <algorithm>

#include "app/setting_forms.hpp"

namespace tenon::app {
namespace {

std::string listed(std::initializer_list<std::string_view> words) {
    std::string out;
    std::size_t left = words.size();
    for (const std::string_view word : words) {
        if (!out.empty()) out += left == 1 ? " or " : ", ";
        out += word;
        --left;
    }
    return out;
}

/// "24h", "90s", "1500ms".
std::string shown(std::chrono::milliseconds time) {
    const auto ms = time.count();
    if (ms % 3'600'000 == 0) return std::to_string(ms / 3'600'000) + "h";
    if (ms % 60'000 == 0) return std::to_string(ms / 60'000) + "m";
    return ms % 1000 == 0 ? std::to_string(ms / 1000) + "s" : std::to_string(ms) + "ms";
}

/// Whether it was given.
template <class Integer>
bool read_number(settings_reader& in, std::string_view name, Integer& out, Integer min, Integer max) {
    const auto value = in.given(name);
    const auto parsed = value ? parse_number<Integer>(*value) : std::nullopt;
    const bool fits = parsed && *parsed >= min && *parsed <= max;
    if (fits) out = *parsed;
    if (value && !fits)
        in.wrong(name, "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    return value.has_value();
}

}  // namespace

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    const std::size_t unit = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto count = parse_number<std::uint64_t>(text.substr(0, unit));
    const std::string_view name = text.substr(unit);
    std::uint64_t scale = 0;
    if (name == "ms") scale = 1;
    if (name == "s") scale = 1000;
    if (name == "m") scale = 60'000;
    if (name == "h") scale = 3'600'000;
    if (!count || scale == 0 || *count > 1'000'000'000) return std::nullopt;
    return std::chrono::milliseconds(*count * scale);
}

void settings_reader::asked::required(std::string_view what) {
    if (!is_given_) in_.wrong(name_, "is required: " + std::string(what));
}

std::optional<std::string> settings_reader::given(std::string_view name) const {
    auto value = variables_(name);
    return value && !value->empty() ? value : std::nullopt;
}

void settings_reader::wrong(std::string_view name, std::string_view expected) {
    errors_.add("/" + std::string(name), expected);
}

settings_reader::asked settings_reader::text(std::string_view name, std::string& out) {
    auto value = given(name);
    if (value) out = std::move(*value);
    return {*this, name, value.has_value()};
}

settings_reader::asked settings_reader::word(std::string_view name, std::string& out,
                                             std::initializer_list<std::string_view> words) {
    const auto value = given(name);
    const bool is_one = value && std::find(words.begin(), words.end(), *value) != words.end();
    if (is_one) out = *value;
    if (value && !is_one) wrong(name, "must be " + listed(words));
    return {*this, name, value.has_value()};
}

settings_reader::asked settings_reader::secret(std::string_view name, tenon::secret& out, std::size_t bytes_min) {
    auto value = given(name);
    const bool is_given = value.has_value();
    if (is_given && value->size() < bytes_min)
        wrong(name, "must have at least " + std::to_string(bytes_min) + " bytes");
    else if (is_given)
        out = tenon::secret(std::move(*value));
    return {*this, name, is_given};
}

settings_reader::asked settings_reader::flag(std::string_view name, bool& out) {
    const auto value = given(name);
    const bool yes = value == "true" || value == "1";
    const bool no = value == "false" || value == "0";
    if (yes || no) out = yes;
    if (value && !yes && !no) wrong(name, "must be true or false");
    return {*this, name, value.has_value()};
}

settings_reader::asked settings_reader::duration(std::string_view name, std::chrono::milliseconds& out,
                                                 std::chrono::milliseconds max) {
    const auto value = given(name);
    const auto parsed = value ? parse_duration(*value) : std::nullopt;
    const bool fits = parsed && parsed->count() >= 1 && *parsed <= max;
    if (fits) out = *parsed;
    if (value && !fits) wrong(name, "must be a time such as 500ms, 30s or 15m, at most " + shown(max));
    return {*this, name, value.has_value()};
}

bool settings_reader::whole(std::string_view name, std::int64_t& out, std::int64_t min, std::int64_t max) {
    return read_number(*this, name, out, min, max);
}

bool settings_reader::natural(std::string_view name, std::uint64_t& out, std::uint64_t min, std::uint64_t max) {
    return read_number(*this, name, out, min, max);
}

}  // namespace tenon::app
