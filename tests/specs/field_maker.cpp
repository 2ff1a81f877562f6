// Types are made together with what depends on them: bounds, and values between them.
#include "field_maker.hpp"

#include <array>

#include "words.hpp"

namespace tenon::gen {
namespace {

/// A type before its suffixes, and values of it.
struct made_type {
    std::string word;               ///< "string"
    std::string bounds;             ///< "(1..9)"
    std::vector<spec_node> values;  ///< For defaults and examples; may be empty.
    std::string pattern = {};
};

std::string number(std::size_t n) {
    return std::to_string(n);
}

std::string range(const std::string& low, const std::string& high) {
    return low.empty() && high.empty() ? "" : "(" + low + ".." + high + ")";
}

/// The most bytes of a value: four for each character.
std::size_t bytes_of(const std::string& word, const std::string& bounds) {
    if (word == "email") return 254;
    if (word == "url") return 2048;
    if (word != "string") return 64;
    const auto dots = bounds.find("..");
    if (dots == std::string::npos) return 4 * 255;
    const std::string low = bounds.substr(1, dots - 1);
    const std::string high = bounds.substr(dots + 2, bounds.size() - dots - 3);
    if (!high.empty()) return 4 * std::stoul(high);
    return 4 * (low.empty() || std::stoul(low) <= 255 ? 255 : 10'000);
}

struct known_pattern {
    const char* expression;
    const char* value;
    const char* bounds;
};

/// Each with bounds that leave values.
constexpr auto patterns = std::to_array<known_pattern>({
    {"[a-z]+", "abc", ""},
    {"[a-z]+", "abcdefg", "(7..7)"},
    {"[a-z]+", "abcdefghijk", "(11..11)"},
    {"[a-z]+-[a-z]+", "abcd-efghi", "(10..10)"},
    {"[A-Z]{2,4}-[0-9]{1,6}", "AB-12", "(..20)"},
    {"[A-Z]{2,4}-[0-9]{1,6}", "ABCD-123456", "(11..)"},
    {"[a-z0-9]+(-[a-z0-9]+)*", "a-b-c", "(1..60)"},
    {"\\d+", "123", ""},
    {"[0-9]{3}", "123", "(1..9)"},
    {"[A-Z]+|x", "x", ""},
    {"\\w*", "w", ""},
    {"#[0-9a-f]{6}", "#00ff7f", ""},
    {"[^ ]+", "x!", "(..40)"},
    {"(draft|final)-[0-9]{2}", "final-07", ""},
    {"\\+[1-9][0-9]{6,14}", "+4930123456", ""},
    {"(?:ab)+c?", "ababc", ""},
    {"(?:ab)+c?", "ababababc", "(9..9)"},
    {".+", "anything at all", ""},
    {"[A-Z][a-z]*( [A-Z][a-z]*)?", "Ada Lovelace", "(2..80)"},
    {"[01]", "1", ""},
    {"a{2,5}", "aaa", ""},
    {"[\\w.+-]+/[\\w.+-]+", "text/plain", ""},
    {"\\S+\\s\\S+", "two words", ""},
    {"^v[0-9]+\\.[0-9]+$", "v1.2", ""},
    {"(?i)yes|no", "YES", ""},
    {"\\p{Lu}\\p{L}*", "Name", ""},
    {"[[:alpha:]]+", "letters", ""},
});

made_type make_string(dice& d) {
    if (d.one_in(4)) {
        const known_pattern& one = patterns[d.below(patterns.size())];
        return {"string", one.bounds, {spec_node::text(one.value)}, one.expression};
    }
    const std::size_t low = d.below(5) == 0 ? 1 + d.below(40) : d.below(3);
    const std::size_t high = low + (d.one_in(4) ? 0 : d.below(120)) + (low == 0 ? 1 : 0);
    const std::string sample(std::max<std::size_t>(low, std::min<std::size_t>(high, 3)), 'v');
    const std::vector<spec_node> values{spec_node::text(sample)};
    switch (d.below(6)) {
        case 0:
            return {"string", "", {spec_node::text("plain"), spec_node::text("")}};
        case 1:
            return {"string", range(number(low), ""), values};
        case 2:
            return {"string", range("", number(high)), values};
        case 3:
            return {"string", range("300", d.one_in(2) ? "" : "10000"), {}};
        default:
            return {"string", range(number(low), number(high)), values};
    }
}

made_type make_text(dice& d) {
    const std::vector<std::string> bounds{"", "(1..)", "(..5000)", "(1..1000000)", "(20..40)"};
    const std::string given = d.pick(bounds);
    if (given == "(20..40)") return {"text", given, {spec_node::text("between 20 and 40 letters")}};
    return {"text", given, {spec_node::text(d.pick(proses()))}};
}

made_type make_int(dice& d) {
    switch (d.below(6)) {
        case 0:
            return {"int", "", {spec_node::plain("0"), spec_node::plain("-7")}};
        case 1:
            return {"int", "(0..)", {spec_node::plain("0"), spec_node::plain("12")}};
        case 2:
            return {"int", "(..-1)", {spec_node::plain("-1")}};
        case 3:
            return {"int", "(-9223372036854775808..9223372036854775807)", {spec_node::plain("9223372036854775807")}};
        case 4:
            return {"int", "(5..5)", {spec_node::plain("5")}};
        default: {
            const std::size_t low = d.below(100);
            return {"int", range(number(low), number(low + d.below(20))), {spec_node::plain(number(low))}};
        }
    }
}

made_type make_float(dice& d) {
    const std::vector<std::string> bounds{"", "(0..1)", "(0.25..)", "(..-1.5)", "(-273.15..1000000)", "(0.5..0.5)"};
    const std::string given = d.pick(bounds);
    if (given == "(..-1.5)") return {"float", given, {spec_node::plain("-2.75")}};
    if (given.empty())
        return {"float", given, {spec_node::plain("1e300"), spec_node::plain("-0.1"), spec_node::plain("0")}};
    return {"float", given, {spec_node::plain("0.5")}};
}

made_type make_decimal(dice& d) {
    const std::size_t precision = 1 + d.below(18);
    const std::size_t scale = d.below(precision + 1);
    std::string digits = "(" + number(precision) + "," + number(scale) + ")";
    return {"decimal", digits, {spec_node::plain("0"), scale > 0 ? spec_node::plain("0.1") : spec_node::plain("-1")}};
}

made_type make_money(dice& d) {
    const std::vector<std::string> currencies{"USD", "EUR", "JPY", "KWD"};
    if (d.one_in(3)) return {"money", "", {spec_node::plain("0 USD"), spec_node::plain("-19.90 EUR")}};
    const std::string currency = d.pick(currencies);
    return {"money", "(" + currency + ")", {spec_node::plain("12 " + currency)}};
}

made_type make_time(dice& d) {
    const std::vector<std::string> bounds{"", "", "(08:00..18:00)", "(09:30..)", "(..12:00:00.5)", "(09:30..09:30)"};
    const std::string given = d.pick(bounds);
    if (given.empty())
        return {
            "time", given, {spec_node::plain("00:00"), spec_node::plain("23:59:59.999999"), spec_node::text("09:30")}};
    return {"time", given, {spec_node::plain("09:30"), spec_node::text("09:30:00.0")}};
}

made_type make_duration(dice& d) {
    const std::vector<std::string> bounds{"", "", "(1m..2h)", "(30m..)", "(..100000d)", "(PT0.5S..1w)", "(30m..30m)"};
    const std::string given = d.pick(bounds);
    if (given.empty()) return {"duration", given, {spec_node::plain("0s"), spec_node::text("PT2399999H59M59.999999S")}};
    return {"duration", given, {spec_node::plain("30m"), spec_node::text("PT30M")}};
}

made_type make_enum(dice& d) {
    std::vector<std::string> values;
    for (std::size_t i = 1 + d.below(d.one_in(5) ? 30 : 4); i > 0; --i) {
        const std::string value = d.one_in(9) ? "v" + number(i) : d.pick(small_words());
        bool known = false;
        for (const std::string& one : values) known = known || one == value;
        if (!known) values.push_back(value);
    }
    std::string list;
    for (const std::string& one : values) list += (list.empty() ? "" : ", ") + one;
    return {"enum", " [" + list + "]", {spec_node::text(values.front()), spec_node::text(values.back())}};
}

made_type make_type(dice& d) {
    switch (d.below(21)) {
        case 0:
        case 1:
        case 2:
            return make_string(d);
        case 3:
            return make_text(d);
        case 4:
        case 5:
            return make_int(d);
        case 6:
            return make_float(d);
        case 7:
            return {"bool", "", {spec_node::plain("true"), spec_node::plain("false")}};
        case 8:
            return {
                "date", "", {spec_node::plain("2024-02-29"), spec_node::plain("now"), spec_node::plain("0001-01-01")}};
        case 9:
            return {"datetime",
                    "",
                    {spec_node::plain("2026-01-31T10:00:00Z"), spec_node::plain("now"),
                     spec_node::plain("2026-01-31T10:00:00.5Z"), spec_node::plain("1969-12-31T23:59:59.000001Z")}};
        case 10:
            return {"uuid", "", {spec_node::plain("018f4f7e-7b1c-7c3a-9d2e-0a1b2c3d4e5f")}};
        case 11:
            if (d.one_in(4)) return {"email", "", {spec_node::plain("ada@acme.com")}, "[a-z.]+@acme\\.(com|org)"};
            return {"email", "", {spec_node::plain("ada@example.com")}};
        case 12:
            if (d.one_in(4))
                return {"url", "", {spec_node::plain("https://git.example.com/a/b")}, "https://git[.]example[.]com/.+"};
            return {"url", "", {spec_node::plain("https://example.com/x?y=1")}};
        case 13:
            return {"json",
                    "",
                    {spec_node::plain("{}"), spec_node::plain("[]"), spec_node::text("a \"text\""),
                     spec_node::plain("5"), spec_node::plain("true")}};
        case 14:
            return make_decimal(d);
        case 15:
            return make_money(d);
        case 16:
            return make_time(d);
        case 17:
            return make_duration(d);
        default:
            return make_enum(d);
    }
}

/// Rules that take more than a type to say: `min` and `max` instead of bounds in the type.
void add_options(made_field& field, const made_type& type, dice& d) {
    if (!type.pattern.empty()) {
        spec_node told;
        told.with("regex", spec_node::text(type.pattern)).with("message", spec_node::text(d.pick(prose_lines())));
        field.node.with("pattern", d.one_in(3) ? told : spec_node::text(type.pattern));
    }
    if (field.array && d.one_in(2))
        field.node.with("max_items", spec_node::plain(number(1 + d.below(d.one_in(3) ? 1000 : 5))));
    field.unique = field.can_be_unique() && d.one_in(4);
    if (field.unique) field.node.with("unique", spec_node::plain("true"));
    if (d.one_in(5)) field.node.with("immutable", spec_node::plain("true"));
    if (d.one_in(4)) field.node.with("description", spec_node::text(d.pick(proses())));
    if (!type.values.empty() && !field.array && d.one_in(3)) {
        const spec_node& one = d.pick(type.values);
        if (!one.value.empty()) field.node.with("example", one);
    }
}

}  // namespace

made_field make_value(const std::string& name, dice& d) {
    const made_type type = make_type(d);
    made_field out{name, type.word, "", false, d.one_in(3), false, {}, bytes_of(type.word, type.bounds)};
    out.array = type.word != "json" && type.word != "money" && type.pattern.empty() && d.one_in(6);
    std::string text = type.word + type.bounds + (out.array ? "[]" : "");
    const bool in_type = d.one_in(2);
    if (out.optional && in_type) text += "?";
    out.node.with("type", spec_node::text(text));
    if (out.optional && !in_type) out.node.with("optional", spec_node::plain("true"));
    if (out.array && d.one_in(3)) out.node.with("default", spec_node::list({}));
    if (!out.array && !type.values.empty() && d.one_in(3)) out.node.with("default", d.pick(type.values));
    add_options(out, type, d);
    if (out.node.entries.size() == 1) out.node = spec_node::text(text);
    return out;
}

made_field make_ref(const std::string& name, const std::string& target, bool may_be_required, dice& d) {
    made_field out{name, "ref", target, false, !may_be_required || d.one_in(2), false, {}};
    out.node.with("type", spec_node::text("ref " + target + (out.optional ? "?" : "")));
    std::vector<std::string> rules{"restrict", "cascade"};
    if (out.optional) rules.insert(rules.end(), {"set_null", "set_null"});
    if (!d.one_in(3)) out.node.with("on_delete", spec_node::text(d.pick(rules)));
    out.unique = d.one_in(6);
    if (out.unique) out.node.with("unique", spec_node::plain("true"));
    if (d.one_in(8)) out.node.with("immutable", spec_node::plain("true"));
    if (d.one_in(8)) out.node.with("description", spec_node::text(d.pick(proses())));
    if (out.node.entries.size() == 1) out.node = out.node.entries.front().child;
    return out;
}

}  // namespace tenon::gen
