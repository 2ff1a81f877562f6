// What a hook puts in is judged as what a client sends. Runs on a starter with tests/service/hooks in it.
#include <gtest/gtest.h>

#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"

namespace tenon::service_test {
namespace {

using fields = std::vector<std::string>;

TEST(careless_hooks, are_answered_as_invalid_input_and_change_nothing) {
    if (!process::available()) GTEST_SKIP() << "STARTER is not set";
    process service;
    const person founder = service.sign_up("founder");
    const answer refused =
        ask(service.port(),
            {"POST", "/v1/projects", R"({"name":"A","code":"AA","summary":"be careless"})", founder.token, {}});
    EXPECT_EQ(refused.status, 422) << refused.body;
    EXPECT_EQ(refused.broken_fields(), fields{"/code"});

    const std::string body = R"({"name":"A","code":"AA","summary":"be careful"})";
    const answer created = ask(service.port(), {"POST", "/v1/projects", body, founder.token, {}});
    ASSERT_EQ(created.status, 201) << created.body;
    EXPECT_EQ(created.at("/name"), "Put in by a hook");

    const std::string path = "/v1/projects/" + created.at("/id");
    const fields condition = {"If-Match: " + created.header("ETag")};
    const answer kept = ask(service.port(), {"PATCH", path, R"({"name":"be careless"})", founder.token, condition});
    EXPECT_EQ(kept.status, 422) << kept.body;
    EXPECT_EQ(kept.broken_fields(), fields{"/name"});
    EXPECT_EQ(ask(service.port(), {"GET", path, "", founder.token, {}}).at("/name"), "Put in by a hook");
}

}  // namespace
}  // namespace tenon::service_test
