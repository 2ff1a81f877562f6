// Which differences of schemas break a client, in which direction, and which nobody can see.
#include "api_sample.hpp"

namespace tenon::gen {
namespace {

using testing::IsEmpty;

class api_edit : public testing::TestWithParam<edit> {};

TEST_P(api_edit, is_told) {
    expect_told(GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    answers, api_edit,
    testing::Values(
        edit{"field_removed",
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
             {"info response_narrowed: Task: status in answers no longer has 'done'"}},
        edit{"null_added",
             task,
             "title:\n          type: string",
             "title:\n          type: [string, \"null\"]",
             {"breaking response_widened: Task: title in answers may be 'null' now"}},
        edit{"null_gone",
             task,
             "[string, \"null\"]",
             "string",
             {"info response_narrowed: Task: body in answers no longer has 'null'"}},
        edit{"null_beside_the_type",
             task,
             "          type: [string, \"null\"]\n",
             "          anyOf:\n            - type: string\n            - type: \"null\"\n",
             {}},
        edit{"null_beside_a_named_type",
             task,
             "          type: [string, \"null\"]\n",
             "          anyOf:\n            - $ref: '#/components/schemas/Problem'\n            - type: \"null\"\n",
             {"breaking response_widened: Task: body is 'null', 'object' instead of 'null', 'string'"}},
        edit{"other_type",
             task,
             "title:\n          type: string",
             "title:\n          type: integer",
             {"breaking response_widened: Task: title is 'integer' instead of 'string'"}},
        edit{"longer",
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
        // money(USD) becomes money: every value that was taken still is.
        edit{"any_value_of_a_pattern",
             new_task,
             "          enum: [\"open\", \"done\"]\n",
             "          minLength: 4\n          maxLength: 4\n          pattern: \"^[a-z]{4}$\"\n",
             {"info request_widened: NewTask: status may be any text now"}},
        edit{"any_value_of_another_pattern",
             new_task,
             "          enum: [\"open\", \"done\"]\n",
             "          pattern: \"^[a-n]\"\n",
             {"info request_widened: NewTask: status may be any text now",
              "breaking request_narrowed: NewTask: status has to match a pattern"}},
        edit{"any_short_value",
             new_task,
             "          enum: [\"open\", \"done\"]\n",
             "          maxLength: 3\n",
             {"info request_widened: NewTask: status may be any text now",
              "breaking request_narrowed: NewTask: status has at most 3 characters"}},
        edit{"value_removed",
             new_task,
             ", \"done\"]",
             "]",
             {"breaking request_narrowed: NewTask: status no longer takes 'done'"}},
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
        edit{"default_in_words",
             new_task,
             "default: \"open\"",
             "description: \"Default: `open`.\"\n          x-default: \"open\"",
             {}},
        edit{"null_refused",
             new_task,
             "[string, \"null\"]",
             "string",
             {"breaking request_narrowed: NewTask: body no longer takes 'null'"}}),
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
    for (const char* line : {"  /v1/tasks/{id}:", "    Task:", "  /v1/tasks:", "    Limit:"}) {
        EXPECT_NO_THROW(compare_api(changed(line, ":\n", "\n"), document)) << line;
        EXPECT_NO_THROW(compare_api(changed(line, ":\n", ": 7\n"), document)) << line;
        EXPECT_NO_THROW(compare_api(changed(line, ":\n", ":\n<<<<<<< HEAD\n"), document)) << line;
    }
    for (std::size_t cut = 0; cut < document.size(); cut += 37) {
        EXPECT_NO_THROW(compare_api(document.substr(0, cut), document)) << cut;
        EXPECT_NO_THROW(compare_api(document, document.substr(0, cut))) << cut;
    }
}

TEST(api_impacts, every_kind_is_known_to_the_plan) {
    for (const std::string& text : {changed(task, "maxLength: 200", "maxLength: 1"), changed(task, "body]", "x]")}) {
        for (const api_finding& one : compare_api(document, text))
            EXPECT_NE(find_impact_kind(one.kind), nullptr) << one.kind;
    }
}

}  // namespace
}  // namespace tenon::gen
