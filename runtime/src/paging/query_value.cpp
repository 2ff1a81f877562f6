// Strict readers for each type that a filter can have.
#include "paging/query_value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/utf8.hpp"

namespace tenon::paging {
namespace {

template <class Number>
std::optional<db::value> number(std::string_view text) {
    Number out{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if constexpr (std::is_floating_point_v<Number>) {
        if (!std::isfinite(out)) return std::nullopt;
    }
    return db::value(out);
}

template <class T>
std::optional<db::value> parsed(std::string_view text) {
    const auto out = T::parse(text);
    return out ? std::optional<db::value>(*out) : std::nullopt;
}

std::optional<db::value> boolean(std::string_view text) {
    if (text == "true") return db::value(true);
    if (text == "false") return db::value(false);
    return std::nullopt;
}

std::optional<db::value> plain_text(std::string_view text) {
    return text_length(text) ? std::optional<db::value>(std::string(text)) : std::nullopt;
}

std::optional<db::value> decimal_number(const column& by, std::string_view text) {
    const auto units = tenon::detail::parse_decimal(text, by.precision, by.scale);
    return units ? std::optional<db::value>(db::decimal_value{*units, by.scale}) : std::nullopt;
}

std::optional<db::value> one_of(const column& by, std::string_view text) {
    const bool known = std::find(by.names.begin(), by.names.end(), text) != by.names.end();
    return known ? std::optional<db::value>(std::string(text)) : std::nullopt;
}

std::string allowed_names(const column& by) {
    std::string out = "must be one of ";
    for (std::size_t i = 0; i < by.names.size(); ++i) out.append(i == 0 ? "" : ", ").append(by.names[i]);
    return out;
}

std::string expectation(const column& by) {
    switch (by.type) {
        case column_type::text:
            return "must be text in UTF-8";
        case column_type::integer:
            return "must be an integer";
        case column_type::real:
            return "must be a number";
        case column_type::boolean:
            return "must be true or false";
        case column_type::uuid:
            return "must be a UUID";
        case column_type::instant:
            return "must be a time such as 2026-01-31T07:30:00Z";
        case column_type::date:
            return "must be a date such as 2026-01-31";
        case column_type::decimal:
            return "must be a decimal number with at most " + std::to_string(by.scale) + " decimals";
        case column_type::enumeration:
            return allowed_names(by);
        case column_type::written:
            return "must be " + std::string(by.form->expected);
    }
    return "is not valid";
}

std::optional<db::value> converted(const column& by, std::string_view text) {
    switch (by.type) {
        case column_type::text:
            return plain_text(text);
        case column_type::integer:
            return number<std::int64_t>(text);
        case column_type::real:
            return number<double>(text);
        case column_type::boolean:
            return boolean(text);
        case column_type::uuid:
            return parsed<uuid>(text);
        case column_type::instant:
            return parsed<instant>(text);
        case column_type::date:
            return parsed<date>(text);
        case column_type::decimal:
            return decimal_number(by, text);
        case column_type::enumeration:
            return one_of(by, text);
        case column_type::written:
            return by.form->parse(text);
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::size_t> text_length(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        const std::size_t bytes = utf8_sequence_length(text);
        if (bytes == 0 || text.front() == '\0') return std::nullopt;
        text.remove_prefix(bytes);
        ++count;
    }
    return count;
}

std::optional<db::value> query_value(const column& by, std::string_view text, std::string_view pointer,
                                     field_errors& errors) {
    auto out = converted(by, text);
    if (!out) errors.add(pointer, expectation(by));
    return out;
}

}  // namespace tenon::paging
