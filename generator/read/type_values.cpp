// Bounds and defaults: whether they are values of their type.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include <tenon/core/currency_codes.hpp>

#include "generator/read/type_parser.hpp"
#include "generator/read/values.hpp"
#include "generator/types/type_row.hpp"
#include "generator/types/type_sizes.hpp"

namespace tenon::gen {

namespace {

template <class Number>
std::optional<Number> to_number(std::string_view text) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<double> to_double(std::string_view text) {
    const auto value = to_number<double>(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::int64_t> to_scaled(std::string_view text, int precision, int scale) {
    const auto number = split_decimal(text);
    if (!number) return std::nullopt;
    const auto value = scaled(*number, scale);
    if (!value || scale > precision) return std::nullopt;
    const std::string digits = std::to_string(*value < 0 ? -*value : *value);
    return static_cast<int>(digits.size()) > precision && *value != 0 ? std::nullopt : value;
}

/// Minor units of an amount without its currency. Without a fixed currency only 0 means the same for all.
std::optional<std::int64_t> to_minor_units(std::string_view text, const std::string& currency) {
    if (currency.empty()) return to_scaled(text, most_digits, 0) == 0 ? std::optional<std::int64_t>(0) : std::nullopt;
    const auto units = to_scaled(text, most_digits, currency_places(currency).value_or(2));
    return units && *units <= largest_amount && *units >= -largest_amount ? units : std::nullopt;
}

bool has_length(type_kind kind) {
    return row_of(kind).bounds == bound_form::length;
}

bool has_bounds(type_kind kind) {
    return row_of(kind).bounds != bound_form::none;
}

std::string bound_example(const field_type& type) {
    switch (row_of(type.kind).bounds) {
        case bound_form::scaled:
            return "a number with at most " + std::to_string(type.scale) + " digits after the point";
        case bound_form::number:
            return "a number such as 0.5";
        case bound_form::minor_units:
            return type.currency.empty() ? "0, or give the type a currency: money(USD)" : "an amount such as 9.95";
        case bound_form::counted:
            return std::string(row_of(type.kind).example);
        case bound_form::none:
        case bound_form::length:
        case bound_form::whole:
            break;
    }
    return "a whole number";
}

/// What a default has to be, for hints.
std::string expected_value(const field_type& type) {
    if (type.kind == type_kind::decimal)
        return "write a number of at most " + std::to_string(type.precision) + " digits, " +
               std::to_string(type.scale) + " of them after the point";
    if (type.kind == type_kind::money)
        return "write an amount and a currency: 5.95 " + (type.currency.empty() ? "USD" : type.currency);
    return std::string(row_of(type.kind).expected);
}

std::optional<default_value> money_value(const field_type& type, const literal& given) {
    const std::size_t space = given.text.find(' ');
    const std::string currency = space == std::string::npos ? type.currency : given.text.substr(space + 1);
    const auto places = currency_places(currency);
    if (!places || (!type.currency.empty() && type.currency != currency)) return std::nullopt;
    const auto amount = to_scaled(std::string_view(given.text).substr(0, space), most_digits, *places);
    if (!amount || *amount > largest_amount || *amount < -largest_amount) return std::nullopt;
    return default_value{default_kind::integer, *amount, 0, currency, given.at};
}

std::optional<default_value> integer_value(std::optional<std::int64_t> value, const literal& given) {
    if (!value || given.quoted) return std::nullopt;
    return default_value{default_kind::integer, *value, 0, given.text, given.at};
}

/// In quotes as well: requests have decimals as text.
std::optional<default_value> decimal_value(const field_type& type, const literal& given) {
    const auto units = to_scaled(given.text, type.precision, type.scale);
    if (!units) return std::nullopt;
    return default_value{default_kind::integer, *units, 0, given.text, given.at};
}

std::optional<default_value> text_value(bool fits, const literal& given) {
    if (!fits) return std::nullopt;
    return default_value{default_kind::string, 0, 0, given.text, given.at};
}

std::optional<default_value> json_value(const literal& given) {
    const bool word = given.text == "{}" || given.text == "[]" || given.text == "true" || given.text == "false" ||
                      to_double(given.text);
    if (given.quoted) return default_value{default_kind::json, 0, 0, "\"" + json_escaped(given.text) + "\"", given.at};
    return word ? std::optional(default_value{default_kind::json, 0, 0, given.text, given.at}) : std::nullopt;
}

std::optional<default_value> enum_value(const field_type& type, const literal& given) {
    const bool known =
        std::any_of(type.values.begin(), type.values.end(), [&](const name& one) { return one.value == given.text; });
    return text_value(known, given);
}

std::optional<default_value> truth_value(const literal& given) {
    if (given.quoted || (given.text != "true" && given.text != "false")) return std::nullopt;
    return default_value{default_kind::boolean, given.text == "true", 0, given.text, given.at};
}

/// In quotes as well: requests have it as text.
std::optional<default_value> counted_value(const counted_form& form, const literal& given) {
    const auto count = form.count(given.text);
    if (!count) return std::nullopt;
    return default_value{default_kind::integer, *count, 0, form.print(*count), given.at};
}

std::optional<default_value> number_value(const literal& given) {
    const auto number = to_double(given.text);
    if (!number || given.quoted) return std::nullopt;
    return default_value{default_kind::number, 0, *number, given.text, given.at};
}

/// The value of a scalar type; bounds are looked at afterwards.
std::optional<default_value> scalar_value(const field_type& type, const literal& given) {
    const type_row& row = row_of(type.kind);
    if (row.takes_now && given.text == "now" && !given.quoted)
        return default_value{default_kind::now, 0, 0, "now", given.at};
    switch (row.value) {
        case value_form::text:
            return text_value(row.fits == nullptr || row.fits(given.text), given);
        case value_form::whole:
            return integer_value(to_number<std::int64_t>(given.text), given);
        case value_form::scaled:
            return decimal_value(type, given);
        case value_form::amount:
            return money_value(type, given);
        case value_form::number:
            return number_value(given);
        case value_form::truth:
            return truth_value(given);
        case value_form::json:
            return json_value(given);
        case value_form::one_of:
            return enum_value(type, given);
        case value_form::counted:
            return counted_value(*row.counted, given);
        case value_form::none:
            break;
    }
    return std::nullopt;
}

bool within_bounds(const field_type& type, const default_value& value) {
    if (row_of(type.kind).bounds == bound_form::number)
        return (!type.min || value.number >= type.min->number) && (!type.max || value.number <= type.max->number);
    const std::int64_t measured =
        has_length(type.kind) ? static_cast<std::int64_t>(count_code_points(value.text)) : value.integer;
    return (!type.min || measured >= type.min->integer) && (!type.max || measured <= type.max->integer);
}

std::string shown_bounds(const field_type& type) {
    const std::string low = type.min ? type.min->text : "";
    const std::string high = type.max ? type.max->text : "";
    return type_word(type.kind) + "(" + low + ".." + high + ")";
}

std::vector<std::string> values_of(const field_type& type) {
    std::vector<std::string> out;
    for (const name& one : type.values) out.push_back(one.value);
    return out;
}

}  // namespace

bool set_bound(reading& in, field_type& type, std::optional<bound>& target, const literal& given,
               const std::string& what) {
    if (!has_bounds(type.kind)) {
        in.out.report(code::option_not_for_type, given.at,
                      what + " is " + type_word(type.kind) + ", which has no bounds", "take them out");
        return false;
    }
    bound out;
    out.text = given.text;
    out.at = given.at;
    std::optional<std::int64_t> whole;
    const bound_form form = row_of(type.kind).bounds;
    if (form == bound_form::number) {
        const auto number = to_double(given.text);
        if (number) whole = 0;
        out.number = number.value_or(0);
    } else if (form == bound_form::scaled) {
        whole = to_scaled(given.text, type.precision, type.scale);
    } else if (form == bound_form::counted) {
        whole = row_of(type.kind).counted->count(given.text);
    } else if (form == bound_form::minor_units) {
        whole = to_minor_units(given.text, type.currency);
    } else {
        whole = to_number<std::int64_t>(given.text);
    }
    if (!whole) {
        in.out.report(code::bad_bounds, given.at, quoted(given.text) + " is no bound for " + what,
                      "write " + bound_example(type));
        return false;
    }
    out.integer = *whole;
    target = out;
    return true;
}

void check_bounds(reading& in, const field_type& type, const std::string& what) {
    const auto bad = [&](const bound& where, const std::string& message, const std::string& hint) {
        in.out.report(code::bad_bounds, where.at, message, hint);
    };
    if (has_length(type.kind)) {
        const std::int64_t most = type.kind == type_kind::string ? longest_string_max : longest_text_max;
        if (type.min && type.min->integer < 0) return bad(*type.min, "a length cannot be negative", "write 0 or more");
        if (type.max && (type.max->integer < 1 || type.max->integer > most))
            return bad(*type.max, what + " may be 1 to " + std::to_string(most) + " characters long",
                       type.kind == type_kind::string && type.max->integer > most
                           ? "for longer ones write text"
                           : "write 1 to " + std::to_string(most));
        if (type.min && !type.max && type.min->integer > most)
            return bad(*type.min, what + " may be 1 to " + std::to_string(most) + " characters long",
                       "write a smaller one");
    }
    if (!type.min || !type.max) return;
    const bool turned = row_of(type.kind).bounds == bound_form::number ? type.min->number > type.max->number
                                                                       : type.min->integer > type.max->integer;
    if (turned)
        bad(*type.min, "the smallest value of " + what + " is above its largest",
            "write " + type_word(type.kind) + "(" + type.max->text + ".." + type.min->text + ")?");
}

std::optional<default_value> check_default(reading& in, const field_type& type, const literal& given,
                                           const std::string& what, const std::string& role) {
    const auto refuse = [&](const std::string& message, const std::string& hint) -> std::optional<default_value> {
        in.out.report(code::bad_default, given.at, message, hint);
        return std::nullopt;
    };
    if (type.kind == type_kind::reference || type.kind == type_kind::has_many)
        return refuse(what + " refers to another record and cannot have a " + role, "take it out");
    if (type.array) {
        if (given.text == "[]" && !given.quoted) return default_value{default_kind::empty_list, 0, 0, "[]", given.at};
        return refuse("the " + role + " of the list " + what + " is the empty list or none", "write []");
    }
    if (given.text == "null" && !given.quoted)
        return refuse(what + " cannot have null as its " + role,
                      type.optional ? "take it out: optional is null anyway" : "make it optional with '?'");
    auto value = scalar_value(type, given);
    if (!value && type.kind == type_kind::enumeration) {
        const std::string meant = nearest(given.text, values_of(type));
        return refuse(
            quoted(given.text) + " is no value of the enum of " + what,
            meant.empty() ? "possible are " + listed(values_of(type)) : "did you mean " + quoted(meant) + "?");
    }
    if (!value)
        return refuse(quoted(given.text) + " is no " + type_word(type.kind) + ", the type of " + what,
                      expected_value(type));
    if (has_bounds(type.kind) && !within_bounds(type, *value))
        return refuse("the " + role + " of " + what + " is outside its own bounds",
                      "the type is " + shown_bounds(type));
    return value;
}

}  // namespace tenon::gen
