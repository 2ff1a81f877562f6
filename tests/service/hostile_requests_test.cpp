// What a service must refuse, with the right status and a problem document, and go on serving.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"

namespace tenon::service_test {
namespace {

using ::testing::Contains;
using ::testing::IsSupersetOf;

class hostile_requests : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (!process::available()) return;
        service = std::make_unique<process>(std::map<std::string, std::string>{
            {"HEADER_TIMEOUT", "700ms"}, {"BODY_TIMEOUT", "700ms"}, {"MAX_BODY_BYTES", "65536"}});
        founder = service->sign_up("founder");
    }
    static void TearDownTestSuite() { service.reset(); }
    void SetUp() override {
        if (!service) GTEST_SKIP() << "STARTER is not set";
    }
    // Whatever was done to it, the service answers the next one.
    void TearDown() override {
        if (!service) return;
        EXPECT_EQ(ask(service->port(), {.target = "/health"}).status, 200);
    }

    static answer post(const std::string& body, std::vector<std::string> headers = {}) {
        return ask(service->port(), {"POST", "/v1/projects", body, founder.token, std::move(headers)});
    }
    static void expect_problem(const answer& a, int status) {
        EXPECT_EQ(a.status, status) << a.body;
        EXPECT_EQ(a.header("Content-Type"), "application/problem+json");
        EXPECT_EQ(a.at("/status"), std::to_string(status)) << a.body;
        EXPECT_FALSE(a.header("X-Request-Id").empty());
    }

    static inline std::unique_ptr<process> service;
    static inline person founder;
};

TEST_F(hostile_requests, bodies_that_are_no_json) {
    for (const char* body :
         {"{", "{\"name\":}", "not json", "{\"name\": \"a\"} trailing", "\xff\xfe", "{'name': 1}", "[1,", "nul"}) {
        expect_problem(post(body), 400);
    }
}

TEST_F(hostile_requests, a_body_nested_too_deep) {
    const std::string deep = std::string(5000, '[') + std::string(5000, ']');
    expect_problem(post(deep), 400);
}

TEST_F(hostile_requests, a_member_given_twice) {
    expect_problem(post(R"({"name":"a","name":"b","code":"AB"})"), 400);
}

TEST_F(hostile_requests, bodies_that_are_no_object) {
    for (const char* body : {"[]", "1", "\"text\"", "null", "true"}) {
        const answer a = post(body);
        EXPECT_TRUE(a.status == 400 || a.status == 422) << body << " gave " << a.status;
    }
}

TEST_F(hostile_requests, wrong_types_are_all_named_at_once) {
    const answer a =
        post(R"({"name":1,"code":true,"status":"someday","budget":"much","rate":{},"labels":"a","website":[]})");
    expect_problem(a, 422);
    EXPECT_THAT(a.broken_fields(),
                IsSupersetOf({"/name", "/code", "/status", "/budget", "/rate", "/labels", "/website"}));
}

TEST_F(hostile_requests, members_that_nobody_knows) {
    const answer a = post(R"({"name":"a","code":"AB","colour":"red","workspace_id":"x","created_by":"y"})");
    expect_problem(a, 422);
    EXPECT_THAT(a.broken_fields(), IsSupersetOf({"/colour", "/workspace_id", "/created_by"}));
}

TEST_F(hostile_requests, numbers_that_do_not_fit) {
    for (const char* priority : {"99999999999999999999", "1e400", "1.5", "\"3\"", "-1", "6"}) {
        const answer a =
            ask(service->port(),
                {"POST", "/v1/tasks", std::string(R"({"title":"a","priority":)") + priority + "}", founder.token, {}});
        EXPECT_TRUE(a.status == 422 || a.status == 400) << priority << " gave " << a.status;
    }
}

TEST_F(hostile_requests, a_body_of_another_type) {
    expect_problem(post("name=a", {"Content-Type: application/x-www-form-urlencoded"}), 415);
}

TEST_F(hostile_requests, a_body_larger_than_allowed) {
    expect_problem(post(std::string(65537, ' ')), 413);
    const std::string head =
        "POST /v1/projects HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
        founder.token;
    // The length alone is enough: nobody waits for a terabyte.
    expect_problem(ask_raw(service->port(), head + "\r\nContent-Length: 1099511627776\r\n\r\n"), 413);
}

