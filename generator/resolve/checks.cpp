// The rules a field's value has to pass, as calls of <tenon/core/check.hpp> and as sentences for people.
#include <algorithm>

#include "generator/resolve/parts.hpp"
#include "generator/support/literal.hpp"
#include "generator/types/type_row.hpp"
#include "generator/types/type_sizes.hpp"

namespace tenon::gen {

namespace {

/// "1 to 120 characters", "exactly 3 characters", "at most 255 characters".
std::string length_sentence(std::int64_t min, std::int64_t max) {
    const std::string unit = max == 1 ? " character" : " characters";
    if (min == max) return "exactly " + std::to_string(max) + unit;
    if (min == 0) return "at most " + std::to_string(max) + unit;
    return std::to_string(min) + " to " + std::to_string(max) + unit;
}

check_model length_check(const field_type& type) {
    const std::int64_t min = type.min ? type.min->integer : 0;
    const std::int64_t max = max_length_of(type);
    return {"length", ", " + std::to_string(min) + ", " + std::to_string(max), length_sentence(min, max)};
}

/// One bound, as C++ of the type that the field has and as people write it.
struct printed_bound {
    std::string cpp;
    std::string text;
};

printed_bound printed(const bound& one, const field_type& type) {
    if (const counted_form* form = row_of(type.kind).counted)
        return {cpp_integer(one.integer), form->print(one.integer)};
    if (type.kind == type_kind::floating) return {cpp_double(one.number), json_double(one.number)};
    if (type.kind != type_kind::decimal) return {cpp_integer(one.integer), std::to_string(one.integer)};
    const std::string name =
        "tenon::decimal<" + std::to_string(type.precision) + ", " + std::to_string(type.scale) + ">";
    return {name + "(" + cpp_integer(one.integer) + ")", decimal_text(one.integer, type.scale)};
}

std::string range_sentence(const std::string& said, const field_type& type) {
    return type.kind == type_kind::money ? said + " in minor units" : said;
}

void add_range(const field_type& type, std::vector<check_model>& out) {
    if (!type.min && !type.max) return;
    if (!type.max) {
        const printed_bound min = printed(*type.min, type);
        out.push_back({"at_least", ", " + min.cpp, range_sentence("at least " + min.text, type)});
    } else if (!type.min) {
        const printed_bound max = printed(*type.max, type);
        out.push_back({"at_most", ", " + max.cpp, range_sentence("at most " + max.text, type)});
    } else {
        const printed_bound min = printed(*type.min, type);
        const printed_bound max = printed(*type.max, type);
        out.push_back({"range", ", " + min.cpp + ", " + max.cpp, range_sentence(min.text + " to " + max.text, type)});
    }
}

void add_by_type(const field_type& type, std::vector<check_model>& out) {
    const type_row& row = row_of(type.kind);
    if (!row.check.empty()) out.push_back({std::string(row.check), "", std::string(row.check_sentence)});
    if (row.bounds == bound_form::none) return;
    if (row.bounds == bound_form::length) return out.push_back(length_check(type));
    if (!type.currency.empty()) out.push_back({"currency", ", " + cpp_literal(type.currency), "in " + type.currency});
    add_range(type, out);
}

}  // namespace

std::vector<check_model> checks_of(const field_spec& source, const field_model& field) {
    std::vector<check_model> out;
    if (field.max_items) {
        const std::string most = std::to_string(*field.max_items);
        out.push_back({"count", ", " + most, "at most " + most + (most == "1" ? " element" : " elements")});
    }
    const std::size_t of_array = out.size();
    add_by_type(source.type, out);
    if (!field.pattern.empty())
        out.push_back({"pattern", ", " + field.pattern_literal,
                       source.pattern_message.empty() ? "matching " + source.pattern->value : source.pattern_message});
    for (std::size_t i = of_array; i < out.size(); ++i) out[i].each = field.array;
    return out;
}

void add_identity_checks(entity_model& entity) {
    for (field_model& field : entity.fields) {
        if (!row_of(field.type.kind).is_text || field.array) continue;
        const bool unique = std::any_of(entity.indexes.begin(), entity.indexes.end(), [&](const index_model& index) {
            return index.unique && std::find(index.columns.begin(), index.columns.end(), field.columns.front().name) !=
                                       index.columns.end();
        });
        if (unique) field.checks.push_back({"identity", "", "in one form only"});
    }
}

}  // namespace tenon::gen
