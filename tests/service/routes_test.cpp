// Every route that the program lists: closed without a token, and blind to the records of other tenants.
#include <gtest/gtest.h>

#include <map>
#include <sstream>

#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"

namespace tenon::service_test {
namespace {

struct listed_route {
    std::string method, path, operation, who;
};

std::vector<listed_route> listed_routes() {
    std::vector<listed_route> out;
    std::istringstream lines(process::output_of({"routes"}));
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        listed_route route;
        words >> route.method >> route.path >> route.operation;
        std::getline(words >> std::ws, route.who);
        out.push_back(route);
    }
    return out;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const std::size_t at = text.find(what);
    return at == std::string::npos ? text : text.replace(at, what.size(), with);
}

class routes : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!process::available()) GTEST_SKIP() << "STARTER is not set";
        service = std::make_unique<process>();
        founder = service->sign_up("founder");
        stranger = service->sign_up("stranger");
        const std::string project = service->create(founder, "/v1/projects", R"({"name":"Secret","code":"SECRET"})");
        const std::string task =
            service->create(founder, "/v1/tasks", R"({"title":"Hidden","project_id":")" + project + "\"}");
        const std::string comment =
            service->create(founder, "/v1/comments", R"({"body":"Whispered","task_id":")" + task + "\"}");
        ids = {{"/v1/workspaces", founder.workspace_id},
               {"/v1/projects", project},
               {"/v1/tasks", task},
               {"/v1/comments", comment}};
    }

    // The path with the founder's ids in it.
    std::string path_of(const listed_route& route) const {
        std::string path = route.path;
        for (const auto& [prefix, id] : ids) {
            if (path.starts_with(prefix + "/{id}")) path = replaced(path, "{id}", id);
        }
        return replaced(path, "{user_id}", founder.user_id);
    }
    // A body that gets past the checks of its form, so that the answer is about the record.
    static std::string body_of(const listed_route& route) {
        if (route.method != "POST" && route.method != "PATCH") return "";
        if (route.operation == "add_member") return R"({"email":"founder@example.com"})";
        if (route.operation == "change_role") return R"({"role":"guest"})";
        return "{}";
    }
    answer send(const listed_route& route, const std::string& token) const {
        return ask(service->port(), {route.method, path_of(route), body_of(route), token, {}});
    }

    std::unique_ptr<process> service;
    person founder, stranger;
    std::map<std::string, std::string> ids;
};

TEST_F(routes, ask_for_a_token_unless_anyone_may) {
    int closed = 0;
    for (const listed_route& route : listed_routes()) {
        if (route.who == "anyone") continue;
        EXPECT_EQ(send(route, "").status, 401) << route.method << " " << route.path;
        ++closed;
    }
    EXPECT_GT(closed, 20);
}

TEST_F(routes, do_not_know_ids_of_other_tenants) {
    int asked = 0;
    for (const listed_route& route : listed_routes()) {
        if (route.path.find("{id}") == std::string::npos) continue;
        const answer a = send(route, stranger.token);
        EXPECT_EQ(a.status, 404) << route.method << " " << path_of(route) << ": " << a.body;
        EXPECT_EQ(a.body.find("Secret"), std::string::npos);
        ++asked;
    }
    EXPECT_GT(asked, 15);
    // Nothing of it was changed.
    for (const auto& [prefix, id] : ids) {
        EXPECT_EQ(ask(service->port(), {"GET", prefix + "/" + id, "", founder.token, {}}).status, 200) << prefix;
    }
}

TEST_F(routes, list_only_what_is_ones_own) {
    for (const char* path : {"/v1/projects", "/v1/tasks", "/v1/comments"}) {
        EXPECT_EQ(ask(service->port(), {"GET", path, "", stranger.token, {}}).at("/items"), "[]") << path;
    }
    for (const std::string& query : std::vector<std::string>{"/v1/tasks?project_id=" + ids.at("/v1/projects"),
                                                             "/v1/comments?task_id=" + ids.at("/v1/tasks")}) {
        EXPECT_EQ(ask(service->port(), {"GET", query, "", stranger.token, {}}).at("/items"), "[]") << query;
    }
}

TEST_F(routes, do_not_tie_records_to_those_of_other_tenants) {
    const std::string body = R"({"title":"Mine","project_id":")" + ids.at("/v1/projects") + "\"}";
    const answer a = ask(service->port(), {"POST", "/v1/tasks", body, stranger.token, {}});
    EXPECT_EQ(a.status, 422) << a.body;
    EXPECT_EQ(a.broken_fields(), std::vector<std::string>{"/project_id"});
    const answer b = ask(service->port(), {"POST",
                                           "/v1/tasks",
                                           R"({"title":"Mine","project_id":"00000000-0000-7000-8000-000000000000"})",
                                           stranger.token,
                                           {}});
    EXPECT_EQ(a.at("/errors/0/detail"), b.at("/errors/0/detail"));
}

}  // namespace
}  // namespace tenon::service_test