TEST_F(hostile_requests, chunks_that_add_up_to_too_much) {
    std::string bytes =
        "POST /v1/projects HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
        founder.token + "\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 20; ++i) bytes += "1000\r\n" + std::string(4096, ' ') + "\r\n";
    expect_problem(ask_raw(service->port(), bytes + "0\r\n\r\n"), 413);
}

TEST_F(hostile_requests, headers_without_end) {
    const answer a = ask(service->port(), {"GET", "/health", "", "", {"X-Filler: " + std::string(64 * 1024, 'a')}});
    expect_problem(a, 431);
}

TEST_F(hostile_requests, what_is_no_http_at_all) {
    for (const char* bytes : {"\x16\x03\x01\x02\x00\x01\x00\x01", "HELO example.com\r\n\r\n", "GET\r\n\r\n",
                              "GET / HTTP/9.9\r\nHost: x\r\n\r\n"}) {
        const answer a = ask_raw(service->port(), bytes);
        EXPECT_TRUE(a.status == 0 || (a.status >= 400 && a.status < 600)) << a.status;
        EXPECT_NE(a.status, 500);
    }
}

TEST_F(hostile_requests, two_lengths_at_once) {
    const answer a =
        ask_raw(service->port(),
                "POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n");
    EXPECT_EQ(a.status, 400);
    const answer b =
        ask_raw(service->port(),
                "POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x");
    EXPECT_EQ(b.status, 400);
}

TEST_F(hostile_requests, a_header_that_never_ends) {
    connection slow(service->port());
    ASSERT_TRUE(slow.send("GET /health HTTP/1.1\r\nHost:"));
    const answer a = slow.receive();
    EXPECT_TRUE(a.status == 408 || a.status == 0) << a.status;
}

TEST_F(hostile_requests, a_body_that_never_ends) {
    connection slow(service->port());
    ASSERT_TRUE(
        slow.send("POST /v1/projects HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer " +
                  founder.token + "\r\nContent-Length: 100\r\n\r\n{\"name\""));
    EXPECT_EQ(slow.receive().status, 408);
}

TEST_F(hostile_requests, slow_clients_do_not_stop_the_others) {
    std::vector<std::unique_ptr<connection>> slow;
    for (int i = 0; i < 200; ++i) {
        slow.push_back(std::make_unique<connection>(service->port()));
        slow.back()->send("GET /v1/projects HTTP/1.1\r\n");
    }
    EXPECT_EQ(ask(service->port(), {"GET", "/v1/projects", "", founder.token, {}}).status, 200);
}

TEST_F(hostile_requests, paths_that_try_to_be_clever) {
    for (const char* path : {"/v1/projects/../../etc/passwd", "/v1/%2e%2e/metrics", "/v1/projects/%00", "/v1//projects",
                             "/v1/projects/%zz", "/v1/projects/"}) {
        const answer a = ask(service->port(), {"GET", path, "", founder.token, {}});
        EXPECT_TRUE(a.status == 404 || a.status == 400) << path << " gave " << a.status;
    }
}

TEST_F(hostile_requests, methods_that_a_path_does_not_have) {
    const answer a = ask(service->port(), {"PUT", "/v1/projects", "{}", founder.token, {}});
    expect_problem(a, 405);
    EXPECT_NE(a.header("Allow").find("POST"), std::string::npos) << a.head;
}

TEST_F(hostile_requests, sql_in_every_place_that_takes_text) {
    const std::string trick = "x'%20OR%20'1'='1";
    for (const std::string& query :
         std::vector<std::string>{"?q=" + trick, "?sort=name;DROP%20TABLE%20projects", "?status=" + trick,
                                  "?cursor=" + trick, "?limit=1%20OR%201"}) {
        const answer a = ask(service->port(), {"GET", "/v1/projects" + query, "", founder.token, {}});
        EXPECT_TRUE(a.status == 200 || a.status == 400 || a.status == 422) << query << " gave " << a.status;
        EXPECT_TRUE(a.status != 200 || a.at("/items") == "[]") << query;
    }
    const std::string id =
        service->create(founder, "/v1/projects", R"({"name":"'; DROP TABLE projects; --","code":"SQL"})");
    const answer back = ask(service->port(), {"GET", "/v1/projects/" + id, "", founder.token, {}});
    EXPECT_EQ(back.at("/name"), "'; DROP TABLE projects; --");
}

}  // namespace
}  // namespace tenon::service_test
