// JSON Schemas of fields, as lines of YAML: written in place, or named where several places have the same.
#include "generator/render/openapi_schema.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "generator/support/literal.hpp"
#include "generator/support/naming.hpp"
#include "generator/support/pattern_text.hpp"
#include "generator/support/text.hpp"
#include "generator/types/type_row.hpp"

namespace tenon::gen {

std::string json_text(std::string_view text) {
    return "\"" + json_escaped(text) + "\"";
}

std::string yaml_key(const std::string& name) {
    constexpr std::array<std::string_view, 9> words{"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
    return std::find(words.begin(), words.end(), snake_case(name)) == words.end() ? name : json_text(name);
}

view::list views(const yaml_lines& all) {
    view::list out;
    for (const std::string& line : all) out.emplace_back(line);
    return out;
}

namespace {

std::string type_line(std::string_view type, bool nullable) {
    return nullable ? "type: [" + std::string(type) + ", \"null\"]" : "type: " + std::string(type);
}

}  // namespace

std::string decimal_pattern(int precision, int scale) {
    std::string out = "^-?[0-9]{1," + std::to_string(std::max(1, precision - scale)) + "}";
    if (scale > 0) out += "(\\.[0-9]{1," + std::to_string(scale) + "})?";
    return out + "$";
}

std::vector<std::string> names_of(const field_model& field) {
    std::vector<std::string> out;
    for (const enum_value_model& value : field.values) out.push_back(value.name);
    return out;
}

std::string enum_line(const std::vector<std::string>& names, bool nullable) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + json_text(name);
    return "enum: [" + out + (nullable ? ", null]" : "]");
}

namespace {

void add_text_bounds(const field_model& field, yaml_lines& out) {
    const field_type& type = field.type;
    const type_row& row = row_of(type.kind);
    if (row.schema_length > 0) out.push_back("maxLength: " + std::to_string(row.schema_length));
    if (row.bounds == bound_form::length && type.min && type.min->integer > 0)
        out.push_back("minLength: " + std::to_string(type.min->integer));
    if (field.max_length) out.push_back("maxLength: " + std::to_string(*field.max_length));
    if (!field.spec_pattern.empty()) out.push_back("pattern: " + json_text("^(?:" + field.spec_pattern + ")$"));
}

/// Integers always have bounds, so that clients know whether their numbers hold them.
void add_number_bounds(const field_type& type, yaml_lines& out) {
    using whole = std::numeric_limits<std::int64_t>;
    const bool integer = type.kind == type_kind::integer;
    const bool money = type.kind == type_kind::money;
    const auto number = [&](const bound& one) {
        return type.kind == type_kind::floating ? json_double(one.number) : std::to_string(one.integer);
    };
    const std::int64_t lowest = money ? -largest_amount : whole::min();
    const std::int64_t highest = money ? largest_amount : whole::max();
    if (type.min || integer || money)
        out.push_back("minimum: " + (type.min ? number(*type.min) : std::to_string(lowest)));
    if (type.max || integer || money)
        out.push_back("maximum: " + (type.max ? number(*type.max) : std::to_string(highest)));
}

void add_money(const field_type& type, yaml_lines& out) {
    out.push_back("required: [amount, currency]");
    out.push_back("additionalProperties: false");
    out.push_back("properties:");
    out.push_back("  amount:");
    out.push_back("    type: integer");
    out.push_back("    format: int64");
    out.push_back("    description: In the currency's minor unit, such as cents.");
    yaml_lines bounds;
    add_number_bounds(type, bounds);
    for (const std::string& line : bounds) out.push_back("    " + line);
    out.push_back("  currency:");
    out.push_back("    type: string");
    if (type.currency.empty())
        out.push_back("    pattern: \"^[A-Z]{3}$\"");
    else
        out.push_back("    const: " + json_text(type.currency));
    out.push_back("    description: An ISO 4217 code.");
}

std::string reference_line(const std::string& schema) {
    return "$ref: '#/components/schemas/" + schema + "'";
}

/// One value of the field's type; arrays are made of these.
yaml_lines element_lines(const field_model& field, bool nullable) {
    yaml_lines out;
    if (!field.schema.empty()) {
        if (!nullable) return {reference_line(field.schema)};
        return {"anyOf:", "  - " + reference_line(field.schema), "  - type: \"null\""};
    }
    const field_type& type = field.type;
    const type_row& row = row_of(type.kind);
    const std::string_view word = row.schema_type;
    if (!word.empty()) out.push_back(type_line(word, nullable));
    if (!row.schema_format.empty()) out.push_back("format: " + std::string(row.schema_format));
    if (word == "string") add_text_bounds(field, out);
    if (word == "integer" || word == "number") add_number_bounds(type, out);
    if (type.kind == type_kind::decimal)
        out.push_back("pattern: " + json_text(decimal_pattern(type.precision, type.scale)));
    if (row.counted != nullptr) out.push_back("pattern: " + json_text(row.counted->pattern));
    return out;
}

yaml_lines value_lines(const field_model& field) {
    if (!field.array) return element_lines(field, field.optional);
    yaml_lines out{type_line("array", field.optional)};
    if (field.max_items) out.push_back("maxItems: " + std::to_string(*field.max_items));
    yaml_lines items = element_lines(field, false);
    if (items.empty()) items.push_back("description: Any JSON value.");
    out.push_back("items:");
    for (const std::string& line : items) out.push_back("  " + line);
    return out;
}

bool ends_sentence(const std::string& text) {
    return std::string_view(".!?").find(text.back()) != std::string_view::npos;
}

/// The spec's description, what the type alone does not show, and what the field refers to.
std::string description_of(const model& product, const field_model& field) {
    std::string out = field.description;
    const auto add = [&](const std::string& sentence) {
        if (!out.empty()) out += ends_sentence(out) ? " " : ". ";
        out += sentence;
    };
    if (field.to_user) add("The id of a member of the " + product.tenant.name.lower_title + ".");
    if (field.target) {
        const names& target = product.entities[*field.target].name;
        add("The id of " + target.article + " " + target.lower_title + ".");
    }
    if (field.type.kind == type_kind::json && out.empty()) add("Any JSON value.");
    if (field.type.kind == type_kind::decimal || row_of(field.type.kind).counted != nullptr) {
        for (const check_model& check : field.checks) {
            if (check.call != "count" && !check.sentence.empty()) add("Allowed: " + check.sentence + ".");
        }
    }
    if (field.immutable) add("Given at creation, never changed.");
    return out;
}

yaml_lines lines_of(const model& product, const field_model& field, const std::string& more) {
    yaml_lines out = value_lines(field);
    std::string description = description_of(product, field);
    if (!more.empty()) description += (description.empty() ? "" : ends_sentence(description) ? " " : ". ") + more;
    if (!description.empty()) out.push_back("description: " + json_text(description));
    if (!field.example_json.empty()) out.push_back("examples: [" + field.example_json + "]");
    return out;
}

}  // namespace

yaml_lines schema_lines(const model& product, const field_model& field) {
    return lines_of(product, field, {});
}

yaml_lines new_schema_lines(const model& product, const field_model& field) {
    if (field.initial && field.initial->kind == default_kind::now) {
        const std::string what(row_of(field.type.kind).now_words);
        yaml_lines out = lines_of(product, field, "Default: `now`, " + what + ".");
        out.push_back("x-default: now");
        return out;
    }
    if (field.default_json.empty()) return lines_of(product, field, {});
    yaml_lines out = lines_of(product, field, "Default: `" + field.default_json + "`.");
    out.push_back("x-default: " + field.default_json);
    return out;
}

yaml_lines named_schema_lines(const entity_model& entity, const field_model& field) {
    yaml_lines out;
    if (field.type.kind == type_kind::money) {
        out.push_back("type: object");
        add_money(field.type, out);
    } else {
        out.push_back("type: string");
        out.push_back(enum_line(names_of(field), false));
    }
    out.push_back("description: " + json_text("What `" + field.member + "` of " + entity.name.article + " " +
                                              entity.name.lower_title + " can be."));
    return out;
}

}  // namespace tenon::gen
