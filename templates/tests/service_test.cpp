// The service as a whole: what operators ask it, and how it refuses what is not a proper request.
#include "support/tenant.hpp"

namespace {{service.space}}::tests {

namespace {

class service_as_a_whole : public service_test {
  protected:
    client web = service().anonymous();
};

}  // namespace

TEST_F(service_as_a_whole, answers_operators) {
    EXPECT_EQ(web.get("/health").status, 200);
    EXPECT_EQ(web.get("/ready").status, 200);
    const answer metrics = web.get("/metrics");
    EXPECT_EQ(metrics.status, 200);
    EXPECT_TRUE(metrics.header("Content-Type").starts_with("text/plain"));
    const answer api = web.get("/openapi.yaml");
    EXPECT_EQ(api.status, 200);
    EXPECT_NE(api.body.find("openapi: 3.1"), std::string::npos);
}

TEST_F(service_as_a_whole, describes_itself_as_json_and_as_a_page) {
    const answer json = web.get("/openapi.json");
    EXPECT_EQ(json.status, 200);
    EXPECT_EQ(json.header("Content-Type"), "application/json");
    EXPECT_TRUE(json.at("/openapi").starts_with("3.1")) << json.body.substr(0, 100);
    EXPECT_EQ(json.at("/info/version"), "{{service.version}}");
    EXPECT_TRUE(json.has("/paths/~1openapi.json/get"));
    const answer page = web.get("/openapi.html");
    EXPECT_EQ(page.status, 200);
    EXPECT_TRUE(page.header("Content-Type").starts_with("text/html"));
    EXPECT_NE(page.header("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
    for (const char* never : {"<script", "<link", "<img", "<iframe"})
        EXPECT_EQ(page.body.find(never), std::string::npos) << never;
}

TEST_F(service_as_a_whole, explains_its_problems) {
    const answer nothing = web.get("/v1/no-such-path");
    const answer page = web.get(nothing.at("/type"));
    EXPECT_EQ(page.status, 200) << nothing.at("/type");
    EXPECT_NE(page.body.find(nothing.at("/code")), std::string::npos);
    EXPECT_EQ(web.get("/problems/no_such_problem").status, 404);
}

TEST_F(service_as_a_whole, refuses_with_problem_documents) {
    const answer nothing = web.get("/v1/no-such-path");
    EXPECT_EQ(nothing.status, 404);
    EXPECT_EQ(nothing.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(nothing.at("/status"), "404");
    EXPECT_EQ(nothing.at("/instance"), "/v1/no-such-path");
    EXPECT_EQ(nothing.at("/trace_id"), nothing.header("X-Request-Id"));
    const answer method = web.send("DELETE", "/v1/auth/login");
    EXPECT_EQ(method.status, 405);
    EXPECT_NE(method.header("Allow").find("POST"), std::string::npos);
}

TEST_F(service_as_a_whole, refuses_bodies_that_are_not_json) {
    const std::string path = "/v1/auth/login";
    for (const char* bad :
        {"{", "{\"email\":", "[1,]", "{'a':1}", "nonsense", "{} {}", "{\"a\":1,\"a\":2}", "\"\\ud800\""}) {
        const answer refused = web.post(path, bad);
        EXPECT_EQ(refused.status, 400) << bad << " " << refused.body;
    }
    EXPECT_EQ(web.post(path, "[]").status, 422);
    EXPECT_EQ(web.post(path, "").status, 400);
    EXPECT_EQ(web.post(path, std::string(100, '[')).status, 400);
    EXPECT_EQ(web.send("POST", path, "{}", {std::pair("Content-Type", "text/plain")}).status, 415);
    EXPECT_EQ(web.post(path, '"' + std::string(2 * 1024 * 1024, 'x') + '"').status, 413);
}

TEST_F(service_as_a_whole, keeps_a_request_id_and_makes_one) {
    const answer kept =
        web.send("GET", "/health", "", {std::pair("X-Request-Id", "018f4f7e-7b1c-7c3a-9d2e-0a1b2c3d4e5f")});
    EXPECT_EQ(kept.header("X-Request-Id"), "018f4f7e-7b1c-7c3a-9d2e-0a1b2c3d4e5f");
    EXPECT_NE(web.get("/health").header("X-Request-Id"), "");
}

}  // namespace {{service.space}}::tests
