// Reads one field: its short form, or the map form with its options.
#include <re2/re2.h>

#include "generator/read/parts.hpp"
#include "generator/read/type_parser.hpp"
#include "generator/support/pattern_text.hpp"
#include "generator/types/type_row.hpp"
#include "generator/types/type_sizes.hpp"
#include "generator/types/type_words.hpp"

namespace tenon::gen {

namespace {

constexpr std::size_t longest_pattern = 200;
constexpr std::size_t longest_message = 200;  // in code points
constexpr std::int64_t most_items = 1000;

constexpr choice<on_delete_rule> delete_rules[] = {{"restrict", on_delete_rule::restrict_},
                                                   {"cascade", on_delete_rule::cascade},
                                                   {"set_null", on_delete_rule::set_null}};

std::optional<literal> literal_of(reading& in, const yaml_node& node, const std::string& what) {
    if (node.shape == node_shape::list && node.items.empty()) return literal{"[]", false, node.at};
    if (node.shape == node_shape::map && node.items.empty()) return literal{"{}", false, node.at};
    if (node.shape == node_shape::scalar) return literal{node.text, !node.plain, node.at};
    expect_shape(in, node, node_shape::scalar, what);
    return std::nullopt;
}

/// Reads the options of the map form into one field.
class field_options {
  public:
    field_options(reading& in, map_reader& keys, field_spec& field, const std::string& what)
        : in_(in), keys_(keys), field_(field), what_(what) {}

    /// `inline_default` stood in the type itself. `typed`: the type was understood, so that options can be held against
    /// it.
    void read(const std::optional<literal>& inline_default, bool typed) {
        if (read_bool(in_, keys_.get("optional"), false, option("optional"))) make_optional(typed);
        read_bounds(typed);
        read_default(inline_default, typed);
        field_.unique = read_bool(in_, keys_.get("unique"), false, option("unique"));
        field_.immutable = read_bool(in_, keys_.get("immutable"), false, option("immutable"));
        read_pattern(typed);
        read_max_items(typed);
        read_on_delete(typed);
        read_tree(typed);
        if (const yaml_node* was = keys_.get("was")) read_was(*was);
        field_.description = read_prose(in_, keys_.get("description"), option("description"));
        if (const yaml_node* example = keys_.get("example")) read_example(*example, typed);
        if (typed && field_.type.kind == type_kind::has_many) refuse_column_options();
    }

  private:
    std::string option(std::string_view key) const { return "'" + std::string(key) + "' of " + what_; }

    void refuse_option(std::string_view key, const yaml_node& node, const std::string& hint) {
        in_.out.report(code::option_not_for_type, node.at,
                       option(key) + " means nothing for the type " + type_word(field_.type.kind) +
                           (field_.type.array ? "[]" : ""),
                       hint);
    }

    void make_optional(bool typed) {
        if (typed && field_.type.kind == type_kind::has_many)
            refuse_option("optional", *keys_.get("optional"), "it may be empty anyway");
        field_.type.optional = true;
    }

    void read_bounds(bool typed) {
        read_one_bound("min", field_.type.min, typed);
        read_one_bound("max", field_.type.max, typed);
        if (typed) check_bounds(in_, field_.type, what_);
    }

    void read_one_bound(std::string_view key, std::optional<bound>& target, bool typed) {
        const yaml_node* node = keys_.get(key);
        if (node == nullptr) return;
        const auto given = read_scalar(in_, *node, option(key));
        if (!given || !typed) return;
        if (target) {
            in_.out.report(code::bad_bounds, node->at, option(key) + " is already in its type", "say it once");
            return;
        }
        set_bound(in_, field_.type, target, {given->value, false, given->at}, what_);
    }

    void read_default(const std::optional<literal>& inline_default, bool typed) {
        const yaml_node* node = keys_.get("default");
        std::optional<literal> given = inline_default;
        if (node != nullptr && given) {
            in_.out.report(code::bad_default, node->at, what_ + " has two defaults", "say it once");
            return;
        }
        if (node != nullptr) given = literal_of(in_, *node, option("default"));
        if (given && typed) field_.initial = check_default(in_, field_.type, *given, what_);
    }

