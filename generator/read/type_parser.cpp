// Parses types by recursive descent over one scalar. Every part keeps its place in the source.
#include "generator/read/type_parser.hpp"

#include <algorithm>
#include <charconv>

#include <tenon/core/currency_codes.hpp>

#include "generator/read/values.hpp"
#include "generator/support/naming.hpp"
#include "generator/types/type_row.hpp"
#include "generator/types/type_words.hpp"

namespace tenon::gen {

namespace {

constexpr std::string_view word_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
constexpr std::size_t most_enum_values = 100;
constexpr std::size_t longest_type = 10'000;

/// A stretch of the scalar: `begin` counts bytes of its text.
struct token {
    std::string_view text;
    std::size_t begin = 0;
};

class type_parser {
  public:
    type_parser(reading& in, const yaml_node& node, const std::string& what)
        : in_(in), node_(node), text_(node.text), what_(what) {}

    std::optional<parsed_type> parse() {
        parsed_type out;
        out.type.at = node_.at;
        skip_spaces();
        if (!parse_base(out.type) || !parse_suffixes(out.type) || !parse_initial(out)) return std::nullopt;
        return out;
    }

  private:
    source_range place(std::size_t begin, std::size_t length) const {
        return node_.part(begin, std::max<std::size_t>(length, 1));
    }
    source_range place(const token& of) const { return place(of.begin, of.text.size()); }

    bool fail(code id, source_range at, std::string message, std::string hint) {
        in_.out.report(id, at, std::move(message), std::move(hint));
        return false;
    }

    void skip_spaces() {
        while (at_ < text_.size() && std::string_view(" \t\n").find(text_[at_]) != std::string_view::npos) ++at_;
    }
    bool take(char expected) {
        skip_spaces();
        if (at_ >= text_.size() || text_[at_] != expected) return false;
        ++at_;
        return true;
    }
    token take_word() {
        skip_spaces();
        const std::size_t begin = at_;
        at_ = std::min(text_.find_first_not_of(word_characters, at_), text_.size());
        return {text_.substr(begin, at_ - begin), begin};
    }
    /// Everything up to a character (not taken), trimmed.
    token take_until(std::string_view ends) {
        skip_spaces();
        const std::size_t begin = at_;
        at_ = std::min(text_.find_first_of(ends, at_), text_.size());
        return {trimmed(text_.substr(begin, at_ - begin)), begin};
    }
    token rest() {
        skip_spaces();
        return {text_.substr(at_), at_};
    }

    bool parse_base(field_type& type) {
        const token word = take_word();
        const auto kind = type_of_word(word.text);
        if (!kind) return unknown_type(word);
        type.kind = *kind;
        switch (*kind) {
            case type_kind::enumeration:
                return parse_enum(type);
            case type_kind::reference:
                return parse_target(type, "ref User");
            case type_kind::has_many:
                return parse_target(type, "has_many Task") && parse_via(type);
            case type_kind::decimal:
                return parse_decimal(type, word);
            case type_kind::money:
                return parse_currency(type);
            default:
                return parse_range(type);
        }
    }

    bool unknown_type(const token& word) {
        if (word.text.empty())
            return fail(code::type_syntax, place(rest()), what_ + " needs a type, not " + quoted(text_),
                        "write one such as string(1..120), int or ref User");
        std::string hint(foreign_type(word.text));
        if (hint.empty()) hint = nearest(word.text, type_words());
        const bool capital = word.text.front() >= 'A' && word.text.front() <= 'Z';
        if (hint.empty() && capital) hint = "ref " + std::string(word.text);
        return fail(code::unknown_type, place(word), what_ + " has an unknown type " + quoted(word.text),
                    hint.empty() ? "possible are " + listed(type_words()) : "did you mean " + quoted(hint) + "?");
    }

    bool parse_enum(field_type& type) {
        skip_spaces();
        if (!take('['))
            return fail(code::bad_enum, place(at_, 1), what_ + " needs its enum's values", "write enum [draft, done]");
        const std::size_t open = at_ - 1;
        bool good = true;
        while (!take(']')) {
            const token value = take_until(",]");
            if (at_ >= text_.size())
                return fail(code::type_syntax, place(open, 1), "the '[' of " + what_ + " is never closed",
                            "write enum [draft, done]");
            if (type.values.size() <= most_enum_values) good = add_enum_value(type, value) && good;
            take(',');
        }
        if (type.values.empty() && good)
            return fail(code::bad_enum, place(open, at_ - open), "the enum of " + what_ + " has no values",
                        "write enum [draft, done]");
        if (type.values.size() > most_enum_values)
            return fail(code::bad_enum, place(open, at_ - open),
                        "the enum of " + what_ + " has more than " + std::to_string(most_enum_values) + " values",
                        "an entity of its own may fit better");
        return good && check_former_values(type);
    }

