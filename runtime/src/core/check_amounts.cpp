// The field rules for single bounds, fractions, exact decimals and amounts of money.
#include <charconv>
#include <cmath>
#include <string>
#include <tenon/core/check.hpp>

namespace tenon::check {

namespace {

std::string number(double value) {
    char buffer[32];
    return std::string(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}

}  // namespace

void at_least(field_errors& errors, std::string_view pointer, std::int64_t value, std::int64_t min) {
    if (value < min) errors.add(pointer, "must be at least " + std::to_string(min));
}

void at_least(field_errors& errors, std::string_view pointer, double value, double min) {
    if (std::isnan(value) || value < min) errors.add(pointer, "must be at least " + number(min));
}

void at_most(field_errors& errors, std::string_view pointer, std::int64_t value, std::int64_t max) {
    if (value > max) errors.add(pointer, "must be at most " + std::to_string(max));
}

void at_most(field_errors& errors, std::string_view pointer, double value, double max) {
    if (std::isnan(value) || value > max) errors.add(pointer, "must be at most " + number(max));
}

void range(field_errors& errors, std::string_view pointer, double value, double min, double max) {
    if (std::isnan(value) || value < min) return errors.add(pointer, "must be at least " + number(min));
    if (value > max) errors.add(pointer, "must be at most " + number(max));
}

void at_least(field_errors& errors, std::string_view pointer, const money& value, std::int64_t min) {
    if (value.amount_minor < min)
        errors.add(pointer, "must be at least " + std::to_string(min) + " in the currency's minor unit");
}

void at_most(field_errors& errors, std::string_view pointer, const money& value, std::int64_t max) {
    if (value.amount_minor > max)
        errors.add(pointer, "must be at most " + std::to_string(max) + " in the currency's minor unit");
}

void range(field_errors& errors, std::string_view pointer, const money& value, std::int64_t min, std::int64_t max) {
    at_least(errors, pointer, value, min);
    at_most(errors, pointer, value, max);
}

void currency(field_errors& errors, std::string_view pointer, const money& value, std::string_view code) {
    if (value.unit.to_string() != code) errors.add(pointer, "must be in " + std::string(code));
}

namespace detail {

void at_least(field_errors& errors, std::string_view pointer, std::int64_t units, std::int64_t min, int scale) {
    if (units < min) errors.add(pointer, "must be at least " + tenon::detail::format_decimal(min, scale));
}

void at_most(field_errors& errors, std::string_view pointer, std::int64_t units, std::int64_t max, int scale) {
    if (units > max) errors.add(pointer, "must be at most " + tenon::detail::format_decimal(max, scale));
}

}  // namespace detail

}  // namespace tenon::check
