// JSON Schemas of fields as lines of YAML, and sentences about who may do what.
#include "generator/render/openapi_view.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "generator/render/field_view.hpp"
#include "generator/support/literal.hpp"
#include "generator/support/naming.hpp"
#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

using lines = std::vector<std::string>;

std::string json_text(std::string_view text) {
    return "\"" + json_escaped(text) + "\"";
}

/// A name as a YAML key or value: in quotes when YAML 1.1 would take it for a boolean or nothing, in whatever case.
std::string yaml_key(const std::string& name) {
    constexpr std::array<std::string_view, 9> words{"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
    return std::find(words.begin(), words.end(), snake_case(name)) == words.end() ? name : json_text(name);
}

view::list views(const lines& all) {
    view::list out;
    for (const std::string& line : all) out.emplace_back(line);
    return out;
}

/// What JSON Schema calls the kind; empty for any value.
std::string_view schema_type(type_kind kind) {
    switch (kind) {
        case type_kind::integer:
            return "integer";
        case type_kind::floating:
            return "number";
        case type_kind::boolean:
            return "boolean";
        case type_kind::money:
            return "object";
        case type_kind::json:
            return "";
        default:
            return "string";
    }
}

std::string_view format_of(type_kind kind) {
    switch (kind) {
        case type_kind::integer:
            return "int64";
        case type_kind::floating:
            return "double";
        case type_kind::date:
            return "date";
        case type_kind::datetime:
            return "date-time";
        case type_kind::uuid:
        case type_kind::reference:
            return "uuid";
        case type_kind::email:
            return "email";
        case type_kind::url:
            return "uri";
        default:
            return "";
    }
}

std::string type_line(std::string_view type, bool nullable) {
    return nullable ? "type: [" + std::string(type) + ", \"null\"]" : "type: " + std::string(type);
}

/// Digits in front of the point, then as many behind it as the column keeps.
std::string decimal_pattern(int precision, int scale) {
    std::string out = "^-?[0-9]{1," + std::to_string(std::max(1, precision - scale)) + "}";
    if (scale > 0) out += "(\\.[0-9]{1," + std::to_string(scale) + "})?";
    return out + "$";
}

void add_text_bounds(const field_model& field, lines& out) {
    const field_type& type = field.type;
    if (type.kind == type_kind::email) out.push_back("maxLength: 254");
    if (type.kind == type_kind::url) out.push_back("maxLength: 2048");
    if (type.min && type.min->integer > 0) out.push_back("minLength: " + std::to_string(type.min->integer));
    if (field.max_length) out.push_back("maxLength: " + std::to_string(*field.max_length));
    if (!field.spec_pattern.empty()) out.push_back("pattern: " + json_text("^(?:" + field.spec_pattern + ")$"));
}

void add_number_bounds(const field_type& type, lines& out) {
    const auto number = [&](const bound& one) {
        return type.kind == type_kind::floating ? json_double(one.number) : std::to_string(one.integer);
    };
    if (type.min) out.push_back("minimum: " + number(*type.min));
    if (type.max) out.push_back("maximum: " + number(*type.max));
}

void add_money(const field_type& type, lines& out) {
    out.push_back("required: [amount, currency]");
    out.push_back("additionalProperties: false");
    out.push_back("properties:");
    out.push_back("  amount:");
    out.push_back("    type: integer");
    out.push_back("    format: int64");
    out.push_back("    description: In the currency's minor unit, such as cents.");
    lines bounds;
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

std::string enum_line(const std::vector<std::string>& names, bool nullable) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + json_text(name);
    return "enum: [" + out + (nullable ? ", null]" : "]");
}

std::vector<std::string> names_of(const field_model& field) {
    std::vector<std::string> out;
    for (const enum_value_model& value : field.values) out.push_back(value.name);
    return out;
}

/// One value of the field's type; arrays are made of these.
lines element_lines(const field_model& field, bool nullable) {
    lines out;
    const field_type& type = field.type;
    const std::string_view word = schema_type(type.kind);
    if (!word.empty()) out.push_back(type_line(word, nullable));
    const std::string_view format = format_of(type.kind);
    if (!format.empty()) out.push_back("format: " + std::string(format));
    if (word == "string") add_text_bounds(field, out);
    if (word == "integer" || word == "number") add_number_bounds(type, out);
    if (type.kind == type_kind::money) add_money(type, out);
    if (type.kind == type_kind::decimal)
        out.push_back("pattern: " + json_text(decimal_pattern(type.precision, type.scale)));
    if (type.kind == type_kind::enumeration) out.push_back(enum_line(names_of(field), nullable));
    return out;
}

lines value_lines(const field_model& field) {
    if (!field.array) return element_lines(field, field.optional);
    lines out{type_line("array", field.optional)};
    if (field.max_items) out.push_back("maxItems: " + std::to_string(*field.max_items));
    lines items = element_lines(field, false);
    if (items.empty()) items.push_back("description: Any JSON value.");
    out.push_back("items:");
    for (const std::string& line : items) out.push_back("  " + line);
    return out;
}

/// The spec's description, what the type alone does not show, and what the field refers to.
std::string description_of(const model& product, const field_model& field) {
    std::string out = field.description;
    const auto add = [&](const std::string& sentence) {
        if (!out.empty()) out += std::string_view(".!?").find(out.back()) == std::string_view::npos ? ". " : " ";
        out += sentence;
    };
    if (field.to_user) add("The id of a member of the " + product.tenant.name.lower_title + ".");
    if (field.target) {
        const names& target = product.entities[*field.target].name;
        add("The id of " + target.article + " " + target.lower_title + ".");
    }
    if (field.type.kind == type_kind::json && out.empty()) add("Any JSON value.");
    if (field.type.kind == type_kind::decimal) {
        for (const check_model& check : field.checks) {
            if (check.call != "count" && !check.sentence.empty()) add("Allowed: " + check.sentence + ".");
        }
    }
    if (field.immutable) add("Given at creation, never changed.");
    return out;
}

lines schema_lines(const model& product, const field_model& field) {
    lines out = value_lines(field);
    const std::string description = description_of(product, field);
    if (!description.empty()) out.push_back("description: " + json_text(description));
    if (!field.example_json.empty()) out.push_back("examples: [" + field.example_json + "]");
    return out;
}

/// "a", "a and b", "a, b and c"
std::string sentence_of(const lines& words) {
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
        out += words[i];
    }
    return out;
}

