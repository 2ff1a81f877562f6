// Values with a form of their own: durations, prices, settings, paths, routes, schedules.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "generator/read/reading.hpp"
#include "generator/read/spec.hpp"

namespace tenon::gen {

/// Parts of a decimal number written as text, without floating point.
struct decimal_text {
    bool negative = false;
    std::string_view whole;     ///< Digits, at least one.
    std::string_view fraction;  ///< Digits, perhaps none.
};

/// Takes "-12.50" apart; nothing else than digits, one point and a leading minus.
std::optional<decimal_text> split_decimal(std::string_view text);

/// The number times 10^scale; nothing when it has more decimal places or does not fit 18 digits.
std::optional<std::int64_t> scaled(const decimal_text& number, int scale);

/// `30s`, `15m`, `6h`, `30d`, `2w`; at least one second, at most ten years.
std::optional<std::chrono::seconds> read_duration(reading& in, const yaml_node& node, std::string_view what);

/// `5.95 USD/month`. With `whole_minor_units` the amount has no more decimal places than the currency.
std::optional<price> read_price(reading& in, const yaml_node& node, bool whole_minor_units, std::string_view what);

/// A value, or `env:NAME`.
std::optional<setting> read_setting(reading& in, const yaml_node& node, std::string_view what);

/// A path relative to the spec that stays within its folder.
std::optional<name> read_path(reading& in, const yaml_node& node, std::string_view what);

struct route {
    http_method method = http_method::post;
    std::string path;
    source_range at;
};

/// `POST /v1/regenerate`
std::optional<route> read_route(reading& in, const yaml_node& node, std::string_view what);

/// `library/assets`: the path of an entity, without the /v1/ that comes in front.
std::optional<name> read_route_path(reading& in, const yaml_node& node, std::string_view what);

/// The five fields of cron.
std::optional<name> read_schedule(reading& in, const yaml_node& node, std::string_view what);

}  // namespace tenon::gen
