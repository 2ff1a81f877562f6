// Examples of a field's value: one that is valid, another valid one, and one that a check refuses. As JSON texts.
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <limits>

#include "generator/resolve/parts.hpp"
#include "generator/support/literal.hpp"
#include "generator/support/pattern_text.hpp"
#include "generator/support/text.hpp"
#include "generator/types/type_row.hpp"
#include "generator/types/type_sizes.hpp"

namespace tenon::gen {

namespace {

/// Three JSON texts; empty ones do not exist.
struct example_set {
    std::string valid;
    std::string other;
    std::string invalid;
};

std::string json_text(std::string_view text) {
    return "\"" + json_escaped(text) + "\"";
}

/// `text` cut or filled up with 'x' to a length between the bounds. ASCII only.
std::string fitted(std::string text, std::int64_t min, std::int64_t max) {
    const auto size = static_cast<std::int64_t>(text.size());
    text.resize(static_cast<std::size_t>(std::clamp(size, min, std::max(min, max))), 'x');
    return text;
}

/// A text that breaks the length rule; nothing when only a very long one would.
std::string wrong_length(std::int64_t min, std::int64_t max) {
    constexpr std::int64_t longest_shown = 1000;
    if (min >= 1) return "\"\"";
    return max <= longest_shown ? json_text(std::string(static_cast<std::size_t>(max) + 1, 'x')) : std::string();
}

/// Snowmen: no pattern of practice lets them through, unless it takes (nearly) any character.
std::string against_pattern(std::string_view pattern, std::int64_t min, std::int64_t max) {
    for (const std::string_view open : {"[^", "\\S", "\\W", "\\D", "\\p", "\\P"}) {
        if (pattern.find(open) != std::string_view::npos) return wrong_length(min, max);
    }
    for (std::size_t at = pattern.find('.'); at != std::string_view::npos; at = pattern.find('.', at + 1)) {
        if (at == 0 || pattern[at - 1] != '\\') return wrong_length(min, max);
    }
    constexpr std::int64_t longest_shown = 300;
    std::string out;
    for (std::int64_t i = 0; i < std::clamp<std::int64_t>(min, 1, longest_shown); ++i) out += "\u2603";
    return json_text(out);
}

example_set text_examples(const field_spec& source, const field_model& field) {
    const std::int64_t min = source.type.min ? source.type.min->integer : 0;
    const std::int64_t max = max_length_of(source.type);
    example_set out;
    if (source.pattern) {
        const std::string& pattern = source.pattern->value;
        const auto first = matching_text(pattern, min, max, 0);
        if (first) out.valid = json_text(*first);
        for (int variant = 1; first && variant < 64 && out.other.empty(); ++variant) {
            const auto second = matching_text(pattern, min, max, variant);
            if (second && *second != *first) out.other = json_text(*second);
        }
        out.invalid = against_pattern(pattern, min, max);
    }
    if (out.valid.empty()) out.valid = json_text(fitted("Example " + field.name.lower_title, min, max));
    if (!source.pattern) {
        out.other = json_text(fitted("Another " + field.name.lower_title, min, max));
        out.invalid = wrong_length(min, max);
    }
    return out;
}

/// Two values in the bounds, near `wished`, and one outside of them.
struct number_set {
    std::int64_t valid = 0;
    std::optional<std::int64_t> other;
    std::optional<std::int64_t> invalid;
};

number_set numbers(const field_type& type, std::int64_t wished, std::int64_t lowest, std::int64_t highest,
                   std::int64_t step = 1) {
    const std::int64_t min = type.min ? std::max(lowest, type.min->integer) : lowest;
    const std::int64_t max = type.max ? std::min(highest, type.max->integer) : highest;
    number_set out;
    out.valid = std::clamp(wished, min, std::max(min, max));
    step = max / 2 - min / 2 < step ? 1 : step;
    if (max - out.valid >= step)
        out.other = out.valid + step;
    else if (out.valid > min)
        out.other = std::max(out.valid - step, min);
    if (type.min && min > lowest)
        out.invalid = min - 1;
    else if (type.max && max < highest)
        out.invalid = max + 1;
    return out;
}

template <class Print>
example_set printed(const number_set& set, Print print) {
    return {print(set.valid), set.other ? print(*set.other) : std::string(),
            set.invalid ? print(*set.invalid) : std::string()};
}

example_set integer_examples(const field_type& type) {
    constexpr auto limits = std::numeric_limits<std::int64_t>();
    return printed(numbers(type, 1, limits.min(), limits.max()), [](std::int64_t v) { return std::to_string(v); });
}

example_set decimal_examples(const field_type& type) {
    std::int64_t one = 1;
    for (int i = 0; i < type.scale; ++i) one *= 10;
    std::int64_t highest = 1;
    for (int i = 0; i < type.precision; ++i) highest *= 10;
    const number_set set = numbers(type, std::min(one + one / 2, highest - 1), 1 - highest, highest - 1);
    example_set out = printed(set, [&](std::int64_t units) { return json_text(decimal_text(units, type.scale)); });
    if (out.invalid.empty()) out.invalid = "\"not a number\"";
    return out;
}

example_set counted_examples(const field_type& type, const type_row& row) {
    const counted_form& form = *row.counted;
    example_set out = printed(numbers(type, form.usual, form.lowest, form.highest, form.step),
                              [&](std::int64_t count) { return json_text(form.print(count)); });
    if (out.invalid.empty()) out.invalid = row.samples.invalid;
    return out;
}

example_set money_examples(const field_type& type) {
    constexpr auto limits = std::numeric_limits<std::int64_t>();
    const std::string currency = json_text(type.currency.empty() ? "USD" : type.currency);
    example_set out = printed(numbers(type, 1999, limits.min(), limits.max()), [&](std::int64_t amount) {
        return "{\"amount\":" + std::to_string(amount) + ",\"currency\":" + currency + "}";
    });
    if (out.invalid.empty()) out.invalid = R"({"amount":1999,"currency":"dollars"})";
    return out;
}

example_set float_examples(const field_type& type) {
    const double lowest = type.min ? type.min->number : -std::numeric_limits<double>::max();
    const double highest = type.max ? type.max->number : std::numeric_limits<double>::max();
    const double valid = std::clamp(1.5, lowest, std::max(lowest, highest));
    double other = valid + 1 <= highest ? valid + 1 : valid - 1;
    if (other < lowest) other = (valid == lowest ? highest : lowest);
    example_set out{json_double(valid), other == valid ? std::string() : json_double(other), ""};
    if (type.min)
        out.invalid = json_double(lowest - std::max(1.0, std::abs(lowest)));
    else if (type.max)
        out.invalid = json_double(highest + std::max(1.0, std::abs(highest)));
    return out;
}

example_set enum_examples(const field_model& field) {
    example_set out;
    if (!field.values.empty()) out.valid = json_text(field.values.front().name);
    if (field.values.size() > 1) out.other = json_text(field.values[1].name);
    std::string wrong = "no_such_value";
    while (std::any_of(field.values.begin(), field.values.end(), [&](const auto& v) { return v.name == wrong; }))
        wrong += "_";
    out.invalid = json_text(wrong);
    return out;
}

/// Examples of one value of the type, ignoring that the field may be an array of them.
example_set element_examples(const field_spec& source, const field_model& field) {
    const type_row& row = row_of(source.type.kind);
    if (row.is_text && (row.bounds == bound_form::length || source.pattern)) return text_examples(source, field);
    switch (row.value) {
        case value_form::whole:
            return integer_examples(source.type);
        case value_form::number:
            return float_examples(source.type);
        case value_form::scaled:
            return decimal_examples(source.type);
        case value_form::amount:
            return money_examples(source.type);
        case value_form::one_of:
            return enum_examples(field);
        case value_form::counted:
            return counted_examples(source.type, row);
        case value_form::truth:
        case value_form::text:
        case value_form::json:
        case value_form::none:
            break;
    }
    return {std::string(row.samples.valid), std::string(row.samples.other), std::string(row.samples.invalid)};
}

/// A decimal as people write it ("12.5") with exactly `scale` decimals; nothing when it is none.
std::optional<std::string> with_decimals(std::string text, int scale) {
    const std::size_t digits = text.starts_with('-') ? 1 : 0;
    if (text.size() == digits || text.find_first_not_of("0123456789.", digits) != std::string::npos)
        return std::nullopt;
    std::size_t point = text.find('.');
    if (point == std::string::npos) text += '.', point = text.size() - 1;
    const std::size_t wanted = point + 1 + static_cast<std::size_t>(scale);
    if (point == digits || text.size() > wanted || text.find('.', point + 1) != std::string::npos) return std::nullopt;
    text.resize(wanted, '0');
    return scale == 0 ? text.substr(0, point) : text;
}

/// A number, true or false, or any JSON, as the type wants it.
std::optional<std::string> json_of_kind(const std::string& text, type_kind kind) {
    boost::system::error_code failed;
    const boost::json::value parsed = boost::json::parse(text, failed);
    if (failed) return kind == type_kind::json ? std::optional<std::string>(json_text(text)) : std::nullopt;
    const bool fits = kind == type_kind::json || (kind == type_kind::integer && parsed.is_int64()) ||
                      (kind == type_kind::floating && parsed.is_number()) ||
                      (kind == type_kind::boolean && parsed.is_bool());
    return fits ? std::optional<std::string>(boost::json::serialize(parsed)) : std::nullopt;
}

/// The spec's own example as the JSON that services answer; nothing when there is none, or for lists and money.
std::optional<std::string> given_example(const field_spec& source) {
    if (!source.example || source.type.array) return std::nullopt;
    const std::string& text = source.example->value;
    std::optional<std::string> plain = text;
    if (const counted_form* form = row_of(source.type.kind).counted) {
        const auto count = form->count(text);
        return count ? std::optional<std::string>(json_text(form->print(*count))) : std::nullopt;
    }
    switch (source.type.kind) {
        case type_kind::integer:
        case type_kind::floating:
        case type_kind::boolean:
        case type_kind::json:
            return json_of_kind(text, source.type.kind);
        case type_kind::money:
            return std::nullopt;
        case type_kind::decimal:
            plain = with_decimals(text, source.type.scale);
            break;
        case type_kind::datetime:
            plain = with_micros(text);
            break;
        default:
            if (row_of(source.type.kind).takes_now && text == "now") plain.reset();
            break;
    }
    return plain ? std::optional<std::string>(json_text(*plain)) : std::nullopt;
}

example_set in_array(const example_set& one, const field_model& field) {
    example_set out;
    const int most = field.max_items.value_or(default_items_max);
    out.valid = most > 0 ? "[" + one.valid + "]" : "[]";
    out.other = most > 0 && !one.other.empty() ? "[" + one.other + "]" : (most > 0 ? "[]" : "");
    constexpr int few = 20;
    if (!one.invalid.empty()) {
        out.invalid = "[" + one.invalid + "]";
    } else if (most <= few) {
        out.invalid = "[" + one.valid;
        for (int i = 0; i < most; ++i) out.invalid += "," + one.valid;
        out.invalid += "]";
    }
    return out;
}

}  // namespace

std::optional<std::string> with_micros(const std::string& text) {
    constexpr std::size_t to_seconds = 19;
    if (text.size() <= to_seconds || text.back() != 'Z') return std::nullopt;
    std::string out = text.substr(0, text.size() - 1);
    if (out.size() == to_seconds) out += '.';
    if (out.size() > to_seconds + 7) return std::nullopt;
    out.resize(to_seconds + 7, '0');
    return out + 'Z';
}

void make_examples(const field_spec& source, field_model& field) {
    example_set made = element_examples(source, field);
    if (field.array) made = in_array(made, field);
    const auto given = given_example(source);
    field.example_json = given.value_or(made.valid);
    field.other_example_json = field.example_json == made.other ? made.valid : made.other;
    field.invalid_json = made.invalid;
}

}  // namespace tenon::gen