std::string who_may(const model& product, std::size_t permission) {
    lines allowed, own;
    const auto& decisions = product.permissions[permission].by_role;
    for (std::size_t i = 0; i < decisions.size(); ++i) {
        if (decisions[i] == decision::allowed) allowed.push_back("`" + product.roles[i].name + "`");
        if (decisions[i] == decision::own) own.push_back("`" + product.roles[i].name + "`");
    }
    if (allowed.empty() && own.empty()) return "No role may do this.";
    if (own.empty()) return "For the roles " + sentence_of(allowed) + ".";
    if (allowed.empty()) return "For the roles " + sentence_of(own) + ", on what they created themselves.";
    return "For the roles " + sentence_of(allowed) + "; for " + sentence_of(own) + " on what they created themselves.";
}

/// Entities are grouped under their plural, unless something built in is.
std::string tag_of(const model& product, const names& name) {
    const bool taken = name.plural_title == "Operations" || name.plural_title == "Accounts" ||
                       name.plural_title == product.tenant.name.plural_title;
    return taken ? name.title + " records" : name.plural_title;
}

lines list_schema_lines(const entity_model& entity, const list_column_model& column) {
    switch (column.type) {
        case list_column_type::text:
            return {"type: string"};
        case list_column_type::integer:
            return {"type: integer", "format: int64"};
        case list_column_type::real:
            return {"type: number", "format: double"};
        case list_column_type::boolean:
            return {"type: boolean"};
        case list_column_type::uuid:
            return {"type: string", "format: uuid"};
        case list_column_type::instant:
            return {"type: string", "format: date-time"};
        case list_column_type::date:
            return {"type: string", "format: date"};
        case list_column_type::decimal:
            return {"type: string", "pattern: " + json_text(decimal_pattern(column.precision, column.scale))};
        case list_column_type::enumeration:
            return {"type: string", enum_line(names_of(entity.fields[*column.field]), false)};
    }
    return {};
}

}  // namespace