    void read_pattern(bool typed) {
        const yaml_node* node = keys_.get("pattern");
        if (node == nullptr) return;
        auto given =
            node->shape == node_shape::map ? read_told_pattern(*node) : read_scalar(in_, *node, option("pattern"));
        if (!given) return;
        if (typed && (!row_of(field_.type.kind).is_text || field_.type.array))
            return refuse_option("pattern", *node, "patterns are for text");
        if (given->value.size() > longest_pattern) {
            in_.out.report(code::bad_pattern, given->at,
                           option("pattern") + " is longer than " + std::to_string(longest_pattern) + " characters");
            return;
        }
        RE2::Options options;
        options.set_log_errors(false);
        const RE2 expression(given->value, options);
        if (!expression.ok()) {
            in_.out.report(code::bad_pattern, given->at,
                           option("pattern") + " is no regular expression: " + expression.error(),
                           "the syntax is RE2's: no look-around, no back-references");
            return;
        }
        field_.pattern = std::move(*given);
        check_against_pattern(expression);
        if (typed) check_lengths();
    }

    /// Nothing could be stored where no text that matches is as long as the type allows.
    void check_lengths() {
        const field_type& type = field_.type;
        if ((type.kind != type_kind::string && type.kind != type_kind::text) || in_.options.earlier) return;
        const std::int64_t min = type.min ? type.min->integer : 0, max = max_length_of(type);
        if (min > max) return;  // said above
        const auto nearest = length_beyond(field_.pattern->value, min, max);
        if (!nearest) return;
        const bool known = *nearest <= longest_measured;
        in_.out.report(code::bad_pattern, field_.pattern->at,
                       option("pattern") + " matches no text of " + std::to_string(min) + " to " + std::to_string(max) +
                           " characters",
                       "the nearest that it matches has " +
                           (known ? std::to_string(*nearest) : "more than " + std::to_string(longest_measured)) +
                           " characters; let the type allow that, or write another pattern");
    }

    /// {regex: "[A-Z]+", message: must be capitals}
    std::optional<name> read_told_pattern(const yaml_node& node) {
        map_reader keys(in_, node, "pattern", option("pattern"));
        std::optional<name> out;
        if (const yaml_node* regex = keys.need("regex", "regex: '[A-Z]+'"))
            out = read_scalar(in_, *regex, "'regex' of " + option("pattern"));
        if (const yaml_node* message = keys.need("message", "message: must be capitals")) {
            field_.pattern_message =
                read_line(in_, message, "'message' of " + option("pattern"),
                          "it stands behind the field's name in an error: must be a known airport", longest_message);
        }
        keys.finish();
        return out;
    }

    void check_against_pattern(const RE2& expression) {
        if (!field_.initial || field_.initial->kind != default_kind::string) return;
        if (RE2::FullMatch(field_.initial->text, expression)) return;
        in_.out.report(code::bad_default, field_.initial->at,
                       "the default of " + what_ + " does not match its own pattern",
                       "write one that matches " + quoted(expression.pattern()));
    }

    void read_max_items(bool typed) {
        const yaml_node* node = keys_.get("max_items");
        if (node == nullptr) return;
        const auto given = read_integer(in_, *node, 1, most_items, option("max_items"));
        if (typed && !field_.type.array) return refuse_option("max_items", *node, "it is for lists, such as string[]");
        if (given) field_.max_items = static_cast<int>(*given);
    }

    void read_on_delete(bool typed) {
        const yaml_node* node = keys_.get("on_delete");
        if (node == nullptr) return;
        const auto rule = read_choice<on_delete_rule>(in_, *node, delete_rules, option("on_delete"));
        if (!rule || !typed) return;
        if (field_.type.kind != type_kind::reference) return refuse_option("on_delete", *node, "it is for refs");
        field_.on_delete = *rule;
        field_.on_delete_at = node->at;
        if (*rule == on_delete_rule::set_null && !field_.type.optional)
            in_.out.report(code::bad_on_delete, node->at, what_ + " cannot be emptied, for it is required",
                           "add optional: true, or write on_delete: cascade");
    }

