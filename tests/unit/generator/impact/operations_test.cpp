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
                         {"breaking parameter_narrowed: GET /v1/tasks: sort is no longer '-title'"}},
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

}  // namespace
}  // namespace tenon::gen
