// Fields as templates see them: checks sorted by what they look at, and how a column is bound and read.
#include "generator/render/field_view.hpp"

#include <algorithm>
#include <cctype>

#include "generator/render/openapi_view.hpp"
#include "generator/render/records_view.hpp"

namespace tenon::gen {

namespace {

bool is_money_column(const field_model& field) {
    return field.columns.size() == 2;
}

/// How the field's value becomes statement parameters.
std::string parameters_of(const field_model& field, const std::string& object) {
    const std::string value = object + "." + field.cpp_member;
    if (is_json_column(field)) return "tenon::db::json_value(" + value + ")";
    if (is_money_column(field)) return "tenon::db::amount(" + value + "), tenon::db::currency_code(" + value + ")";
    return value;
}

std::string read_call(const field_model& field, std::size_t column) {
    const std::string at = std::to_string(column);
    if (is_json_column(field)) return "tenon::db::read_json(row, " + at + ", out." + field.cpp_member + ");";
    if (is_money_column(field)) return "tenon::db::read_money(row, " + at + ", out." + field.cpp_member + ");";
    return "row.read(" + at + ", out." + field.cpp_member + ");";
}

view check_view(const check_model& check) {
    view out;
    out.set("call", check.call);
    out.set("arguments", check.arguments);
    out.set("is_pattern", check.call == "pattern");
    out.set("subject", check.call == "count" ? "value.size()" : "value");
    return out;
}

void set_checks(view& out, const field_model& field) {
    view::list whole, elements;
    bool element_pattern = false;
    for (const check_model& check : field.checks) {
        (check.each ? elements : whole).push_back(check_view(check));
        element_pattern = element_pattern || (check.each && check.call == "pattern");
    }
    out.set("has_element_checks", !elements.empty());
    out.set("has_element_pattern", element_pattern);
    out.set("whole_checks", std::move(whole));
    out.set("element_checks", std::move(elements));
    out.set("pattern_literal", field.pattern_literal);
}

std::string comment_of(const field_model& field) {
    std::string text = field.description;
    for (const check_model& check : field.checks) {
        if (check.sentence.empty()) continue;
        if (!text.empty()) text += text.back() == '.' ? " " : "; ";
        text += check.sentence;
    }
    return comment_text(std::move(text));
}

std::string check_function(const model& product, const field_model& field) {
    if (field.to_user) return "tenon::records::check_member";
    if (field.target) return product.entities[*field.target].cpp_namespace + "::check_exists";
    return "";
}

}  // namespace

bool is_json_column(const field_model& field) {
    return field.array || field.type.kind == type_kind::json;
}

std::string comment_text(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    while (!text.empty() && (text.back() == '\\' || text.back() == ' ')) text.pop_back();
    return text;
}

std::string lower_first(std::string text) {
    const bool acronym = text.size() > 1 && std::isupper(static_cast<unsigned char>(text[1]));
    if (!text.empty() && !acronym) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    return text;
}

std::string braced(const std::vector<std::string>& items) {
    std::string out = "{";
    for (const std::string& item : items) {
        if (out.size() > 1) out += ", ";
        out += item;
    }
    return out + "}";
}

std::string braced_within(const std::vector<std::string>& items, std::size_t width, std::size_t indent) {
    const std::string line = braced(items);
    if (line.size() <= width) return line;
    std::string out = "{";
    for (const std::string& each : items)
        out.append(out.size() > 1 ? ",\n" + std::string(indent, ' ') : "").append(each);
    return out + "}";
}

view field_view(const model& product, const field_model& field, std::size_t column) {
    view out;
    out.set("member", field.member);
    out.set("cpp_member", field.cpp_member);
    out.set("pascal", field.name.pascal);
    out.set("title", field.name.title);
    out.set("cpp_type", field.cpp_type);
    out.set("cpp_member_type", field.cpp_member_type);
    out.set("cpp_default", field.cpp_default);
    out.set("comment", comment_of(field));
    out.set("optional", field.optional);
    out.set("array", field.array);
    out.set("required_on_create", field.required_on_create);
    out.set("immutable", field.immutable);
    out.set("unique", field.unique);
    out.set("read_call", read_call(field, column));
    out.set("column", std::to_string(column));
    out.set("args_of_input", parameters_of(field, "input"));
    out.set("args_of_changed", parameters_of(field, "changed"));
    out.set("check_function", check_function(product, field));
    out.set("is_reference", field.to_user || field.target.has_value());
    set_checks(out, field);
    set_records(out, field);
    set_openapi(out, product, field);
    set_place(out, field.at);
    return out;
}

}  // namespace tenon::gen
