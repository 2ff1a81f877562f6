// What openapi.yaml says of fields and rights.
#include "generator/render/openapi_view.hpp"

#include <gtest/gtest.h>

#include <utility>

#include "generator/render/model_view.hpp"
#include "generator/render/openapi_lists.hpp"
#include "generator/render/rights_text.hpp"
#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen {
namespace {

std::string schema_of(field_spec field, const char* lines = "schema_lines") {
    spec all = sample::empty_spec();
    all.entities = {sample::entity("Thing", {std::move(field)})};
    const model product = resolve(all);
    view out;
    set_openapi(out, product, product.entities.front().fields.front());
    std::string text;
    for (const view& line : out.find(key_of(lines))->items()) text += *line.text() + "\n";
    return text;
}

bool has(const std::string& text, std::string_view line) {
    return ("\n" + text).find("\n" + std::string(line) + "\n") != std::string::npos;
}

TEST(openapi_view, tells_bounds_and_formats) {
    const std::string text = schema_of(sample::field("name", sample::string_type(1, 120)));
    EXPECT_TRUE(has(text, "type: string")) << text;
    EXPECT_TRUE(has(text, "minLength: 1")) << text;
    EXPECT_TRUE(has(text, "maxLength: 120")) << text;
    EXPECT_TRUE(has(schema_of(sample::field("at", sample::type(type_kind::datetime))), "format: date-time"));
    EXPECT_TRUE(has(schema_of(sample::field("who", sample::ref_type("User"))), "format: uuid"));
}

TEST(openapi_view, writes_null_into_the_type) {
    const std::string text = schema_of(sample::field("name", sample::optional(sample::string_type(1, 9))));
    EXPECT_TRUE(has(text, "type: [string, \"null\"]")) << text;
}

TEST(openapi_view, names_the_values_of_enums_and_money) {
    const std::string required = schema_of(sample::field("state", sample::enum_type({"a", "b"})));
    EXPECT_TRUE(has(required, "$ref: '#/components/schemas/ThingState'")) << required;
    for (const auto& [type, name] :
         {std::pair(sample::enum_type({"a", "b"}), "ThingState"), std::pair(sample::type(type_kind::money), "Money")}) {
        const std::string text = schema_of(sample::field("state", sample::optional(type)));
        EXPECT_TRUE(has(text, "anyOf:")) << text;
        EXPECT_TRUE(has(text, "  - $ref: '#/components/schemas/" + std::string(name) + "'")) << text;
        EXPECT_TRUE(has(text, "  - type: \"null\"")) << text;
    }
}

TEST(openapi_view, gives_integers_bounds) {
    const std::string text = schema_of(sample::field("points", sample::type(type_kind::integer)));
    EXPECT_TRUE(has(text, "minimum: -9223372036854775808")) << text;
    EXPECT_TRUE(has(text, "maximum: 9223372036854775807")) << text;
}

TEST(openapi_view, keeps_decimals_exact) {
    const std::string text = schema_of(sample::field("rate", sample::decimal_type(14, 2)));
    EXPECT_TRUE(has(text, "type: string")) << text;
    EXPECT_TRUE(has(text, "pattern: \"^-?[0-9]{1,12}(\\\\.[0-9]{1,2})?$\"")) << text;
}

TEST(openapi_view, anchors_patterns_as_the_spec_writes_them) {
    field_spec code = sample::field("code", sample::string_type(2, 12));
    code.pattern = sample::word("[A-Z]+|x");
    EXPECT_TRUE(has(schema_of(code), "pattern: \"^(?:[A-Z]+|x)$\""));
}

TEST(openapi_view, gives_defaults_to_new_records_only) {
    const field_spec points =
        sample::with_default(sample::field("points", sample::type(type_kind::integer)), default_kind::integer, 7);
    const std::string given = schema_of(points, "new_schema_lines");
    EXPECT_TRUE(has(given, "description: \"Default: `7`.\"")) << given;
    EXPECT_TRUE(has(given, "x-default: 7")) << given;
    EXPECT_FALSE(has(given, "default: 7")) << "generators of clients would take it for a field that is always there";
    EXPECT_FALSE(has(schema_of(points), "x-default: 7"));
}

TEST(openapi_view, tells_that_a_time_is_now_when_it_is_left_out) {
    const auto of = [](type_kind kind) {
        return schema_of(sample::with_default(sample::field("seen", sample::type(kind)), default_kind::now, 0),
                         "new_schema_lines");
    };
    EXPECT_TRUE(has(of(type_kind::datetime), "description: \"Default: `now`, the time of the request.\""))
        << of(type_kind::datetime);
    EXPECT_TRUE(has(of(type_kind::date), "description: \"Default: `now`, the day of the request in UTC.\""));
    EXPECT_TRUE(has(of(type_kind::date), "x-default: now"));
}

TEST(openapi_view, quotes_member_names_that_yaml_takes_for_something_else) {
    spec all = sample::empty_spec();
    all.entities = {sample::entity("Thing", {sample::field("on", sample::type(type_kind::boolean))})};
    const model product = resolve(all);
    view out;
    set_openapi(out, product, product.entities.front().fields.front());
    EXPECT_EQ(*out.find(key_of("yaml_member"))->text(), "\"on\"");
}

TEST(openapi_view, says_who_may_do_what) {
    spec all = sample::empty_spec();
    entity_spec thing = sample::entity("Thing", {sample::field("name", sample::string_type(1, 9))});
    thing.access.update = sample::rule({"admin"}, true);
    all.entities = {thing};
    const model product = resolve(all);
    EXPECT_EQ(who_may(product, product.entities.front().update),
              "For the roles `owner` and `admin`; for `member` on what they created themselves.");
}

/// Its description, then the lines of its schema.
std::pair<std::string, std::string> described(const model& product, std::size_t entity, const std::string& name) {
    view shown;
    set_list_parameters(shown, product.entities[entity]);
    for (const view& one : shown.find(key_of("filter_parameters"))->items()) {
        if (*one.find(key_of("name"))->text() != "\"" + name + "\"") continue;
        std::string text;
        for (const view& line : one.find(key_of("schema_lines"))->items()) text += *line.text() + "\n";
        return {*one.find(key_of("description_json"))->text(), text};
    }
    return {};
}

std::string parameter_of(const model& product, std::size_t entity, const std::string& name) {
    return described(product, entity, name).second;
}

TEST(openapi_view, says_what_null_means_where_it_could_be_a_value) {
    spec all = sample::empty_spec();
    entity_spec thing = sample::entity("Thing", {sample::field("name", sample::optional(sample::string_type(1, 9))),
                                                 sample::field("mood", sample::optional(sample::enum_type({"a"})))});
    for (const char* one : {"name", "mood"}) thing.list.filter.push_back(sample::word(one));
    all.entities = {thing};
    const model product = resolve(all);
    EXPECT_TRUE(described(product, 0, "name")
                    .first.ends_with("`null` finds things without a value, and none whose value is this word.\""));
    EXPECT_TRUE(described(product, 0, "mood").first.ends_with("`null` finds things without a value.\""));
}

TEST(openapi_view, describes_what_lists_are_filtered_by) {
    spec all = sample::empty_spec();
    entity_spec thing =
        sample::entity("Thing", {sample::field("state", sample::enum_type({"a", "b"})),
                                 sample::field("mood", sample::optional(sample::enum_type({"a", "b"}))),
                                 sample::field("due", sample::optional(sample::type(type_kind::date)))});
    for (const char* one : {"state", "mood", "due"}) thing.list.filter.push_back(sample::word(one));
    all.entities = {thing};
    const model product = resolve(all);
    EXPECT_EQ(parameter_of(product, 0, "state"),
              "type: array\nmaxItems: 32\nitems:\n  $ref: '#/components/schemas/ThingState'\n");
    EXPECT_TRUE(has(parameter_of(product, 0, "mood"), "  enum: [\"a\", \"b\", \"null\"]"));
    EXPECT_TRUE(has(parameter_of(product, 0, "due"), "    - const: \"null\""));
    EXPECT_EQ(parameter_of(product, 0, "due_from"), "type: string\nformat: date\n");
    EXPECT_EQ(parameter_of(product, 0, "due_to"), "type: string\nformat: date\n");
    EXPECT_EQ(parameter_of(product, 0, "state_from"), "");
}

TEST(openapi_view, keeps_schemas_of_records_apart_from_built_in_ones) {
    spec all = sample::empty_spec();
    const auto named = [](const char* name) {
        return sample::entity(name, {sample::field("a", sample::string_type(1, 9))});
    };
    all.entities = {named("Task"),    named("TaskList"), named("NewTask"),
                    named("Problem"), named("Money"),    named("Checks")};
    const model product = resolve(all);
    std::vector<std::string> schemas;
    for (const entity_model& one : product.entities)
        schemas.push_back(*entity_view(product, one).find(key_of("schema"))->text());
    EXPECT_EQ(schemas, (std::vector<std::string>{"Task", "TaskListRecord", "NewTaskRecord", "ProblemRecord",
                                                 "MoneyRecord", "ChecksRecord"}));
}

TEST(openapi_view, calls_no_two_operations_the_same) {
    spec all = sample::empty_spec();
    for (const char* name : {"Member", "MemberRecord", "Me", "MeRecord"})
        all.entities.push_back(sample::entity(name, {sample::field("a", sample::string_type(1, 9))}));
    const model product = resolve(all);
    std::set<std::string> ids{"list_members", "update_me"};
    for (const entity_model& one : product.entities) {
        const operation_names& of = one.operations;
        for (const std::string& id : {of.list, of.create, of.get, of.update, of.remove, of.restore, of.purge})
            EXPECT_TRUE(ids.insert(id).second) << id;
    }
}

}  // namespace
}  // namespace tenon::gen