    /// `done (was closed)`: takes the former name off the value, if it has one.
    bool take_former_value(token& value, std::optional<name>& was) {
        const std::size_t open = value.text.find('(');
        if (open == std::string_view::npos) return true;
        const std::string_view behind = value.text.substr(open);
        constexpr std::string_view lead = "(was ";
        const bool closed = behind.starts_with(lead) && behind.ends_with(')');
        const std::string_view former =
            closed ? trimmed(behind.substr(lead.size(), behind.size() - lead.size() - 1)) : std::string_view();
        const token at{behind, value.begin + open};
        if (former.empty() || former.size() > longest_name || snake_case(former) != former || !is_identifier(former))
            return fail(code::bad_enum, place(at), quoted(behind) + " is not expected behind an enum value",
                        "the name that a value had before is written done (was closed)");
        was = name{std::string(former), place(at)};
        value.text = trimmed(value.text.substr(0, open));
        return true;
    }

    /// No value can have been one that is still there, nor two the same.
    bool check_former_values(const field_type& type) {
        bool good = true;
        for (std::size_t i = 0; i < type.renamed.size(); ++i) {
            const name& was = type.renamed[i].was;
            const bool there = std::any_of(type.values.begin(), type.values.end(),
                                           [&](const name& one) { return one.value == was.value; });
            const auto before = type.renamed.begin() + static_cast<std::ptrdiff_t>(i);
            const bool twice = std::any_of(type.renamed.begin(), before,
                                           [&](const renamed_value& one) { return one.was.value == was.value; });
            if (there)
                good = fail(code::bad_enum, was.at, "the enum value " + quoted(was.value) + " is still in " + what_,
                            "take the '(was …)' out, or the value of that name");
            else if (twice)
                good = fail(code::bad_enum, was.at,
                            "the enum value " + quoted(was.value) + " of before stands twice in " + what_,
                            "rows can become only one of the two");
        }
        return good;
    }

    bool add_enum_value(field_type& type, token value) {
        std::optional<name> was;
        if (!take_former_value(value, was)) return false;
        const name given{std::string(value.text), place(value)};
        const std::string proper = proper_name(given.value, name_style::snake);
        if (given.value.empty())
            return fail(code::bad_enum, given.at, "an enum value of " + what_ + " is empty", "take the ',' out");
        if (given.value.size() > longest_name || snake_case(given.value) != given.value || !is_identifier(given.value))
            return fail(code::bad_enum, given.at, "enum values are written in snake_case, not " + quoted(given.value),
                        proper.empty() ? "letters a to z, digits and '_', a letter first" : "write " + quoted(proper));
        const bool repeated = std::any_of(type.values.begin(), type.values.end(),
                                          [&](const name& one) { return one.value == given.value; });
        if (repeated)
            return fail(code::bad_enum, given.at, "the enum value " + quoted(given.value) + " stands twice in " + what_,
                        "take one out");
        if (was) type.renamed.push_back({type.values.size(), std::move(*was)});
        type.values.push_back(given);
        return true;
    }

    bool parse_target(field_type& type, const std::string& example) {
        const token target = take_word();
        if (target.text.empty())
            return fail(code::type_syntax, place(rest()), what_ + " names no entity", "write " + example);
        type.target = {std::string(target.text), place(target)};
        return true;
    }

    bool parse_via(field_type& type) {
        skip_spaces();
        if (!text_.substr(at_).starts_with("via")) return true;
        take_word();
        const token via = take_word();
        if (via.text.empty())
            return fail(code::type_syntax, place(rest()), "'via' of " + what_ + " names no field",
                        "write has_many Task via project");
        type.via = name{std::string(via.text), place(via)};
        return true;
    }

    /// The bytes between parentheses; nothing when there are none. False through `good` when they are not closed.
    std::optional<token> take_arguments(bool& good) {
        skip_spaces();
        const std::size_t open = at_;
        if (!take('(')) return std::nullopt;
        const token inside = take_until(")");
        if (take(')')) return inside;
        good =
            fail(code::type_syntax, place(open, 1), "the '(' of " + what_ + " is never closed", "write string(1..120)");
        return std::nullopt;
    }

    std::optional<int> digits_of(const token& of, int lowest, int highest) {
        int value = -1;
        const auto [end, error] = std::from_chars(of.text.data(), of.text.data() + of.text.size(), value);
        if (error != std::errc{} || end != of.text.data() + of.text.size() || value < lowest || value > highest)
            return std::nullopt;
        return value;
    }

    bool parse_decimal(field_type& type, const token& word) {
        bool good = true;
        const auto arguments = take_arguments(good);
        if (!good) return false;
        if (!arguments)
            return fail(code::type_syntax, place(word), what_ + " needs the digits of its decimal",
                        "write decimal(12,2): 12 digits, 2 of them after the point");
        const std::size_t comma = arguments->text.find(',');
        if (comma == std::string_view::npos)
            return fail(code::type_syntax, place(*arguments), what_ + " needs two numbers for its decimal",
                        "write decimal(" + std::string(arguments->text) + ",2)");
        const auto precision = digits_of({trimmed(arguments->text.substr(0, comma)), 0}, 1, most_digits);
        if (!precision)
            return fail(code::bad_bounds, place(*arguments),
                        "a decimal has 1 to " + std::to_string(most_digits) + " digits", "write decimal(12,2)");
        const auto scale = digits_of({trimmed(arguments->text.substr(comma + 1)), 0}, 0, *precision);
        if (!scale)
            return fail(code::bad_bounds, place(*arguments),
                        "a decimal has 0 to " + std::to_string(*precision) + " digits after the point",
                        "write decimal(12,2)");
        type.precision = *precision;
        type.scale = *scale;
        return true;
    }