    /// Whether it leads to its own entity is looked at when all entities are known.
    void read_tree(bool typed) {
        const yaml_node* node = keys_.get("tree");
        if (!read_bool(in_, node, false, option("tree")) || !typed) return;
        if (field_.type.kind != type_kind::reference) return refuse_option("tree", *node, "it is for refs");
        field_.tree_at = node->at;
    }

    void read_was(const yaml_node& node) {
        auto given = read_scalar(in_, node, option("was"));
        if (!given || !check_name(in_, *given, name_style::snake, "field")) return;
        if (given->value == field_.field_name.value) {
            in_.out.report(code::name_clash, given->at, what_ + " was always named so",
                           "name what it was before, or take 'was' out");
            return;
        }
        field_.was = std::move(*given);
    }

    void read_example(const yaml_node& node, bool typed) {
        const auto given = literal_of(in_, node, option("example"));
        if (!given || given->text.empty() || !typed || field_.type.array) return;
        if (!check_default(in_, field_.type, *given, what_, "example")) return;
        field_.example = name{given->text, given->at};
        if (!field_.pattern || RE2::FullMatch(given->text, RE2(field_.pattern->value))) return;
        in_.out.report(code::bad_default, given->at, "the example of " + what_ + " does not match its own pattern",
                       "write one that matches " + quoted(field_.pattern->value));
    }

    void refuse_column_options() {
        for (const std::string_view key : {"unique", "immutable", "default", "example", "was"}) {
            if (const yaml_node* node = keys_.get(key)) refuse_option(key, *node, "a has_many has no column");
        }
    }

    reading& in_;
    map_reader& keys_;
    field_spec& field_;
    const std::string& what_;
};

/// Copies what the type said into the field.
void take_type(field_spec& field, const std::optional<parsed_type>& parsed) {
    if (parsed) field.type = parsed->type;
}

}  // namespace

std::optional<field_spec> read_field(reading& in, const std::string& entity, const name& field, const yaml_node& node) {
    field_spec out;
    out.field_name = field;
    out.at = {field.at.offset,
              std::max(field.at.length,
                       node.at.offset + node.at.length - std::min(field.at.offset, node.at.offset + node.at.length))};
    const std::string what = "field " + quoted(field.value) + " of " + entity;
    if (node.shape != node_shape::map) {
        const auto parsed = parse_type(in, node, what);
        if (!parsed) return std::nullopt;
        take_type(out, parsed);
        check_bounds(in, out.type, what);
        if (parsed->initial) out.initial = check_default(in, out.type, *parsed->initial, what);
        return out;
    }
    map_reader keys(in, node, "field", what);
    const yaml_node* type = keys.need("type", "type: string");
    const auto parsed = type == nullptr ? std::nullopt : parse_type(in, *type, what);
    take_type(out, parsed);
    field_options(in, keys, out, what).read(parsed ? parsed->initial : std::nullopt, parsed.has_value());
    keys.finish();
    if (!parsed) return std::nullopt;
    return out;
}

std::vector<parameter> read_parameters(reading& in, const yaml_node& node, const std::string& what) {
    std::vector<parameter> out;
    read_named(in, node, "parameter", what, [&](const name& key, const yaml_node& one) {
        const std::string where = quoted(key.value) + " in " + what;
        const auto parsed = parse_type(in, one, where);
        if (!parsed) return;
        check_bounds(in, parsed->type, where);
        if (parsed->type.kind == type_kind::has_many)
            in.out.report(code::option_not_for_type, one.at, where + " cannot be a has_many",
                          "write a ref or a scalar");
        if (parsed->initial)
            in.out.report(code::bad_default, parsed->initial->at, where + " cannot have a default",
                          "make it optional with '?'");
        out.push_back({key, parsed->type});
    });
    return out;
}

}  // namespace tenon::gen
