// Options as JSON Schema.
#include "generator/features/construct_schema.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace tenon::gen {

namespace {

namespace json = boost::json;
using feature::form;

/// As a sentence.
std::string sentence(std::string_view meaning) {
    std::string out(meaning);
    if (!out.empty() && out.front() >= 'a' && out.front() <= 'z') out.front() -= 'a' - 'A';
    return out + ".";
}

json::object map_of(const std::vector<feature::option>& options);

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
        if (each.required) required.emplace_back(each.name);
    }
    json::object out{{"type", "object"}, {"additionalProperties", false}, {"properties", std::move(properties)}};
    if (!required.empty()) out["required"] = std::move(required);
    return out;
}

json::object schema_of(const feature::construct& one) {
    return {{"description", sentence(one.meaning)},
            {"anyOf", json::array{json::object{{"type", "boolean"}}, map_of(one.options)}}};
}

bool has_construct(const feature::declaration& one) {
    return !one.when.key.empty();
}

}  // namespace

std::string with_constructs(std::string_view schema, const feature_list& features) {
    if (std::none_of(features.begin(), features.end(), has_construct)) return std::string(schema);
    json::value out = json::parse(schema);
    json::object& properties = out.as_object().at("properties").as_object();
    for (const feature::declaration& each : features) {
        if (has_construct(each)) properties[each.when.key] = schema_of(each.when);
    }
    return json::serialize(out) + "\n";
}

}  // namespace tenon::gen
