// docs/errors.md and docs/spec-reference.md are what their sources say. TENON_UPDATE_GOLDENS=1 writes them anew.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <set>

#include "generator/features/construct_schema.hpp"
#include "tests/unit/generator/read/support.hpp"

namespace tenon::gen::test {
namespace {

namespace json = boost::json;

void expect_document(const std::string& file, const std::string& content) {
    const auto path = source_folder() / "docs" / file;
    if (std::getenv("TENON_UPDATE_GOLDENS") != nullptr) std::ofstream(path, std::ios::binary) << content;
    EXPECT_EQ(read_file(path), content) << "run the test with TENON_UPDATE_GOLDENS=1";
}

std::string errors_document() {
    std::string out =
        "# Errors of a spec\n\n"
        "What `tenon validate` reports, by code. A place is `line:column`; columns count Unicode code points, from 1, "
        "and a\n"
        "tab counts as one. All mistakes of a spec are reported in one run, at most 200, in the order of their "
        "places.\n";
    for (const code_info& info : all_codes()) {
        out += "\n## " + code_text(info.id) + ": " + std::string(info.title) + "\n\n" + std::string(info.explanation) +
               "\n";
    }
    return out;
}

/// What is said of a form of values stands where editors do not show it instead of what a key means.
std::string text_of(const json::object& schema, const char* key) {
    const json::value* found = schema.if_contains(key);
    if (found == nullptr && key == std::string_view("description")) found = schema.if_contains("$comment");
    return found != nullptr && found->is_string() ? std::string(found->as_string()) : "";
}

std::string last_part(const std::string& reference) {
    return reference.substr(reference.rfind('/') + 1);
}

/// The definition that a property refers to, through `allOf` too; empty when it says all itself.
std::string definition_of(const json::object& schema) {
    if (schema.contains("$ref")) return last_part(text_of(schema, "$ref"));
    const json::value* all = schema.if_contains("allOf");
    if (all != nullptr && all->as_array().size() == 1) return definition_of(all->as_array()[0].as_object());
    const json::value* inner = schema.if_contains("additionalProperties");
    if (inner != nullptr && inner->is_object()) return definition_of(inner->as_object());
    return {};
}

std::string value_list(const json::array& values) {
    std::string out;
    for (const json::value& value : values) {
        if (!out.empty()) out += ", ";
        out += "`" + (value.is_string() ? std::string(value.as_string()) : json::serialize(value)) + "`";
    }
    return out;
}

/// What can be written, in a few words.
std::string form_of(const json::object& schema) {
    if (schema.contains("enum")) return value_list(schema.at("enum").as_array());
    if (schema.contains("const")) return "`" + json::serialize(schema.at("const")) + "`";
    if (const std::string definition = definition_of(schema); !definition.empty()) {
        const bool many = schema.contains("additionalProperties") && schema.at("additionalProperties").is_object();
        return std::string(many ? "map of " : "") + "[" + definition + "](#" + definition + ")";
    }
    if (const json::value* any = schema.if_contains("anyOf")) {
        std::string out;
        for (const json::value& one : any->as_array()) out += (out.empty() ? "" : " or ") + form_of(one.as_object());
        return out;
    }
    const json::value* type = schema.if_contains("type");
    if (type == nullptr) return "";
    if (type->is_string()) return type->as_string() == "object" ? "map" : std::string(type->as_string());
    return "value";
}

std::string cell(std::string text) {
    for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
    return text;
}

std::set<std::string> required_of(const json::object& schema) {
    std::set<std::string> out;
    const json::value* required = schema.if_contains("required");
    if (required == nullptr) return out;
    for (const json::value& key : required->as_array()) out.emplace(key.as_string());
    return out;
}

/// The map with fixed keys within a schema, if it is or holds one.
const json::object* map_within(const json::object& schema) {
    if (schema.contains("properties")) return &schema;
    if (const json::value* any = schema.if_contains("anyOf")) {
        for (const json::value& one : any->as_array()) {
            if (const json::object* found = map_within(one.as_object())) return found;
        }
    }
    const json::value* inner = schema.if_contains("additionalProperties");
    return inner != nullptr && inner->is_object() ? map_within(inner->as_object()) : nullptr;
}

void describe_keys(const json::object& schema, const std::string& title, int level, std::string& out) {
    const json::object& properties = schema.at("properties").as_object();
    const std::set<std::string> required = required_of(schema);
    out += "\n| key | value | |\n|---|---|---|\n";
    for (const auto& [key, value] : properties) {
        const json::object& property = value.as_object();
        std::string about = text_of(property, "description");
        if (required.contains(std::string(key))) about = "**Required.** " + about;
        if (property.contains("default"))
            about += " Default: `" +
                     (property.at("default").is_string() ? std::string(property.at("default").as_string())
                                                         : json::serialize(property.at("default"))) +
                     "`.";
        out += "| `" + std::string(key) + "` | " + cell(form_of(property)) + " | " + cell(about) + " |\n";
    }
    for (const auto& [key, value] : properties) {
        const json::object& property = value.as_object();
        const json::object* inner = map_within(property);
        if (inner == nullptr) continue;
        const std::string name = title.empty() ? std::string(key) : title + ": " + std::string(key);
        out += "\n" + std::string(static_cast<std::size_t>(level), '#') + " " + name + "\n\n" +
               text_of(property, "description") + "\n";
        describe_keys(*inner, name, level + (level < 4 ? 1 : 0), out);
    }
}

std::string examples_of(const json::object& schema) {
    const json::value* examples = schema.if_contains("examples");
    return examples == nullptr ? "" : "\nExamples: " + value_list(examples->as_array()) + "\n";
}

std::string spec_document() {
    const json::value schema = json::parse(
        with_constructs(read_file(source_folder() / "schemas" / "spec.schema.json"), feature::documented_features()));
    const json::object& root = schema.as_object();
    std::string out =
        "# The spec language\n\n" + text_of(root, "description") +
        "\n\nMade from `schemas/spec.schema.json`, which editors use too: begin a spec with\n"
        "`# yaml-language-server: $schema=spec.schema.json` beside a copy from `tenon schema`.\n"
        "What this version does not generate yet is refused with E090; [errors.md](errors.md) explains all codes.\n\n"
        "## The whole\n";
    describe_keys(root, "", 2, out);
    out += "\n## Parts\n";
    for (const auto& [name, value] : root.at("definitions").as_object()) {
        const json::object& definition = value.as_object();
        out +=
            "\n### " + std::string(name) + "\n\n" + text_of(definition, "description") + "\n" + examples_of(definition);
        if (const json::object* map = map_within(definition)) describe_keys(*map, std::string(name), 4, out);
    }
    return out;
}

TEST(documents, errors_are_explained) {
    expect_document("errors.md", errors_document());
}

TEST(documents, spec_reference_is_current) {
    expect_document("spec-reference.md", spec_document());
}

TEST(documents, codes_are_in_order_and_complete) {
    int before = 0;
    for (const code_info& info : all_codes()) {
        EXPECT_GT(static_cast<int>(info.id), before);
        before = static_cast<int>(info.id);
        EXPECT_FALSE(info.title.empty());
        EXPECT_GT(info.explanation.size(), 40U) << info.key;
    }
}

}  // namespace
}  // namespace tenon::gen::test
