// What follows from declared routes, and what features say in openapi.yaml.
#include <gmock/gmock.h>

#include <stdexcept>

#include "generator/render/model_view.hpp"
#include "generator/render/operation_view.hpp"
#include "generator/resolve/resolve.hpp"
#include "tests/unit/generator/resolve/sample_spec.hpp"

namespace tenon::gen {
namespace {

using feature::method;
using feature::right;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

model product_of(const char* entity = "Task") {
    spec all = sample::empty_spec();
    all.entities = {sample::entity(entity, {sample::field("title", sample::string_type(1, 9))})};
    return resolve(all);
}

std::vector<std::string> texts(const view& of, const char* list, const char* member = nullptr) {
    std::vector<std::string> out;
    for (const view& each : of.find(key_of(list))->items())
        out.push_back(*(member == nullptr ? each : *each.find(key_of(member))).text());
    return out;
}

/// As openapi.yaml has it, in a product without anything else.
view operation_of(feature::route declared) {
    static const model product = product_of();
    const view root = *product_view(product, {});
    return route_text(declared).operation(product, permissions_of(product), nullptr, {&root});
}

feature::route route_of(method verb, std::string_view path, right who) {
    return {.verb = verb,
            .path = path,
            .operation = "x",
            .who = who,
            .handler = "x",
            .tag = "X",
            .summary = "x",
            .gives = {.meaning = "It."}};
}

TEST(operation_view, anybody_may_ask_without_a_token) {
    const view asked = operation_of(route_of(method::get, "/x", right::anybody()));
    EXPECT_TRUE(asked.find(key_of("is_open"))->truthy());
    EXPECT_THAT(texts(asked, "refusals", "status"), ElementsAre("400", "429", "500", "503"));
    EXPECT_THAT(texts(asked, "parameters"), IsEmpty());
    EXPECT_THAT(texts(asked, "description_lines"), ElementsAre("Open to anybody."));
}

TEST(operation_view, a_change_by_a_member_is_refused_in_every_way) {
    feature::route declared = route_of(method::patch, "/x/{id}", right::member_with("member:manage"));
    declared.takes = "Change";
    declared.gives.schema = "Thing";
    declared.versioned = true;
    const view asked = operation_of(declared);
    EXPECT_THAT(texts(asked, "refusals", "status"),
                ElementsAre("400", "401", "403", "404", "412", "413", "415", "422", "429", "500", "503"));
    EXPECT_THAT(texts(asked, "parameters"), ElementsAre("IfMatch"));
    EXPECT_THAT(texts(asked, "headers", "name"), ElementsAre("X-Request-Id", "RateLimit", "ETag"));
    EXPECT_FALSE(asked.find(key_of("is_open"))->truthy());
    EXPECT_THAT(texts(asked, "description_lines"), ElementsAre("For the roles `owner` and `admin`."));
}

TEST(operation_view, posts_take_keys_and_say_where_they_made_something) {
    feature::route declared = route_of(method::post, "/x", right::user());
    declared.gives = {.status = 201, .meaning = "Made.", .schema = "Thing"};
    declared.versioned = declared.makes = true;
    const view asked = operation_of(declared);
    EXPECT_THAT(texts(asked, "parameters"), ElementsAre("IdempotencyKey"));
    EXPECT_THAT(texts(asked, "headers", "name"),
                ElementsAre("X-Request-Id", "RateLimit", "Idempotent-Replayed", "Location", "ETag"));
    EXPECT_THAT(texts(asked, "refusals", "status"), ElementsAre("400", "401", "409", "422", "429", "500", "503"));
}

TEST(operation_view, a_get_of_one_version_can_be_not_modified) {
    feature::route declared = route_of(method::get, "/x/{id}", right::user());
    declared.versioned = true;
    const view asked = operation_of(declared);
    EXPECT_THAT(texts(asked, "parameters"), ElementsAre("IfMatch", "IfNoneMatch"));
    EXPECT_THAT(texts(asked, "refusals", "status"), testing::Contains("304"));
}

TEST(routes_view, has_the_routes_of_features_and_of_entities_once_each) {
    const model product = product_of();
    const view root = *product_view(product, {});
    const std::vector<std::string> operations = texts(root, "routes", "operation");
    EXPECT_THAT(operations, testing::Contains("health"));
    EXPECT_THAT(operations, testing::Contains("create_task"));
    // It keeps no bin.
    EXPECT_THAT(operations, testing::Not(testing::Contains("restore_task")));
    std::vector<std::string> described;
    for (const view& path : root.find(key_of("paths"))->items()) {
        for (const std::string& each : texts(path, "operations", "operation")) described.push_back(each);
    }
    EXPECT_EQ(described, operations);
    const std::set<std::string> different(operations.begin(), operations.end());
    EXPECT_EQ(different.size(), operations.size());
}

// Its permissions are called member_read_2 and so on.
TEST(routes_view, an_entity_that_is_called_like_a_built_in_right_asks_for_its_own) {
    const model product = product_of("Member");
    const view root = *product_view(product, {});
    for (const view& row : root.find(key_of("routes"))->items()) {
        const std::string& operation = *row.find(key_of("operation"))->text();
        const std::string& permission = *row.find(key_of("permission"))->text();
        if (operation == "get_member") {
            EXPECT_EQ(permission, "member_read_2");
        }
        if (operation == "list_members") {
            EXPECT_EQ(permission, "member_read");
        }
    }
}

TEST(phrase, fills_in_words_and_refuses_those_that_nobody_has) {
    view names;
    names.set("what", "task");
    EXPECT_EQ(phrase("Leave a {{what}}").in({&names}), "Leave a task");
    EXPECT_EQ(phrase("Plain {id}").in({}), "Plain {id}");
    EXPECT_THROW(phrase("{{who}}").in({&names}), std::logic_error);
    EXPECT_THROW(phrase("{{#what}}"), std::logic_error);
}

TEST(component_fragments, are_joined_by_section) {
    view product;
    product.set("what", "task");
    const component_fragments fragments{{"server", "schemas:\n  One:\n    type: {{what}}\n"},
                                        {"accounts", "headers:\n  A: {}\n\nschemas:\n  Two: {}\n"}};
    ASSERT_TRUE(set_components(product, features_with({}), fragments));
    EXPECT_THAT(texts(product, "feature_schemas"), ElementsAre("One:", "  type: task", "Two: {}"));
    EXPECT_THAT(texts(product, "feature_headers"), ElementsAre("A: {}"));
    EXPECT_THAT(texts(product, "feature_parameters"), IsEmpty());
}

TEST(component_fragments, with_a_section_that_openapi_does_not_have_are_refused_with_their_line) {
    view product;
    const auto made =
        set_components(product, features_with({}), {{"server", "schemas:\n  One: {}\nschema:\n  Two: {}\n"}});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().line, 3U);
    EXPECT_EQ(made.error().file, "runtime/features/server/openapi.yaml");
    EXPECT_THAT(made.error().message, HasSubstr("schema:"));
}

}  // namespace
}  // namespace tenon::gen
