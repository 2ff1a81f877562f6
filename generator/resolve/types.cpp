// Fields: C++ types, enums, initialisers and columns.
#include <algorithm>

#include "generator/resolve/parts.hpp"
#include "generator/support/literal.hpp"
#include "generator/support/naming.hpp"
#include "generator/support/text.hpp"
#include "generator/types/type_row.hpp"

namespace tenon::gen {

namespace {

std::string decimal_type(const field_type& type) {
    return "tenon::decimal<" + std::to_string(type.precision) + ", " + std::to_string(type.scale) + ">";
}

std::string id_type(const field_type& type) {
    if (type.target.value == "User") return "tenon::user_id";
    return "tenon::id<domain::" + cpp_class(type.target.value) + ">";
}

/// The C++ type of one value, never of the array of them.
std::string element_type(const field_type& type, const std::string& enum_type) {
    if (type.kind == type_kind::decimal) return decimal_type(type);
    if (type.kind == type_kind::enumeration) return "domain::" + enum_type;
    if (type.kind == type_kind::reference || type.kind == type_kind::has_many) return id_type(type);
    return std::string(row_of(type.kind).cpp);
}

void resolve_enum(const entity_model& owner, type_names& types, field_model& field) {
    field.enum_type = types.domain.take(cpp_identifier(owner.name.snake + "_" + field.name.snake));
    unique_names enumerators;
    for (const name& value : field.type.values)
        field.values.push_back({value.value, enumerators.take(cpp_identifier(value.value)), {}});
    for (const renamed_value& one : field.type.renamed) field.values[one.value].was = one.was.value;
}

std::string member_of(const field_spec& source) {
    const std::string& plain = source.field_name.value;
    const bool needs_id = source.type.kind == type_kind::reference && !plain.ends_with("_id");
    return needs_id ? plain + "_id" : plain;
}

std::string text_expression(const default_value& value, const field_model& field) {
    if (field.type.kind != type_kind::enumeration) {
        const std::string text = cpp_literal(value.text);
        const std::string parser(row_of(field.type.kind).parser);
        return parser.empty() ? text : "*tenon::" + parser + "::parse(" + text + ")";
    }
    const auto found = std::find_if(field.values.begin(), field.values.end(),
                                    [&](const enum_value_model& one) { return one.name == value.text; });
    return field.cpp_type + "::" + (found == field.values.end() ? field.values.front() : *found).enumerator;
}

std::string integer_expression(const default_value& value, const field_model& field) {
    const std::string number = cpp_integer(value.integer);
    const type_row& row = row_of(field.type.kind);
    if (row.counted != nullptr) return std::string(row.cpp) + "(" + number + ")";
    if (field.type.kind == type_kind::decimal) return decimal_type(field.type) + "(" + number + ")";
    if (field.type.kind == type_kind::money)
        return "tenon::money(" + number + ", *tenon::currency::parse(" + cpp_literal(value.text) + "))";
    return field.type.kind == type_kind::floating ? cpp_double(static_cast<double>(value.integer)) : number;
}

std::string expression(const default_value& value, const field_model& field) {
    switch (value.kind) {
        case default_kind::boolean:
            return value.integer != 0 ? "true" : "false";
        case default_kind::integer:
            return integer_expression(value, field);
        case default_kind::number:
            return cpp_double(value.number);
        case default_kind::string:
            return text_expression(value, field);
        case default_kind::now:
            return std::string(row_of(field.type.kind).now);
        case default_kind::empty_list:
            return field.cpp_type + "{}";
        case default_kind::json:
            return "tenon::json_text(" + cpp_literal(value.text) + ")";
    }
    return {};
}

std::string json_text(const std::string& text) {
    return "\"" + json_escaped(text) + "\"";
}

std::string integer_as_json(const default_value& value, const field_model& field) {
    if (field.type.kind == type_kind::decimal) return json_text(decimal_text(value.integer, field.type.scale));
    if (const counted_form* form = row_of(field.type.kind).counted) return json_text(form->print(value.integer));
    if (field.type.kind != type_kind::money) return std::to_string(value.integer);
    return "{\"amount\":" + std::to_string(value.integer) + ",\"currency\":" + json_text(value.text) + "}";
}

column_model plain_column(const field_spec& source, const field_model& field) {
    column_model out;
    out.name = field.member;
    out.kind = field.array ? type_kind::json : field.type.kind;
    out.nullable = field.optional;
    out.precision = field.array ? 0 : field.type.precision;
    out.scale = field.array ? 0 : field.type.scale;
    out.initial = source.initial;
    return out;
}

std::vector<column_model> money_columns(const field_spec& source, const field_model& field,
                                        const std::vector<std::string>& taken) {
    column_model amount = plain_column(source, field);
    amount.kind = type_kind::integer;
    column_model currency = amount;
    currency.kind = type_kind::string;
    currency.name = field.member + "_currency";
    while (std::find(taken.begin(), taken.end(), currency.name) != taken.end()) currency.name += "_code";
    if (source.initial) {
        amount.initial->text.clear();
        currency.initial->kind = default_kind::string;
        currency.initial->integer = 0;
    }
    return {amount, currency};
}

}  // namespace

std::string cpp_initialiser(const field_spec& source, const field_model& field) {
    if (source.initial) {
        if (source.initial->kind == default_kind::empty_list && !field.optional) return {};
        return " = " + expression(*source.initial, field);
    }
    return field.optional || field.array ? std::string() : std::string(row_of(field.type.kind).zero);
}

std::string default_as_json(const field_spec& source, const field_model& field) {
    if (!source.initial) return {};
    const default_value& value = *source.initial;
    switch (value.kind) {
        case default_kind::boolean:
            return value.integer != 0 ? "true" : "false";
        case default_kind::integer:
            return integer_as_json(value, field);
        case default_kind::number:
            return json_double(value.number);
        case default_kind::string:
            if (field.type.kind == type_kind::datetime) return json_text(with_micros(value.text).value_or(value.text));
            return json_text(value.text);
        case default_kind::now:
            return {};
        case default_kind::empty_list:
            return "[]";
        case default_kind::json:
            return value.text;
    }
    return {};
}

std::vector<column_model> columns_of(const field_spec& source, const field_model& field,
                                     const std::vector<std::string>& taken) {
    if (field.type.kind == type_kind::money && !field.array) return money_columns(source, field, taken);
    return {plain_column(source, field)};
}

field_model resolve_field(const field_spec& source, const entity_model& owner, type_names& types) {
    field_model out;
    out.name = forms_of(source.field_name.value);
    out.member = member_of(source);
    out.cpp_member = cpp_member(out.member);
    out.type = source.type;
    out.optional = source.type.optional;
    out.array = source.type.array;
    if (source.type.kind == type_kind::enumeration) resolve_enum(owner, types, out);
    const std::string element = element_type(source.type, out.enum_type);
    out.cpp_type = out.array ? "std::vector<" + element + ">" : element;
    out.cpp_member_type = out.optional ? "std::optional<" + out.cpp_type + ">" : out.cpp_type;
    out.has_default = source.initial.has_value();
    out.initial = source.initial;
    out.required_on_create = !out.optional && !out.has_default;
    out.immutable = source.immutable;
    out.unique = source.unique;
    out.to_user = source.type.kind == type_kind::reference && source.type.target.value == "User";
    const auto target = types.entities.find(source.type.target.value);
    if (source.type.kind == type_kind::reference && target != types.entities.end()) out.target = target->second;
    out.on_delete = source.on_delete;
    out.tree = source.tree_at.has_value();
    out.description = source.description;
    if (source.was) out.was = forms_of(source.was->value);
    out.at = source.at;
    out.cpp_default = cpp_initialiser(source, out);
    out.default_json = default_as_json(source, out);
    return out;
}

}  // namespace tenon::gen
