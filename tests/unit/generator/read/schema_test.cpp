// The JSON Schema for editors agrees with the reader: it accepts what is accepted, and refuses a wrong structure.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <charconv>
#include <map>
#include <set>
#include <valijson/adapters/boost_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "generator/read/unsupported.hpp"
#include "generator/read/yaml.hpp"
#include "tests/unit/generator/read/support.hpp"

namespace tenon::gen::test {
namespace {

namespace json = boost::json;

/// A plain scalar as YAML's core schema, and so an editor, takes it.
json::value plain_value(const std::string& text) {
    if (text == "true" || text == "false") return text == "true";
    std::int64_t whole = 0;
    const char* end = text.data() + text.size();
    if (const auto parsed = std::from_chars(text.data(), end, whole); parsed.ec == std::errc{} && parsed.ptr == end)
        return whole;
    double number = 0;
    if (const auto parsed = std::from_chars(text.data(), end, number); parsed.ec == std::errc{} && parsed.ptr == end)
        return number;
    return json::value(text);
}

json::value to_json(const yaml_node& node) {
    switch (node.shape) {
        case node_shape::empty:
            return nullptr;
        case node_shape::scalar:
            return node.plain ? plain_value(node.text) : json::value(node.text);
        case node_shape::list: {
            json::array out;
            for (const yaml_node& item : node.items) out.push_back(to_json(item));
            return out;
        }
        case node_shape::map: {
            json::object out;
            for (std::size_t i = 0; i < node.keys.size(); ++i) out[node.keys[i].value] = to_json(node.items[i]);
            return out;
        }
    }
    return nullptr;
}

class spec_schema : public testing::Test {
  protected:
    spec_schema() {
        text_ = json::parse(read_file(source_folder() / "schemas" / "spec.schema.json"));
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::BoostJsonAdapter(text_), schema_);
    }

    /// What the schema says against a spec; empty when it accepts it.
    std::string complaints(const std::string& spec_text) {
        reporter out;
        const auto root = parse_yaml(spec_text, out);
        if (!root) return "not YAML";
        const json::value value = to_json(*root);
        valijson::ValidationResults results;
        valijson::Validator validator;
        std::string said;
        if (validator.validate(schema_, valijson::adapters::BoostJsonAdapter(value), &results)) return said;
        for (valijson::ValidationResults::Error error; results.popError(error);) {
            for (const std::string& part : error.context) said += part;
            said += ": " + error.description + "\n";
        }
        return said;
    }

    json::value text_;
    valijson::Schema schema_;
};

TEST_F(spec_schema, accepts_the_whole_language) {
    EXPECT_EQ(complaints(whole_language()), "");
}

TEST_F(spec_schema, accepts_every_example_that_the_reader_accepts) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source_folder() / "examples")) {
        if (entry.path().filename() != "spec.yaml") continue;
        const std::string text = read_file(entry.path());
        if (!mistakes_in(text).empty()) continue;
        ++count;
        EXPECT_EQ(complaints(text), "") << entry.path();
    }
    EXPECT_GE(count, 1U);
}

/// Mistakes of structure, which a schema can see. (Types and references between parts are for the reader.)
bool is_structural(const std::string& code) {
    return code == "E011" || code == "E012" || code == "E013";
}

TEST_F(spec_schema, refuses_every_wrong_structure_of_the_corpus) {
    // A schema cannot count the kinds of a built-in entity's keys, nor tell a list's own default.
    const std::set<std::string> beyond{"entity_user_access", "limits_lease_without_ttl"};
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(corpus_folder())) {
        if (entry.path().extension() != ".yaml" || beyond.contains(entry.path().stem().string())) continue;
        const std::string text = read_file(entry.path());
        read_options options;
        options.accept_unsupported = true;
        const auto codes = codes_of(mistakes_in(text, options));
        if (std::none_of(codes.begin(), codes.end(), is_structural)) continue;
        ++count;
        EXPECT_NE(complaints(text), "") << entry.path();
    }
    EXPECT_GE(count, 30U);
}

