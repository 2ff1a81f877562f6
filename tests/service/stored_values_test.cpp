// Whatever a client writes either comes back, can be listed, changed and deleted, or is refused with its place.
#include <gtest/gtest.h>

#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"

namespace tenon::service_test {
namespace {

/// Shapes that some database rewrites, refuses, or gives back so that a reader stumbles.
const std::vector<std::string>& hostile_json() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> out = {"[1e-330]",
                                        "1e-400",
                                        "-1e-330",
                                        "1e308",
                                        "1.7976931348623157e308",
                                        "1e309",
                                        "-1e400",
                                        "5e-324",
                                        "0e99999",
                                        "1e99999999999",
                                        "1e-99999999999",
                                        "-0",
                                        "-0.0",
                                        "[-0.0e-5]",
                                        "123456789012345678901234567890",
                                        "0.1e1",
                                        "1.10",
                                        "1E+2",
                                        "\"\"",
                                        "\"\\u0000\"",
                                        "{\"\\u0000\":1}",
                                        "\"\\u0001\\u001f\\u007f\"",
                                        "\"\\ud800\"",
                                        "\"\\udc00\\ud800\"",
                                        "\"\\ud83d\\ude00\"",
                                        "\"\\uffff\\ufffe\"",
                                        "\"\\u2028\\u2029\"",
                                        "{\"\":{\"\":[]}}",
                                        "{\"b\":1,\"a\":2,\"aa\":3}",
                                        "{\"a\":1,\"a\":2}",
                                        "null",
                                        "true",
                                        "[]",
                                        "{}",
                                        "[[],{},null]",
                                        "\"\xF4\x8F\xBF\xBF\"",
                                        "\"\xED\xA0\x80\"",
                                        "\"\xC0\xAF\"",
                                        "\"\xEF\xBB\xBF\""};
        out.push_back("0." + std::string(390, '1'));
        out.push_back("0." + std::string(5000, '1'));
        out.push_back(std::string(309, '9'));
        out.push_back(std::string(131'073, '9'));
        out.push_back("1." + std::string(20'000, '0') + "1");
        for (const int depth : {50, 62, 63, 64, 1000})
            out.push_back(std::string(static_cast<std::size_t>(depth), '[') +
                          std::string(static_cast<std::size_t>(depth), ']'));
        std::string grows = "[1e300";
        for (int i = 0; i < 20'000; ++i) grows += ",1e300";
        out.push_back(grows + "]");
        out.push_back("\"" + std::string(700'000, 'x') + "\"");
        out.push_back("{\"" + std::string(4'000, 'k') + "\":1}");
        out.push_back("{\"" + std::string(70'000, 'k') + "\":1}");
        return out;
    }();
    return all;
}

struct value_of_field {
    std::string field;
    std::string json;
};

/// The edges of each other type.
const std::vector<value_of_field>& hostile_scalars() {
    static const std::vector<value_of_field> all = [] {
        std::vector<value_of_field> out;
        for (const char* time : {"0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00",
                                 "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59-14:00", "2016-12-31T23:59:60Z",
                                 "2026-02-30T00:00:00Z", "infinity", "now", "2026-01-01T00:00:00.0000001Z",
                                 "10000-01-01T00:00:00Z", "1970-01-01T00:00:00"})
            out.push_back({"due_at", '"' + std::string(time) + '"'});
        for (const char* number :
             {"0", "-0", "-0.0", "1e-320", "5e-324", "1e-400", "1e400", "0.1", "1000", "1e3", "1000.0000001"})
            out.push_back({"estimate_hours", number});
        for (const char* number : {"1", "5", "1e0", "1.0", "-0", "9223372036854775807", "9223372036854775808"})
            out.push_back({"priority", number});
        for (const char* id : {"00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
                               "{018f4f7e-7b1c-7c3a-9d2e-0a1b2c3d4e5f}", "018f4f7e7b1c7c3a9d2e0a1b2c3d4e5f"})
            out.push_back({"external_id", '"' + std::string(id) + '"'});
        for (const char* text :
             {"\\u0000", "a\\u0000b", "\\u0001", "\\ud83d\\ude00", "\\ud800", "\\uffff", "%_\\\\%", "'\\\"", "\\u202e"})
            for (const char* field : {"title", "body"}) out.push_back({field, '"' + std::string(text) + '"'});
        out.push_back({"title", '"' + std::string(200, '\x01') + '"'});
        std::string wide;
        for (int i = 0; i < 200; ++i) wide += "\xF0\x9F\x98\x80";
        out.push_back({"title", '"' + wide + '"'});
        out.push_back({"body", '"' + std::string(100'000, 'b') + '"'});
        return out;
    }();
    return all;
}

class stored_values : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (!process::available()) return;
        service = std::make_unique<process>();
        founder = service->sign_up("founder");
        project = service->create(founder, "/v1/projects", R"({"name":"Values","code":"VALUES"})");
    }
    static void TearDownTestSuite() { service.reset(); }
    void SetUp() override {
        if (!service) GTEST_SKIP() << "STARTER is not set";
    }

    static answer send(const std::string& method, const std::string& target, const std::string& body = {}) {
        return ask(service->port(), {method, target, body, founder.token, {}});
    }
    static std::string shown(const std::string& json) {
        return json.size() <= 80 ? json : json.substr(0, 80) + "… (" + std::to_string(json.size()) + " bytes)";
    }
    /// A value is refused with its place; only what is no JSON at all has none.
    static void expect_refused(const answer& given, const std::string& field) {
        if (given.status == 400 && given.at("/code") == "bad_json") return;
        ASSERT_EQ(given.status, 422) << given.body;
        const auto fields = given.broken_fields();
        ASSERT_EQ(fields.size(), 1U) << given.body;
        EXPECT_TRUE(fields[0] == "/" + field || fields[0].starts_with("/" + field + "/")) << fields[0];
    }
    static void expect_in_list(const std::string& id, const std::string& query) {
        const answer list = send("GET", "/v1/tasks?limit=100" + query);
        ASSERT_EQ(list.status, 200) << list.body.substr(0, 300);
        EXPECT_NE(list.body.find(id), std::string::npos);
    }
    static void expect_a_whole_life(const std::string& field, const std::string& json) {
        SCOPED_TRACE(field + " = " + shown(json));
        const std::string titled = field == "title" ? "" : R"(,"title":"t")";
        const answer made = send("POST", "/v1/tasks",
                                 R"({"project_id":")" + project + "\"" + titled + ",\"" + field + "\":" + json + "}");
        if (made.status != 201) return expect_refused(made, field);
        const std::string id = made.at("/id");
        const std::string path = "/v1/tasks/" + id;
        const answer got = send("GET", path);
        ASSERT_EQ(got.status, 200) << got.body.substr(0, 300);
        EXPECT_EQ(got.body, made.body);
        expect_in_list(id, "");
        const answer changed = send("PATCH", path, R"({"priority":4})");
        ASSERT_EQ(changed.status, 200) << changed.body.substr(0, 300);
        EXPECT_EQ(changed.at("/" + field) == got.at("/" + field), field != "priority");
        // What has come back can be sent again.
        const std::string own = got.at("/" + field);
        if (field == "checklist" && !own.empty()) {
            const std::size_t from = got.body.find("\"checklist\":") + 12;
            const std::string text = got.body.substr(from, got.body.find(",\"external_id\":") - from);
            const answer again = send("PATCH", path, "{\"checklist\":" + text + "}");
            EXPECT_EQ(again.status, 200) << again.body.substr(0, 300);
            EXPECT_EQ(again.at("/checklist"), own);
        }
        EXPECT_EQ(send("DELETE", path).status, 204);
        expect_in_list(id, "&deleted=only");
        EXPECT_EQ(send("POST", path + "/restore").status, 200);
        EXPECT_EQ(send("DELETE", path).status, 204);
        const answer empty = send("GET", "/v1/tasks?limit=100");
        EXPECT_EQ(empty.status, 200) << empty.body.substr(0, 300);
    }

    static inline std::unique_ptr<process> service;
    static inline person founder;
    static inline std::string project;
};

TEST_F(stored_values, json_of_any_shape_lives_or_is_refused_with_its_place) {
    for (const std::string& json : hostile_json()) expect_a_whole_life("checklist", json);
}

TEST_F(stored_values, every_other_type_does_too) {
    for (const value_of_field& each : hostile_scalars()) expect_a_whole_life(each.field, each.json);
}

TEST_F(stored_values, a_change_is_as_strict_as_a_new_record) {
    const std::string id = service->create(founder, "/v1/tasks", R"({"project_id":")" + project + R"(","title":"t"})");
    for (const std::string& json : hostile_json()) {
        SCOPED_TRACE(shown(json));
        const answer changed = send("PATCH", "/v1/tasks/" + id, "{\"checklist\":" + json + "}");
        if (changed.status != 200) {
            expect_refused(changed, "checklist");
            continue;
        }
        const answer got = send("GET", "/v1/tasks/" + id);
        EXPECT_EQ(got.status, 200);
        EXPECT_EQ(got.body, changed.body);
        EXPECT_EQ(send("GET", "/v1/tasks").status, 200);
    }
}

TEST_F(stored_values, an_array_that_is_too_long_is_called_that) {
    std::string many = "[0";
    for (int i = 0; i < 100'000; ++i) many += ",0";
    const answer refused =
        send("POST", "/v1/tasks", R"({"project_id":")" + project + R"(","title":"t","checklist":)" + many + "]}");
    EXPECT_EQ(refused.status, 400);
    EXPECT_NE(refused.at("/detail").find("more than 100,000 elements"), std::string::npos) << refused.body;
}

}  // namespace
}  // namespace tenon::service_test
