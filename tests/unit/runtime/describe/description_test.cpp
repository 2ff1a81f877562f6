// What builds make of openapi.yaml, with what the owners of a product may write into it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "describe/document.hpp"

namespace tenon::describe {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string json_of(const std::string& text) {
    return as_json(YAML::Load(text));
}

std::string page_of(const std::string& text) {
    return as_page(YAML::Load(text));
}

std::size_t times(const std::string& what, const std::string& text) {
    std::size_t out = 0;
    for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + 1)) ++out;
    return out;
}

TEST(json_of_yaml, plain_scalars_are_those_of_the_core_schema) {
    EXPECT_EQ(json_of("[true, True, TRUE, false, False, FALSE]"), "[true,true,true,false,false,false]");
    EXPECT_EQ(json_of("[null, Null, NULL, ~, ]"), "[null,null,null,null]");
    EXPECT_EQ(json_of("[0, 12, -12, +1, 007, -0]"), "[0,12,-12,1,7,-0]");
    EXPECT_EQ(json_of("[0o17, 0o0, 0x10, 0xfF, 0xFFFFFFFFFFFFFFFFF]"), "[15,0,16,255,295147905179352825855]");
    EXPECT_EQ(json_of("[.5, -.5, +.5e3, 1., 1.e5, 1.50, 01.5, 1E+2, 2e-3]"),
              "[0.5,-0.5,0.5e3,1,1e5,1.50,1.5,1E+2,2e-3]");
}

TEST(json_of_yaml, everything_else_is_text) {
    EXPECT_EQ(json_of("[yes, no, on, tRUE, 1_000, 0b1, -0x1, 0o8, ., e5, +, 1.2.3, .inf, .nan, 2026-01-02]"),
              R"(["yes","no","on","tRUE","1_000","0b1","-0x1","0o8",".","e5","+","1.2.3",".inf",".nan","2026-01-02"])");
    EXPECT_EQ(json_of(R"(["true", 'null', "0x10", '+1', !!str 5])"), R"(["true","null","0x10","+1","5"])");
    EXPECT_EQ(json_of("true: |\n  12\n'200': {}\n"), "{\"true\":\"12\\n\",\"200\":{}}");
    EXPECT_EQ(json_of("a: \"\\\"\\\\\\t\\u0001\""), R"({"a":"\"\\\u0009\u0001"})");
}

TEST(page_of_openapi, shows_whom_to_ask_and_where_it_is_served) {
    const std::string page = page_of(R"(
info: { title: Shop, contact: { name: Ada & Co, email: api@example.com }, license: { name: MIT, identifier: MIT } }
servers: [{ url: "https://a.example.com", description: Live. }, { url: "https://b.example.com" }]
)");
    EXPECT_THAT(page, HasSubstr("Contact: Ada &amp; Co, api@example.com<"));
    EXPECT_THAT(page, HasSubstr("Licence: MIT<"));
    EXPECT_THAT(page, HasSubstr("Server: https://a.example.com, Live.<"));
    EXPECT_THAT(page, HasSubstr("Server: https://b.example.com<"));
}

TEST(page_of_openapi, shows_operations_without_a_listed_tag_under_other) {
    const std::string page = page_of(R"(
openapi: 3.1.0
info: { title: Shop & Co, version: 1.0.0 }
tags: [{ name: Listed, description: With `code`. }]
paths:
  /listed: { get: { operationId: listed, tags: [Listed], responses: {} } }
  /second: { get: { operationId: second, tags: [unlisted, Listed], responses: {} } }
  /plain: { post: { operationId: plain } }
  /unlisted: { head: { operationId: unlisted, tags: [unlisted], responses: {} } }
  /none: { put: { operationId: none, tags: [] } }
)");
    const std::size_t listed = page.find("<h2>Listed</h2>");
    const std::size_t other = page.find("<h2>Other</h2>");
    ASSERT_LT(listed, other);
    ASSERT_NE(other, page.npos);
    for (const char* const id : {"listed", "second"}) EXPECT_LT(page.find("id=\"" + std::string(id)), other) << id;
    for (const char* const id : {"plain", "unlisted", "none"}) {
        EXPECT_GT(page.find("id=\"" + std::string(id)), other) << id;
        EXPECT_EQ(times("id=\"" + std::string(id), page), 1U) << id;
    }
    EXPECT_THAT(page, HasSubstr("Shop &amp; Co"));
    EXPECT_THAT(page, HasSubstr("With <code>code</code>."));
}

TEST(page_of_openapi, has_no_other_where_all_are_listed) {
    const std::string page = page_of(R"(
tags: [{ name: Listed }]
paths: { /a: { get: { tags: [Listed] } } }
)");
    EXPECT_THAT(page, Not(HasSubstr("Other")));
}

TEST(page_of_openapi, needs_nothing_that_openapi_makes_optional) {
    EXPECT_THAT(page_of("openapi: 3.1.0"), HasSubstr("</h1>"));
    const std::string page = page_of(R"(
tags: [{}]
paths:
  x-note: text
  /a:
    parameters:
    post:
      operationId: a
      requestBody: { $ref: '#/components/requestBodies/A' }
      responses: { x-note: text, '200': { content: { application/json: , text/plain: {} } } }
components:
  requestBodies: { A: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } }
  schemas: { Any: true, A: { properties: { any: true } } }
)");
    EXPECT_THAT(page, HasSubstr("<p>Body: <a href=\"#schema-A\">A</a></p>"));
    EXPECT_EQ(times("id=\"a\"", page), 1U);
}

}  // namespace
}  // namespace tenon::describe
