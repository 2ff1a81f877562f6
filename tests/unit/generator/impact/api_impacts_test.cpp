// Which differences of openapi.yaml break a client, in which direction, and which nobody can see.
#include "generator/impact/api_impacts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tenon::gen {
namespace {

using testing::IsEmpty;

/// As Tenon's templates lay it out.
const std::string document = R"(openapi: 3.1.0
info:
  title: "Shop"
security:
  - bearerAuth: []

paths:
  /health:
    get:
      operationId: health
      security: []
      responses:
        '200':
          description: It is.
  /v1/tasks:
    get:
      operationId: list_tasks
      parameters:
        - { $ref: '#/components/parameters/Limit' }
        - name: sort
          in: query
          description: What to sort by.
          schema:
            type: string
            enum: ["title", "-title"]
      responses:
        '200':
          description: One page.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/TaskList' }
        '404': { $ref: '#/components/responses/NotFound' }
    post:
      operationId: create_task
      requestBody:
        required: true
        content:
          application/json:
            schema: { $ref: '#/components/schemas/NewTask' }
      responses:
        '201':
          description: The new task.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Task' }
  /v1/tasks/{id}:
    parameters:
      - { $ref: '#/components/parameters/Id' }
    delete:
      operationId: delete_task
      responses:
        '204':
          description: Gone.
components:
  parameters:
    Limit:
      name: limit
      in: query
      schema: { type: integer, minimum: 1, maximum: 100, default: 20 }
    Id:
      name: id
      in: path
      required: true
      schema: { type: string, format: uuid }
  responses:
    NotFound:
      description: It is not there.
      content:
        application/problem+json:
          schema: { $ref: '#/components/schemas/Problem' }
  schemas:
    Problem:
      type: object
      required: [code]
      properties:
        code: { type: string }
    Task:
      type: object
      description: "A piece of work."
      required: [id, title, status, labels, body]
      properties:
        id: { type: string, format: uuid }
        title:
          type: string
          maxLength: 200
        status:
          type: string
          enum: ["open", "done"]
        labels:
          type: array
          maxItems: 100
          items:
            type: string
            maxLength: 40
        body:
          type: [string, "null"]
    NewTask:
      type: object
      additionalProperties: false
      required: [title]
      properties:
        title:
          type: string
          minLength: 1
          maxLength: 200
          pattern: "^[A-Z]"
        status:
          type: string
          enum: ["open", "done"]
          default: "open"
        body:
          type: [string, "null"]
    TaskList:
      type: object
      required: [items, next_cursor]
      properties:
        items:
          type: array
          items: { $ref: '#/components/schemas/Task' }
        next_cursor: { type: [string, "null"] }
)";

std::string section(const std::string& name) {
    return "    " + name + ":\n";
}

