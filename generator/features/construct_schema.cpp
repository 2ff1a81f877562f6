// Options as JSON Schema.
#include "generator/features/construct_schema.hpp"

#include <boost/json.hpp>

#include <algorithm>

#include "generator/support/text.hpp"

namespace tenon::gen {

namespace {

namespace json = boost::json;
using feature::form;

std::string sentence(std::string_view meaning) {
    return capitalized(std::string(meaning)) + ".";
}

json::object map_of(const std::vector<feature::option>& options);

/// Whether the spec has to say something: `required` of an inner option asks for the maps around it.
bool is_needed(const feature::option& one) {
    return one.required || std::any_of(one.inner.begin(), one.inner.end(), is_needed);
}

json::value default_of(const feature::option& one) {
    if (one.what == form::flag) return one.default_text == "true";
    if (one.what == form::whole) return json::parse(one.default_text);
    return json::string(one.default_text);
}

json::object schema_of(const feature::option& one) {
    json::object out = one.inner.empty() ? json::object() : map_of(one.inner);
    out["description"] = sentence(one.meaning);
    if (!one.inner.empty()) return out;
    switch (one.what) {
        case form::flag:
            out["type"] = "boolean";
            break;
        case form::whole:
            out["type"] = "integer";
            out["minimum"] = one.min;
            out["maximum"] = one.max;
            break;
        case form::word:
            out["enum"] = json::array(one.words.begin(), one.words.end());
            break;
        case form::duration:
            out["allOf"] = json::array{json::object{{"$ref", "#/definitions/duration"}}};
            break;
        case form::text:
        case form::rate:
        case form::secret:
            out["type"] = "string";
            break;
    }
    if (!one.default_text.empty()) out["default"] = default_of(one);
    return out;
}

json::object map_of(const std::vector<feature::option>& options) {
    json::object properties;
    json::array required;
    for (const feature::option& each : options) {
        properties[each.name] = schema_of(each);
        if (is_needed(each)) required.emplace_back(each.name);
    }
    json::object out{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
    if (!required.empty()) out["required"] = std::move(required);
    return out;
}

json::object schema_of(const feature::construct& one) {
    const bool asks = std::any_of(one.options.begin(), one.options.end(), is_needed);
    json::object plain = asks ? json::object{{"const", false}} : json::object{{"type", "boolean"}};
    return {{"description", sentence(one.meaning)}, {"anyOf", json::array{std::move(plain), map_of(one.options)}}};
}

/// As people read it in a project: short values on a line, longer ones over several.
std::string in_lines(const json::value& one, const std::string& indent) {
    constexpr std::size_t width = 110;
    const std::string flat = json::serialize(one);
    if (indent.size() + flat.size() <= width || !(one.is_object() || one.is_array())) return flat;
    const std::string inner = indent + "  ";
    std::string out;
    if (const json::object* map = one.if_object()) {
        for (const auto& [key, value] : *map)
            out += (out.empty() ? "" : ",") + ("\n" + inner) + json::serialize(key) + ": " + in_lines(value, inner);
        return "{" + out + "\n" + indent + "}";
    }
    for (const json::value& value : one.get_array())
        out += (out.empty() ? "" : ",") + ("\n" + inner) + in_lines(value, inner);
    return "[" + out + "\n" + indent + "]";
}

}  // namespace

std::string with_constructs(std::string_view schema, const feature_list& features) {
    if (std::none_of(features.begin(), features.end(), feature::can_be_off)) return std::string(schema);
    json::value out = json::parse(schema);
    json::object& properties = out.as_object().at("properties").as_object();
    for (const feature::declaration& each : features) {
        if (feature::can_be_off(each)) properties[each.when.key] = schema_of(each.when);
    }
    return in_lines(out, "") + "\n";
}

}  // namespace tenon::gen
