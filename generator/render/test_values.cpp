// One maker of values for each kind of field.
#include "generator/render/test_values.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <set>

#include "generator/support/literal.hpp"
#include "generator/support/pattern_text.hpp"
#include "generator/support/text.hpp"
#include "generator/types/type_row.hpp"

namespace tenon::gen {

namespace {

using values = std::vector<std::string>;

std::string in_json(std::string_view text) {
    return "\"" + json_escaped(text) + "\"";
}

/// `number` with at least `width` digits.
std::string digits(std::size_t number, std::size_t width) {
    std::string out = std::to_string(number);
    return out.size() < width ? std::string(width - out.size(), '0') + out : out;
}

/// "Example title 3", cut in front of the number or filled up behind it to fit the bounds.
std::string numbered_text(const field_model& field, std::size_t number) {
    const auto min = static_cast<std::size_t>(field.type.min ? std::max<std::int64_t>(0, field.type.min->integer) : 0);
    const auto max = static_cast<std::size_t>(field.max_length.value_or(255));
    const std::string tail = std::to_string(number);
    std::string head = "Example " + field.name.lower_title + " ";
    if (head.size() + tail.size() > max) head.resize(max > tail.size() ? max - tail.size() : 0);
    std::string out = head + tail;
    if (out.size() < min) out.append(min - out.size(), 'x');
    return out;
}

values texts(const field_model& field, std::size_t wanted) {
    values out;
    if (!field.array) out.push_back(field.example_json);
    if (field.spec_pattern.empty()) {
        for (std::size_t i = 1; out.size() < wanted && i <= wanted; ++i)
            out.push_back(in_json(numbered_text(field, i)));
        return out;
    }
    const std::int64_t min = field.type.min ? field.type.min->integer : 0;
    const std::int64_t max = field.max_length.value_or(255);
    for (int variant = 0; out.size() < wanted && variant < 64; ++variant) {
        const auto text = matching_text(field.spec_pattern, min, max, variant);
        if (text && std::find(out.begin(), out.end(), in_json(*text)) == out.end()) out.push_back(in_json(*text));
    }
    if (out.empty()) out.push_back(in_json(numbered_text(field, 1)));
    return out;
}

/// Neighbours, or each a step from the last, from `start` upwards, then downwards, within the bounds of the type and
/// [lowest, highest].
std::vector<std::int64_t> numbers(const field_type& type, std::int64_t start, std::int64_t lowest, std::int64_t highest,
                                  std::size_t wanted, std::int64_t step = 1) {
    const std::int64_t min = type.min ? std::max(lowest, type.min->integer) : lowest;
    const std::int64_t max = type.max ? std::min(highest, type.max->integer) : highest;
    start = std::clamp(start, min, std::max(min, max));
    std::vector<std::int64_t> out;
    if ((max / 2 - min / 2) / step < static_cast<std::int64_t>(wanted)) step = 1;
    for (std::int64_t up = start; out.size() < wanted; up += step) {
        out.push_back(up);
        if (max - up < step) break;
    }
    for (std::int64_t down = start; out.size() < wanted && down > min && (step == 1 || down - min >= step);)
        out.push_back(down -= step);
    return out;
}

values integers(const field_model& field, std::size_t wanted) {
    constexpr auto limits = std::numeric_limits<std::int64_t>();
    values out;
    for (const auto number : numbers(field.type, 1, limits.min(), limits.max(), wanted))
        out.push_back(std::to_string(number));
    return out;
}

values decimals(const field_model& field, std::size_t wanted) {
    std::int64_t one = 1, end = 1;
    for (int i = 0; i < field.type.scale; ++i) one *= 10;
    for (int i = 0; i < field.type.precision; ++i) end *= 10;
    values out;
    for (const auto units : numbers(field.type, std::min(one + one / 2, end - 1), 1 - end, end - 1, wanted))
        out.push_back(in_json(decimal_text(units, field.type.scale)));
    return out;
}

values counted(const field_model& field, const counted_form& form, std::size_t wanted) {
    values out;
    for (const auto count : numbers(field.type, form.usual, form.lowest, form.highest, wanted, form.step))
        out.push_back(in_json(form.print(count)));
    return out;
}

values amounts(const field_model& field, std::size_t wanted) {
    constexpr auto limits = std::numeric_limits<std::int64_t>();
    const std::string currency = in_json(field.type.currency.empty() ? "USD" : field.type.currency);
    values out;
    for (const auto amount : numbers(field.type, 1999, limits.min(), limits.max(), wanted))
        out.push_back("{\"amount\":" + std::to_string(amount) + ",\"currency\":" + currency + "}");
    return out;
}

/// Fractions that are exact in binary, between the bounds.
values floats(const field_model& field, std::size_t wanted) {
    const double min = field.type.min ? field.type.min->number : -1000.0;
    const double max = field.type.max ? field.type.max->number : std::max(min, 0.0) + 1000.0;
    const double low = field.type.min ? min : std::min(max - 1000.0, 0.0);
    values out;
    for (std::size_t i = 1; out.size() < wanted && i <= wanted; ++i) {
        const std::string text = json_double(low + (max - low) * static_cast<double>(i) / 16.0);
        if (std::find(out.begin(), out.end(), text) == out.end()) out.push_back(text);
    }
    return out;
}

values enumerators(const field_model& field, std::size_t wanted) {
    values out;
    for (const enum_value_model& one : field.values) {
        if (out.size() < wanted) out.push_back(in_json(one.name));
    }
    return out;
}

/// What stands before the number, it, and what stands behind: dates, times, ids, addresses.
values numbered(const type_samples& form, std::size_t wanted) {
    values out;
    for (std::size_t i = 1; i <= wanted; ++i)
        out.push_back("\"" + std::string(form.before) + digits(i, form.digits) + std::string(form.behind) + "\"");
    return out;
}

values single_values(const field_model& field, std::size_t wanted) {
    const type_row& row = row_of(field.type.kind);
    if (row.is_text && (row.bounds == bound_form::length || !field.spec_pattern.empty())) return texts(field, wanted);
    switch (row.value) {
        case value_form::whole:
            return integers(field, wanted);
        case value_form::scaled:
            return decimals(field, wanted);
        case value_form::amount:
            return amounts(field, wanted);
        case value_form::number:
            return floats(field, wanted);
        case value_form::truth:
            return {std::string(row.samples.valid), std::string(row.samples.other)};
        case value_form::one_of:
            return enumerators(field, wanted);
        case value_form::counted:
            return counted(field, *row.counted, wanted);
        case value_form::text:
        case value_form::json:
        case value_form::none:
            break;
    }
    return numbered(row.samples, wanted);
}

}  // namespace

std::vector<std::string> test_values(const field_model& field, std::size_t wanted) {
    values out = single_values(field, wanted);
    if (field.type.kind == type_kind::json) {
        for (std::string& one : out) one = "{\"key\":" + one + "}";
    }
    if (!field.array) return out;
    if (field.max_items == 0) return {"[]"};
    for (std::string& one : out) one = "[" + one + "]";
    return out;
}

std::string wrong_type_json(const field_model& field) {
    if (field.array) return "{\"no_such_member\":true}";
    if (field.type.kind == type_kind::json) return "";
    return field.type.kind == type_kind::boolean ? "\"true\"" : "[true]";
}

}  // namespace tenon::gen