/// `document` with the first `from` behind `behind` replaced.
std::string changed(const std::string& behind, const std::string& from, const std::string& to) {
    std::string text = document;
    const auto start = text.find(behind);
    EXPECT_NE(start, std::string::npos) << behind;
    const auto at = text.find(from, start);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

std::vector<std::string> told(const std::vector<api_finding>& all) {
    std::vector<std::string> out;
    for (const api_finding& one : all) {
        std::string line = std::string(to_string(one.level)) + " " + one.kind + ": " + one.where;
        if (!one.member.empty()) line += ": " + one.member;
        out.push_back(line + " " + one.what);
    }
    return out;
}

struct edit {
    std::string title;
    std::string behind, from, to;
    std::vector<std::string> found;
};

class api_edit : public testing::TestWithParam<edit> {};

TEST_P(api_edit, is_told) {
    const edit& e = GetParam();
    EXPECT_THAT(told(compare_api(document, changed(e.behind, e.from, e.to))),
                testing::UnorderedElementsAreArray(e.found));
}

const std::string task = section("Task"), new_task = section("NewTask");

INSTANTIATE_TEST_SUITE_P(
    answers, api_edit,
    testing::Values(edit{"field_removed",
                         task,
                         "        body:\n          type: [string, \"null\"]\n",
                         "",
                         {"breaking response_field_removed: Task: body is no longer in answers"}},
                    edit{"field_added",
                         task,
                         "        body:",
                         "        due: { type: string }\n        body:",
                         {"info response_field_added: Task: due is new in answers"}},
                    edit{"field_optional",
                         task,
                         "labels, body]",
                         "labels]",
                         {"breaking response_field_optional: Task: body may be missing in answers now"}},
                    edit{"value_added",
                         task,
                         "\"done\"]",
                         "\"done\", \"late\"]",
                         {"warning response_widened: Task: status in answers may be 'late' now"}},
                    edit{"value_removed",
                         task,
                         ", \"done\"]",
                         "]",
                         {"info response_narrowed: Task: status in answers is no longer 'done'"}},
                    edit{"null_added",
                         task,
                         "title:\n          type: string",
                         "title:\n          type: [string, \"null\"]",
                         {"breaking response_widened: Task: title in answers may be 'null' now"}},
                    edit{"null_gone",
                         task,
                         "[string, \"null\"]",
                         "string",
                         {"info response_narrowed: Task: body in answers is no longer 'null'"}},
                    edit{"other_type",
                         task,
                         "title:\n          type: string",
                         "title:\n          type: integer",
                         {"breaking response_widened: Task: title is 'integer' instead of 'string'"}},
                    edit{
                        "longer",
                        task,
                        "maxLength: 200",
                        "maxLength: 300",
                        {"warning response_widened: Task: title in answers has at most 300 characters instead of 200"}},
                    edit{"shorter_items",
                         task,
                         "maxLength: 40",
                         "maxLength: 20",
                         {"info response_narrowed: Task: labels[] in answers has at most 20 characters instead of 40"}},
                    edit{"other_format",
                         task,
                         "format: uuid",
                         "format: email",
                         {"breaking response_widened: Task: id is a 'email' instead of a 'uuid'"}},
                    edit{"problem_field",
                         section("Problem"),
                         "        code: { type: string }\n",
                         "",
                         {
                             "breaking response_field_removed: Problem: code is no longer in answers",
                         }},
                    edit{"description_only", task, "A piece of work.", "Something to do.", {}}),
    [](const auto& info) { return info.param.title; });

INSTANTIATE_TEST_SUITE_P(
    requests, api_edit,
    testing::Values(
        edit{"required_field",
             new_task,
             "required: [title]",
             "required: [title, status]",
             {"breaking request_field_required: NewTask: status has to be given now"}},
        edit{"optional_field",
             new_task,
             "      required: [title]\n",
             "",
             {"info request_field_optional: NewTask: title need not be given any more"}},
        edit{"new_field",
             new_task,
             "        body:",
             "        due: { type: string }\n        body:",
             {"info request_field_added: NewTask: due is new and may be given"}},
        edit{"field_removed",
             new_task,
             "        body:\n          type: [string, \"null\"]\n",
             "",
             {"breaking request_field_removed: NewTask: body is refused now"}},
        edit{"shorter",
             new_task,
             "maxLength: 200",
             "maxLength: 100",
             {"breaking request_narrowed: NewTask: title has at most 100 characters instead of 200"}},
        edit{"longer",
             new_task,
             "maxLength: 200",
             "maxLength: 201",
             {"info request_widened: NewTask: title has at most 201 characters instead of 200"}},
        edit{"other_pattern",
             new_task,
             "^[A-Z]",
             "^[a-z]",
             {"breaking request_narrowed: NewTask: title has to match another pattern"}},
        edit{"no_pattern",
             new_task,
             "          pattern: \"^[A-Z]\"\n",
             "",
             {"info request_widened: NewTask: title has to match no pattern any more"}},
        edit{"value_removed",
             new_task,
             ", \"done\"]",
             "]",
             {"breaking request_narrowed: NewTask: status is no longer 'done'"}},
        edit{"value_added",
             new_task,
             "\"done\"]",
             "\"done\", \"late\"]",
             {"info request_widened: NewTask: status may be 'late' now"}},
        edit{"other_default",
             new_task,
             "default: \"open\"",
             "default: \"done\"",
             {"warning request_default_changed: NewTask: status is done when it is not given, instead of open"}},
        edit{"null_refused",
             new_task,
             "[string, \"null\"]",
             "string",
             {"breaking request_narrowed: NewTask: body is no longer 'null'"}}),
    [](const auto& info) { return info.param.title; });

INSTANTIATE_TEST_SUITE_P(
    operations, api_edit,
    testing::Values(edit{"operation_gone",
                         "/v1/tasks:",
                         "    post:\n",
                         "    x-post:\n",
                         {"breaking operation_removed: POST /v1/tasks is gone"}},
                    edit{"path_gone",
                         "  /v1/tasks/{id}:",
                         "  /v1/tasks/{id}:",
                         "  /v1/tasks/{id}/now:",
                         {"breaking operation_removed: DELETE /v1/tasks/{id} is gone",
                          "info operation_added: DELETE /v1/tasks/{id}/now is new"}},
                    edit{"renamed",
                         "/v1/tasks:",
                         "operationId: list_tasks",
                         "operationId: all_tasks",
                         {"warning operation_renamed: GET /v1/tasks is now called 'all_tasks', was 'list_tasks'"}},
                    edit{"required_parameter",
                         "/v1/tasks:",
                         "          in: query\n",
                         "          in: query\n          required: true\n",
                         {"breaking parameter_required: GET /v1/tasks: sort has to be given now"}},
                    edit{"parameter_gone",
                         "/v1/tasks:",
                         "name: sort",
                         "name: order",
                         {"breaking parameter_removed: GET /v1/tasks no longer takes the query parameter 'sort'",
                          "info parameter_added: GET /v1/tasks takes the new query parameter 'order'"}},
                    edit{"fewer_sorts",
                         "/v1/tasks:",
                         ", \"-title\"]",
                         "]",
                         {"breaking parameter_narrowed: GET /v1/tasks: sort is no longer '-title'"}},
                    edit{"shared_parameter",
                         "    Limit:",
                         "maximum: 100",
                         "maximum: 50",
                         {"breaking parameter_narrowed: every operation: limit has at most 50 instead of 100"}},
                    edit{"other_status",
                         "/v1/tasks:",
                         "'201':",
                         "'202':",
                         {"breaking status_removed: POST /v1/tasks no longer answers 201",
                          "warning status_added: POST /v1/tasks may answer 202"}},
                    edit{"new_error",
                         "/v1/tasks:",
                         "        '201':",
                         "        '409': { description: Taken. }\n        '201':",
                         {"info status_added: POST /v1/tasks may answer 409"}},
                    edit{"closed",
                         "/health:",
                         "      security: []\n",
                         "",
                         {"breaking authentication_required: GET /health needs authentication now"}},
                    edit{"opened",
                         "/v1/tasks:",
                         "      operationId: create_task\n",
                         "      operationId: create_task\n      security: []\n",
                         {"warning authentication_dropped: POST /v1/tasks is open to anybody now"}},
                    edit{"body_of_another_schema",
                         "/v1/tasks:",
                         "schemas/NewTask",
                         "schemas/Problem",
                         {"breaking request_field_required: POST /v1/tasks: code is new and has to be given",
                          "warning request_field_removed: POST /v1/tasks: title is ignored now",
                          "warning request_field_removed: POST /v1/tasks: status is ignored now",
                          "warning request_field_removed: POST /v1/tasks: body is ignored now"}}),
    [](const auto& info) { return info.param.title; });

TEST(api_impacts, none_for_equal_documents_and_for_a_document_seen_backwards_the_opposite) {
    EXPECT_THAT(compare_api(document, document), IsEmpty());
    const std::string more = changed(new_task, "        body:", "        due: { type: string }\n        body:");
    EXPECT_THAT(told(compare_api(more, document)),
                testing::ElementsAre("breaking request_field_removed: NewTask: due is refused now"));
}

TEST(api_impacts, a_route_that_goes_whole_is_told_once) {
    std::string less = document;
    const auto begin = less.find("  /v1/tasks:"), end = less.find("components:");
    less.erase(begin, end - begin);
    EXPECT_THAT(told(compare_api(document, less)),
                testing::ElementsAre("breaking operation_removed: /v1/tasks is gone, with everything below it"));
}

TEST(api_impacts, what_several_schemas_share_is_told_once) {
    std::string both = changed(new_task, "        body:", "        due: { type: string }\n        body:");
    const std::string changes =
        "    TaskChanges:\n      type: object\n      additionalProperties: false\n      properties:\n        due: { "
        "type: "
        "string }\n";
    const auto with_patch = [&](std::string text) {
        text.replace(
            text.find("    delete:\n"), 12,
            "    patch:\n      requestBody:\n        content:\n          application/json:\n            schema: "
            "{ $ref: '#/components/schemas/TaskChanges' }\n    delete:\n");
        return text + changes;
    };
    std::string before = with_patch(both);
    std::string after = before;
    for (auto at = after.find("due: { type: string }"); at != std::string::npos;
         at = after.find("due: { type: string }", at + 1)) {
        after.replace(at, 21, "due: { type: string, maxLength: 5 }");
    }
    EXPECT_THAT(told(compare_api(before, after)),
                testing::ElementsAre("breaking request_narrowed: NewTask, TaskChanges: due has at most 5 characters"));
}

TEST(api_impacts, says_so_when_a_document_cannot_be_understood) {
    const std::string broken = changed(task, "type: object", "type: [object");
    ASSERT_EQ(compare_api(document, broken).size(), 1u);
    EXPECT_EQ(compare_api(document, broken)[0].kind, "api_not_compared");
    EXPECT_NO_THROW(compare_api(document, "no yaml: [at all"));
    EXPECT_NO_THROW(compare_api("", document));
}

TEST(api_impacts, every_kind_is_known_to_the_plan) {
    for (const std::string& text : {changed(task, "maxLength: 200", "maxLength: 1"), changed(task, "body]", "x]")}) {
        for (const api_finding& one : compare_api(document, text))
            EXPECT_NE(find_impact_kind(one.kind), nullptr) << one.kind;
    }
}

}  // namespace
}  // namespace tenon::gen