void set_openapi(view& out, const model& product, const field_model& field) {
    out.set("yaml_member", yaml_key(field.member));
    out.set("example_json", field.example_json);
    out.set("other_example_json", field.other_example_json.empty() ? field.example_json : field.other_example_json);
    lines all = schema_lines(product, field);
    out.set("schema_lines", views(all));
    if (!field.default_json.empty()) all.push_back("default: " + field.default_json);
    out.set("new_schema_lines", views(all));
}

void set_openapi(view& out, const model& product, const entity_model& entity) {
    const std::string standard = "What " + product.tenant.name.article + " " + product.tenant.name.lower_title +
                                 " keeps of its " + entity.name.lower_title + " records.";
    out.set("description_json", json_text(entity.description.empty() ? standard : entity.description));
    out.set("schema", entity.schema).set("schema_key", yaml_key(entity.schema));
    out.set("tag_json", json_text(tag_of(product, entity.name)));
    out.set("has_fields", !entity.fields.empty());
    out.set("has_changeable_fields", std::any_of(entity.fields.begin(), entity.fields.end(),
                                                 [](const field_model& one) { return !one.immutable; }));
    out.set("who_read", who_may(product, entity.read)).set("who_create", who_may(product, entity.create));
    out.set("who_update", who_may(product, entity.update)).set("who_delete", who_may(product, entity.remove));
    out.set("who_purge", entity.purge ? who_may(product, *entity.purge) : "");
    lines required;
    std::string sorts;
    for (const field_model& field : entity.fields) {
        if (field.required_on_create) required.push_back(yaml_key(field.member));
    }
    for (const list_column_model& column : entity.sorts) {
        for (const std::string direction : {"", "-"})
            sorts += (sorts.empty() ? "" : ", ") + json_text(direction + column.parameter);
    }
    out.set("required_members", views(required)).set("has_required_members", !required.empty());
    out.set("sort_values", sorts).set("default_sort", json_text("-" + entity.sorts.front().parameter));
    out.set("searched", sentence_of(entity.search));
}

void set_openapi(view& out, const model& product) {
    const std::string standard = "The HTTP API of " + product.service.title + ".";
    const std::string& description = product.service.description;
    out.set("title_json", json_text(product.service.title));
    out.set("description_json", json_text(description.empty() ? standard : description));
    const names& tenant = product.tenant.name;
    out.set("tenant_schema", product.tenant.schema).set("tenant_schema_key", yaml_key(product.tenant.schema));
    out.set("tenant_key", yaml_key(tenant.snake)).set("tenant_tag_json", json_text(tenant.plural_title));
    out.set("tenant_tag_description_json", json_text("Each " + tenant.lower_title + ", its members and their roles."));
    out.set("who_tenant_read", who_may(product, product.tenant_read));
    out.set("who_tenant_update", who_may(product, product.tenant_update));
    out.set("who_member_read", who_may(product, product.member_read));
    out.set("who_member_manage", who_may(product, product.member_manage));
    lines roles;
    for (const role_model& role : product.roles) roles.push_back(role.name);
    out.set("role_enum_line", enum_line(roles, false));
    out.set("owner_role_name", product.roles[product.owner_role].name);
    out.set("default_role_name", product.roles[product.default_role].name);
    out.set("owner_role_key", yaml_key(product.roles[product.owner_role].name));
    out.set("default_role_key", yaml_key(product.roles[product.default_role].name));
}

void set_openapi(view& out, const entity_model& entity, const list_column_model& column) {
    out.set("schema_lines", views(list_schema_lines(entity, column)));
    out.set("yaml_parameter", yaml_key(column.parameter));
    out.set("column", column.column);
    if (column.field) set_place(out, entity.fields[*column.field].at);
}

}  // namespace tenon::gen