    bool parse_currency(field_type& type) {
        bool good = true;
        const auto currency = take_arguments(good);
        if (!currency) return good;
        if (!currency_places(currency->text))
            return fail(code::bad_value, place(*currency), quoted(currency->text) + " is no currency",
                        "write a code of ISO 4217, such as money(USD)");
        type.currency = std::string(currency->text);
        return true;
    }

    bool parse_range(field_type& type) {
        bool good = true;
        const auto range = take_arguments(good);
        if (!range) return good;
        const std::size_t dots = range->text.find("..");
        const std::string number(range->text);
        if (dots == std::string_view::npos)
            return fail(code::type_syntax, place(*range), "the bounds of " + what_ + " are written with '..'",
                        "write " + type_word(type.kind) + "(.." + number + ") for at most " + number + ", or (" +
                            number + ".." + number + ") for exactly " + number);
        const token low{trimmed(range->text.substr(0, dots)), range->begin};
        const token high{trimmed(range->text.substr(dots + 2)), range->begin + dots + 2};
        if (low.text.empty() && high.text.empty())
            return fail(code::bad_bounds, place(*range), "the bounds of " + what_ + " say nothing",
                        "write string(1..120)");
        return add_bound(type, type.min, low) && add_bound(type, type.max, high);
    }

    bool add_bound(field_type& type, std::optional<bound>& target, const token& given) {
        if (given.text.empty()) return true;
        return set_bound(in_, type, target, {std::string(given.text), false, place(given)}, what_);
    }

    bool parse_suffixes(field_type& type) {
        for (;;) {
            skip_spaces();
            const std::size_t begin = at_;
            if (take('?')) {
                if (type.optional)
                    return fail(code::type_syntax, place(begin, 1), "'?' stands twice in " + what_, "take one out");
                type.optional = true;
            } else if (take('[')) {
                if (!take(']'))
                    return fail(code::type_syntax, place(begin, 1), "a list is written with '[]'", "write string[]");
                if (!add_array(type, begin)) return false;
            } else {
                return check_optional(type, begin);
            }
        }
    }

    bool add_array(field_type& type, std::size_t begin) {
        const source_range at = place(begin, 2);
        if (!row_of(type.kind).has_lists)
            return fail(code::option_not_for_type, at, "there are no lists of " + type_word(type.kind),
                        type.kind == type_kind::reference
                            ? "write " + quoted("has_many " + type.target.value) + " and a ref on the other side"
                            : "take the '[]' out");
        if (type.array)
            return fail(code::type_syntax, at, "there are no lists of lists", "take one '[]' out, or use json");
        if (type.optional)
            return fail(code::type_syntax, at, "the items of a list cannot be optional",
                        "write " + quoted(type_word(type.kind) + "[]?") + " for an optional list");
        type.array = true;
        return true;
    }

    bool check_optional(const field_type& type, std::size_t at) {
        if (!type.optional || type.kind != type_kind::has_many) return true;
        return fail(code::option_not_for_type, place(at == 0 ? 0 : at - 1, 1), "a has_many cannot be optional",
                    "take the '?' out: it may be empty anyway");
    }

    bool parse_initial(parsed_type& out) {
        const token left = rest();
        if (left.text.empty()) return true;
        if (!take('='))
            return fail(code::type_syntax, place(left), quoted(left.text) + " is not expected in " + what_,
                        left.text.starts_with('(') ? "bounds stand right behind the type"
                                                   : "possible are '[]', '?' and '= default', in this order");
        token value = rest();
        value.text = trimmed(value.text);
        if (value.text.empty())
            return fail(code::type_syntax, place(left), "nothing stands behind the '=' of " + what_,
                        "write the default, or take the '=' out");
        literal given{std::string(value.text), false, place(value)};
        const char first = given.text.front();
        if ((first == '"' || first == '\'') && given.text.size() >= 2 && given.text.back() == first) {
            given.text = given.text.substr(1, given.text.size() - 2);
            given.quoted = true;
        }
        out.initial = std::move(given);
        return true;
    }

    reading& in_;
    const yaml_node& node_;
    std::string_view text_;
    const std::string& what_;
    std::size_t at_ = 0;
};

}  // namespace

std::optional<parsed_type> parse_type(reading& in, const yaml_node& node, const std::string& what) {
    if (!read_scalar(in, node, "the type of " + what)) return std::nullopt;
    if (node.text.size() > longest_type) {
        in.out.report(code::type_syntax, node.at, "the type of " + what + " is longer than 10,000 characters");
        return std::nullopt;
    }
    return type_parser(in, node, what).parse();
}

}  // namespace tenon::gen
