// Reads durations, prices, settings, paths, routes and schedules.
#include "generator/read/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <tenon/core/currency_codes.hpp>

#include "generator/support/naming.hpp"

namespace tenon::gen {

namespace {

constexpr std::int64_t longest_duration = std::int64_t{10} * 366 * 24 * 3600;

struct unit {
    char letter;
    std::int64_t seconds;
};
constexpr auto units = std::to_array<unit>({{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}});

std::optional<std::int64_t> to_count(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

std::optional<std::int64_t> to_seconds(std::string_view text) {
    if (text.size() < 2) return std::nullopt;
    const auto count = to_count(text.substr(0, text.size() - 1));
    const auto found = std::find_if(units.begin(), units.end(), [&](unit one) { return one.letter == text.back(); });
    if (!count || found == units.end() || *count == 0 || *count > longest_duration / found->seconds)
        return std::nullopt;
    return *count * found->seconds;
}

constexpr choice<price_period> periods[] = {{"day", price_period::day},
                                            {"week", price_period::week},
                                            {"month", price_period::month},
                                            {"year", price_period::year}};

constexpr choice<http_method> methods[] = {{"GET", http_method::get},
                                           {"POST", http_method::post},
                                           {"PUT", http_method::put},
                                           {"PATCH", http_method::patch},
                                           {"DELETE", http_method::delete_}};

template <class Value, std::size_t N>
std::optional<Value> meaning_of(std::string_view word, const choice<Value> (&choices)[N]) {
    for (const choice<Value>& one : choices) {
        if (one.word == word) return one.value;
    }
    return std::nullopt;
}

/// Takes the part up to `separator` off the front of `text`.
std::string_view take_until(std::string_view& text, char separator) {
    const std::size_t at = text.find(separator);
    const std::string_view part = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return part;
}

struct parsed_price {
    std::optional<price> value;
    std::string_view wrong;  ///< What the amount, currency or period should be instead.
};

parsed_price parse_price(std::string_view text, bool whole_minor_units) {
    constexpr int micro_places = 6;
    std::string_view rest = text;
    const auto amount = split_decimal(take_until(rest, ' '));
    const std::string_view currency = trimmed(take_until(rest, '/'));
    if (!amount || amount->negative) return {{}, "write an amount and a currency: 5.95 USD"};
    const auto places = currency_places(currency);
    if (!places) return {{}, "the currency is a code of ISO 4217, such as USD or EUR"};
    if (whole_minor_units && !scaled(*amount, *places)) return {{}, "the currency has no such fraction"};
    const auto micros = scaled(*amount, micro_places);
    if (!micros) return {{}, "at most six decimal places"};
    price out;
    out.micros = *micros;
    out.currency = std::string(currency);
    if (text.find('/') != std::string_view::npos) {
        const auto period = meaning_of(trimmed(rest), periods);
        if (!period) return {{}, "the period is day, week, month or year"};
        out.period = *period;
    }
    return {out, {}};
}

bool is_environment_name(std::string_view text) {
    const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    return !text.empty() && text.front() >= 'A' && text.front() <= 'Z' && std::all_of(text.begin(), text.end(), fits);
}

constexpr std::size_t longest_path = 200;
constexpr std::string_view path_too_long = "at most 200 characters";

/// What is wrong with a relative path; empty when nothing is.
std::string_view path_mistake(std::string_view path) {
    if (path.find('\\') != std::string_view::npos) return "write '/' between the parts";
    if (path.starts_with('/') || (path.size() > 1 && path[1] == ':')) return "write it relative to the spec";
    if (path.starts_with('~')) return "write it relative to the spec";
    if (path.size() > longest_path) return path_too_long;
    std::string_view rest = path;
    do {
        const std::string_view part = take_until(rest, '/');
        if (part == "..") return "paths stay within the folder of the spec";
        if (part.empty() || part == ".") return "leave out empty parts and '.'";
        const auto fits = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
                   c == '.';
        };
        if (!std::all_of(part.begin(), part.end(), fits)) return "use letters, digits, '_', '-' and '.'";
    } while (!rest.empty());
    return path.ends_with('/') ? "name a file, not a folder" : "";
}

std::string_view route_part_mistake(std::string_view part, bool parameters) {
    if (part.empty()) return "leave out empty parts";
    std::string_view word = part;
    if (parameters && part.starts_with('{') && part.ends_with('}')) word = part.substr(1, part.size() - 2);
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
    if (word.empty() || !std::all_of(word.begin(), word.end(), fits))
        return parameters ? "parts are small letters, digits, '-' and '_', or {parameters}"
                          : "parts are small letters, digits, '-' and '_'";
    return word != part && !is_identifier(word) ? "parameters are named like fields" : "";
}

std::string_view route_path_mistake(std::string_view path, bool parameters) {
    if (!path.starts_with("/v1/")) return "paths begin with /v1/";
    std::string_view rest = path.substr(4);
    do {
        const std::string_view mistake = route_part_mistake(take_until(rest, '/'), parameters);
        if (!mistake.empty()) return mistake;
    } while (!rest.empty());
    return path.ends_with('/') ? "leave out the last '/'" : "";
}

/// What is wrong with the path of an entity; empty when nothing is.
std::string_view entity_path_mistake(std::string_view path) {
    if (path.starts_with("/v1/") || path.starts_with("v1/")) return "leave out the /v1/ in front, as in library/assets";
    if (path.starts_with('/')) return "leave out the '/' in front, as in library/assets";
    if (path.find('{') != path.npos) return "leave out parameters: the ids of records come behind it";
    return path.size() > longest_path ? path_too_long : route_path_mistake("/v1/" + std::string(path), false);
}

struct cron_field {
    std::string_view what;
    std::int64_t lowest, highest;
};
constexpr auto cron_fields = std::to_array<cron_field>(
    {{"minute", 0, 59}, {"hour", 0, 23}, {"day of the month", 1, 31}, {"month", 1, 12}, {"day of the week", 0, 7}});

/// `*`, `5`, `1-5`, `*/15`, `8-18/2`
bool is_cron_part(std::string_view part, const cron_field& field) {
    std::string_view step = part;
    const bool has_step = part.find('/') != std::string_view::npos;
    const std::string_view range = take_until(step, '/');
    if (has_step) {
        const auto every = to_count(step);
        if (!every || *every == 0 || *every > field.highest) return false;
    }
    if (range == "*") return true;
    std::string_view last = range;
    const bool is_range = range.find('-') != std::string_view::npos;
    const auto from = to_count(take_until(last, '-'));
    const auto to = is_range ? to_count(last) : from;
    return from && to && *from >= field.lowest && *to <= field.highest && *from <= *to;
}

bool is_cron_field(std::string_view text, const cron_field& field) {
    if (text.empty() || text.ends_with(',')) return false;
    while (!text.empty()) {
        if (!is_cron_part(take_until(text, ','), field)) return false;
    }
    return true;
}

}  // namespace

std::optional<std::chrono::seconds> read_duration(reading& in, const yaml_node& node, std::string_view what) {
    const auto found = read_scalar(in, node, what);
    if (!found) return std::nullopt;
    if (const auto seconds = to_seconds(found->value)) return std::chrono::seconds{*seconds};
    in.out.report(code::bad_duration, found->at, std::string(what) + " is a duration, not " + quoted(found->value),
                  "write a whole number above 0 and a unit, ten years at most: 30s, 15m, 6h, 30d, 2w");
    return std::nullopt;
}

std::optional<price> read_price(reading& in, const yaml_node& node, bool whole_minor_units, std::string_view what) {
    const auto found = read_scalar(in, node, what);
    if (!found) return std::nullopt;
    parsed_price parsed = parse_price(found->value, whole_minor_units);
    if (parsed.value) {
        parsed.value->at = found->at;
        return parsed.value;
    }
    in.out.report(code::bad_price, found->at, std::string(what) + " is a price, not " + quoted(found->value),
                  std::string(parsed.wrong));
    return std::nullopt;
}

std::optional<setting> read_setting(reading& in, const yaml_node& node, std::string_view what) {
    const auto found = read_scalar(in, node, what);
    if (!found) return std::nullopt;
    if (!found->value.starts_with("env:")) return setting{found->value, false, found->at};
    const std::string variable = found->value.substr(4);
    if (is_environment_name(variable)) return setting{variable, true, found->at};
    in.out.report(code::bad_setting, found->at, quoted(variable) + " cannot name an environment variable",
                  "write capitals, digits and '_': env:SENTRY_DSN");
    return std::nullopt;
}

std::optional<name> read_path(reading& in, const yaml_node& node, std::string_view what) {
    auto found = read_scalar(in, node, what);
    if (!found) return std::nullopt;
    const std::string_view mistake = path_mistake(found->value);
    if (mistake.empty()) return found;
    in.out.report(code::bad_path, found->at, std::string(what) + " cannot be the path " + quoted(found->value),
                  std::string(mistake));
    return std::nullopt;
}

std::optional<route> read_route(reading& in, const yaml_node& node, std::string_view what) {
    const auto found = read_scalar(in, node, what);
    if (!found) return std::nullopt;
    std::string_view rest = found->value;
    const auto method = meaning_of(take_until(rest, ' '), methods);
    const std::string_view path = trimmed(rest);
    const std::string_view mistake =
        method ? route_path_mistake(path, true)
               : "write a method (GET, POST, PUT, PATCH, DELETE) and a path: POST /v1/regenerate";
    if (mistake.empty()) return route{*method, std::string(path), found->at};
    in.out.report(code::bad_route, found->at, std::string(what) + " is a route, not " + quoted(found->value),
                  std::string(mistake));
    return std::nullopt;
}

std::optional<name> read_route_path(reading& in, const yaml_node& node, std::string_view what) {
    auto found = read_scalar(in, node, what);
    if (!found) return std::nullopt;
    const std::string_view mistake = entity_path_mistake(found->value);
    if (mistake.empty()) return found;
    in.out.report(code::bad_route, found->at, std::string(what) + " is a path, not " + quoted(found->value),
                  std::string(mistake));
    return std::nullopt;
}

std::optional<name> read_schedule(reading& in, const yaml_node& node, std::string_view what) {
    auto found = read_scalar(in, node, what);
    if (!found) return std::nullopt;
    std::vector<std::string_view> fields;
    for (std::string_view rest = trimmed(found->value); !rest.empty(); rest = trimmed(rest))
        fields.push_back(take_until(rest, ' '));
    std::string wrong;
    if (fields.size() != cron_fields.size())
        wrong = "write five fields: minute, hour, day of the month, month, day of the week";
    for (std::size_t i = 0; wrong.empty() && i < fields.size(); ++i) {
        if (!is_cron_field(fields[i], cron_fields[i]))
            wrong = quoted(fields[i]) + " is no " + std::string(cron_fields[i].what) + " (" +
                    std::to_string(cron_fields[i].lowest) + " to " + std::to_string(cron_fields[i].highest) + ")";
    }
    if (wrong.empty()) return found;
    in.out.report(code::bad_schedule, found->at, std::string(what) + " is a schedule, not " + quoted(found->value),
                  wrong);
    return std::nullopt;
}

}  // namespace tenon::gen
