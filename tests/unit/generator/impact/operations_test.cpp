// Which differences of operations and parameters break a client.
#include "api_sample.hpp"

namespace tenon::gen {
namespace {

class operation_edit : public testing::TestWithParam<edit> {};

TEST_P(operation_edit, is_told) {
    expect_told(GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    operations, operation_edit,
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
                         {"breaking parameter_narrowed: GET /v1/tasks: sort no longer takes '-title'"}},
                    edit{
                        "several_values",
                        "/v1/tasks:",
                        "            type: string\n            enum: [\"title\", \"-title\"]\n",
                        "            type: array\n            items: { type: string, enum: [\"title\", \"-title\"] }\n",
                        {"info parameter_widened: GET /v1/tasks: sort takes several values now"}},
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

const std::string sort_parameter =
    "        - name: sort\n          in: query\n          description: What to sort by.\n          schema:\n           "
    " "
    "type: string\n            enum: [\"title\", \"-title\"]\n";

std::string query_parameter(const std::string& name, const std::string& schema) {
    return "        - name: " + name + "\n          in: query\n          schema: " + schema + "\n";
}

/// What is told when `before` stands where the sample's parameter is, and then `after`.
std::vector<std::string> told_of_parameters(const std::string& before, const std::string& after) {
    return told(
        compare_api(changed("/v1/tasks:", sort_parameter, before), changed("/v1/tasks:", sort_parameter, after)));
}

const std::string dates = "{ type: array, items: { type: string, format: date } }";
const std::string day = "{ type: string, format: date }";

TEST(operations, a_bound_that_becomes_a_filter_of_its_own_breaks_its_callers) {
    const std::string bounded = query_parameter("valid", dates) + query_parameter("valid_from", day);
    const std::string became =
        "breaking parameter_narrowed: GET /v1/tasks: valid_from finds only these values now, and was a bound of "
        "'valid'";
    EXPECT_THAT(told_of_parameters(bounded, query_parameter("valid", dates) + query_parameter("valid_from", dates)),
                testing::ElementsAre(became));
    EXPECT_THAT(told_of_parameters(bounded, query_parameter("valid_from", dates)),
                testing::UnorderedElementsAre(
                    became, "breaking parameter_removed: GET /v1/tasks no longer takes the query parameter 'valid'"));
    EXPECT_THAT(told_of_parameters(query_parameter("valid_from", day), query_parameter("valid_from", dates)),
                testing::ElementsAre("info parameter_widened: GET /v1/tasks: valid_from takes several values now"))
        << "a plain filter of an earlier version";
}

TEST(operations, values_that_may_be_the_word_null_are_compared) {
    const auto or_null = [](const std::string& value) {
        return query_parameter("due", "{ type: array, items: { anyOf: [" + value + ", { const: \"null\" }] } }");
    };
    const std::string number = "{ type: integer }";
    EXPECT_THAT(told_of_parameters(or_null(day), or_null(number)),
                testing::ElementsAre("breaking parameter_narrowed: GET /v1/tasks: due[] is 'integer', 'null' instead "
                                     "of 'null', 'string'"));
    EXPECT_THAT(told_of_parameters(or_null(day), query_parameter("due", dates)),
                testing::ElementsAre("breaking parameter_narrowed: GET /v1/tasks: due[] no longer takes 'null'"));
    EXPECT_THAT(told_of_parameters(query_parameter("due", dates), or_null(day)),
                testing::ElementsAre("info parameter_widened: GET /v1/tasks: due[] may be 'null' now"));
    const auto words = [](const std::string& all) {
        return query_parameter("due", "{ type: array, items: { type: string, enum: [" + all + "] } }");
    };
    EXPECT_THAT(told_of_parameters(words("\"a\", \"null\""), words("\"a\"")),
                testing::ElementsAre("breaking parameter_narrowed: GET /v1/tasks: due[] no longer takes 'null'"));
}

TEST(operations, says_what_could_not_be_compared) {
    const std::string three = query_parameter("due", "{ anyOf: [" + day + ", { type: integer }, { type: boolean }] }");
    EXPECT_THAT(
        told_of_parameters(three, query_parameter("due", day)),
        testing::ElementsAre("warning api_not_compared: GET /v1/tasks: due could not be compared with what it was"));
    EXPECT_THAT(told_of_parameters(three + query_parameter("a", day), three + query_parameter("a", day)),
                testing::IsEmpty());
    EXPECT_THAT(told_of_parameters(three, three + query_parameter("a", day)),
                testing::ElementsAre("info parameter_added: GET /v1/tasks takes the new query parameter 'a'"));
}

}  // namespace
}  // namespace tenon::gen
