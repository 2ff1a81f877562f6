// The forms of settings, and what is expected of each.
#include <tenon/app/settings.hpp>

#include <charconv>

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

}  // namespace

std::optional<std::uint64_t> parse_number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    const std::size_t unit = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto count = parse_number(text.substr(0, unit));
    const std::string_view name = text.substr(unit);
    std::uint64_t scale = 0;
    if (name == "ms") scale = 1;
    if (name == "s") scale = 1000;
    if (name == "m") scale = 60'000;
    if (name == "h") scale = 3'600'000;
    if (!count || scale == 0 || *count > 1'000'000'000) return std::nullopt;
    return std::chrono::milliseconds(*count * scale);
}

std::optional<std::string> settings_reader::given(std::string_view name) const {
    auto value = variables_(name);
    return value && !value->empty() ? value : std::nullopt;
}

void settings_reader::wrong(std::string_view name, std::string_view expected) {
    errors.add("/" + std::string(name), expected);
}

void settings_reader::required(std::string_view name, std::string_view what) {
    if (!given(name)) wrong(name, "is required" + std::string(what));
}

void settings_reader::text(std::string_view name, std::string& out) {
    if (auto value = given(name)) out = std::move(*value);
}

void settings_reader::word(std::string_view name, std::string& out, std::initializer_list<std::string_view> words) {
    const auto value = given(name);
    if (!value) return;
    if (std::find(words.begin(), words.end(), *value) == words.end()) return wrong(name, "must be " + listed(words));
    out = *value;
}

void settings_reader::secret(std::string_view name, tenon::secret& out, std::size_t bytes_min) {
    auto value = given(name);
    if (!value) return;
    if (value->size() < bytes_min) return wrong(name, "must have at least " + std::to_string(bytes_min) + " bytes");
    out = tenon::secret(std::move(*value));
}

void settings_reader::flag(std::string_view name, bool& out) {
    const auto value = given(name);
    if (!value) return;
    const bool yes = *value == "true" || *value == "1";
    if (!yes && *value != "false" && *value != "0") return wrong(name, "must be true or false");
    out = yes;
}

void settings_reader::duration(std::string_view name, std::chrono::milliseconds& out, std::chrono::milliseconds max) {
    const auto value = given(name);
    if (!value) return;
    const auto parsed = parse_duration(*value);
    if (!parsed || parsed->count() < 1 || *parsed > max)
        return wrong(name, "must be a time such as 500ms, 30s or 15m, at most " + shown(max));
    out = *parsed;
}

std::optional<std::uint64_t> settings_reader::whole_number(std::string_view name, std::uint64_t min,
                                                           std::uint64_t max) {
    const auto value = given(name);
    if (!value) return std::nullopt;
    const auto parsed = parse_number(*value);
    if (parsed && *parsed >= min && *parsed <= max) return parsed;
    wrong(name, "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
    return std::nullopt;
}

}  // namespace tenon::app