void each_object(const json::value& value, const std::string& path,
                 const std::function<void(const json::object&, const std::string&)>& visit) {
    if (const auto* list = value.if_array()) {
        for (const json::value& item : *list) each_object(item, path, visit);
    }
    const auto* object = value.if_object();
    if (object == nullptr) return;
    visit(*object, path);
    for (const auto& [key, inner] : *object) each_object(inner, path + "/" + std::string(key), visit);
}

/// "auth/totp" and "deploy/fly": as the table of what is not generated has it.
std::set<std::string> marked_in(const json::value& schema) {
    const std::map<std::string, std::string> contexts{{"/properties/auth/properties", "auth"},
                                                      {"/properties/entities/properties", "entities"},
                                                      {"/definitions/entity/properties", "entity"},
                                                      {"/properties", "spec"}};
    std::set<std::string> out;
    each_object(schema, "", [&](const json::object& object, const std::string& path) {
        if (!object.contains("doNotSuggest")) return;
        EXPECT_TRUE(object.at("description").as_string().starts_with("Not generated yet.")) << path;
        if (object.contains("enum") && path.starts_with("/properties/deploy")) {
            for (const json::value& word : object.at("enum").as_array())
                out.insert("deploy/" + std::string(word.as_string()));
            return;
        }
        const auto slash = path.rfind('/');
        const auto context = contexts.find(path.substr(0, slash));
        ASSERT_NE(context, contexts.end()) << path;
        out.insert(context->second + path.substr(slash));
    });
    return out;
}

TEST_F(spec_schema, marks_exactly_what_is_not_generated_yet) {
    std::set<std::string> refused;
    for (const unsupported_construct& one : unsupported_constructs()) {
        // Which key is the tenant's, only the spec tells.
        if (one.key != "(tenant)") refused.insert(std::string(one.context) + "/" + std::string(one.key));
    }
    EXPECT_EQ(marked_in(text_), refused);
    EXPECT_GE(refused.size(), 20U);
}

/// Of all descriptions that apply to a value, editors show the innermost: a form of values must not have one where it
/// would hide what the key means.
TEST_F(spec_schema, shows_what_a_key_means_and_not_what_form_its_value_has) {
    const json::object& definitions = text_.at("definitions").as_object();
    std::size_t looked_at = 0;
    each_object(text_, "", [&](const json::object& object, const std::string& path) {
        for (const char* way : {"allOf", "anyOf"}) {
            if (!object.contains("description") || !object.contains(way)) continue;
            for (const json::value& one : object.at(way).as_array()) {
                const json::value* reference = one.as_object().if_contains("$ref");
                if (reference == nullptr) continue;
                const std::string name =
                    std::string(reference->as_string()).substr(std::string("#/definitions/").size());
                ++looked_at;
                const json::object& definition = definitions.at(name).as_object();
                const json::value* type = definition.if_contains("type");
                // Of a field, its type is what there is to know.
                const bool is_form = name != "type" && (type == nullptr || *type != "object");
                EXPECT_FALSE(is_form && definition.contains("description")) << path << " " << name;
            }
        }
    });
    EXPECT_GE(looked_at, 50U);
}

TEST_F(spec_schema, describes_every_key) {
    each_object(text_, "", [](const json::object& object, const std::string& path) {
        const json::value* properties = object.if_contains("properties");
        if (properties == nullptr || !properties->is_object()) return;
        for (const auto& [key, value] : properties->as_object()) {
            const json::object& schema = value.as_object();
            const bool described =
                schema.contains("description") || schema.contains("$ref") || schema.contains("anyOf");
            EXPECT_TRUE(described) << path << "/" << std::string(key);
        }
    });
}

}  // namespace
}  // namespace tenon::gen::test
