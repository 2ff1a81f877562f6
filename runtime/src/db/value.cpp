// Reading typed values out of result rows, as either database delivers them.
#include <cmath>
#include <stdexcept>

#include <tenon/db/value.hpp>

namespace tenon::db {
namespace {

[[noreturn]] void is_not(std::size_t column, std::string_view wanted) {
    throw std::logic_error("column " + std::to_string(column) + " of a result row is not " + std::string(wanted));
}

/// The cell as a `T`, or the same read from its text form.
template <class T>
T typed_or_text(const value& cell, std::size_t column, std::string_view wanted) {
    if (const T* typed = std::get_if<T>(&cell)) return *typed;
    if (const auto* text = std::get_if<std::string>(&cell)) {
        if (auto parsed = T::parse(*text)) return *parsed;
    }
    is_not(column, wanted);
}

/// 0001-01-01T00:00:00Z and the first moment behind 9999.
constexpr std::int64_t first_micros = -62'135'596'800'000'000;
constexpr std::int64_t end_micros = 253'402'300'800'000'000;
constexpr std::int64_t micros_per_day = 86'400'000'000;

}  // namespace

std::size_t rows::bytes() const {
    std::size_t out = 0;
    for (const value& each : cells_)
        if (const auto* text = std::get_if<std::string>(&each)) out += text->size();
    return out;
}

void row::read(std::size_t i, bool& out) const {
    if (const bool* flag = std::get_if<bool>(&columns_[i])) {
        out = *flag;
    } else if (const auto* number = std::get_if<std::int64_t>(&columns_[i]); number && (*number == 0 || *number == 1)) {
        out = *number == 1;
    } else {
        mismatch(i, "a boolean");
    }
}

void row::read(std::size_t i, std::int64_t& out) const {
    const auto* number = std::get_if<std::int64_t>(&columns_[i]);
    if (!number) mismatch(i, "an integer");
    out = *number;
}

void row::read(std::size_t i, double& out) const {
    // JSON has no word for what is not finite.
    if (const auto* number = std::get_if<double>(&columns_[i]); number && std::isfinite(*number)) {
        out = *number;
    } else if (const auto* whole = std::get_if<std::int64_t>(&columns_[i])) {
        out = static_cast<double>(*whole);
    } else {
        mismatch(i, "a number");
    }
}

void row::read(std::size_t i, std::string& out) const {
    const auto* text = std::get_if<std::string>(&columns_[i]);
    if (!text) mismatch(i, "a text");
    out = *text;
}

void row::read(std::size_t i, uuid& out) const {
    out = typed_or_text<uuid>(columns_[i], i, "a UUID");
}

void row::read(std::size_t i, instant& out) const {
    if (const auto* micros = std::get_if<std::int64_t>(&columns_[i])) {
        out = instant{*micros};
    } else if (const auto* time = std::get_if<instant>(&columns_[i])) {
        out = *time;
    } else {
        mismatch(i, "an instant");
    }
    // What is beyond them cannot be written in an answer.
    if (out.micros < first_micros || out.micros >= end_micros) mismatch(i, "an instant of the years 1 to 9999");
}

void row::read(std::size_t i, date& out) const {
    out = typed_or_text<date>(columns_[i], i, "a date");
    const std::int64_t micros = out.days * micros_per_day;
    if (micros < first_micros || micros >= end_micros) mismatch(i, "a date of the years 1 to 9999");
}

void row::read(std::size_t i, currency& out) const {
    const auto* text = std::get_if<std::string>(&columns_[i]);
    const auto parsed = text ? currency::parse(*text) : std::nullopt;
    if (!parsed) mismatch(i, "a currency");
    out = *parsed;
}

std::int64_t row::decimal_units(std::size_t i, int scale) const {
    if (const auto* units = std::get_if<std::int64_t>(&columns_[i])) return *units;
    const auto* number = std::get_if<decimal_value>(&columns_[i]);
    if (!number || number->scale != scale) mismatch(i, "a decimal of scale " + std::to_string(scale));
    return number->units;
}

void row::mismatch(std::size_t column, std::string_view wanted) {
    is_not(column, wanted);
}

void row::unknown_enum(std::size_t i, std::string_view name) const {
    throw std::logic_error("column " + std::to_string(i) + " of a result row holds the unknown name '" +
                           std::string(name) + "'");
}

}  // namespace tenon::db
