// What operators see of the generated service: health, readiness, metrics, limits and logs.
#include <gmock/gmock.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <filesystem>
#include <sstream>

#include "tests/child_process.hpp"
#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"

namespace tenon::service_test {
namespace {

using testing::HasSubstr;
using testing::Not;

class operations : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!process::available()) GTEST_SKIP() << "STARTER is not set";
        std::string pattern = (std::filesystem::temp_directory_path() / "tenon-operations-XXXXXX").string();
        folder_ = ::mkdtemp(pattern.data());
    }
    void TearDown() override {
        if (!folder_.empty()) std::filesystem::remove_all(folder_);
    }
    std::string file() const { return folder_ + "/service.db"; }
    /// On SQLite, whose file the test gets at.
    std::map<std::string, std::string> settings(std::map<std::string, std::string> more = {}) const {
        more.emplace("DATABASE_URL", "sqlite:" + file());
        return more;
    }
    void change_database(const char* sql) const {
        sqlite3* handle = nullptr;
        ASSERT_EQ(sqlite3_open(file().c_str(), &handle), SQLITE_OK);
        sqlite3_busy_timeout(handle, 10'000);
        EXPECT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(handle);
        sqlite3_close(handle);
    }

  private:
    std::string folder_;
};

answer get(const process& service, const std::string& path, const std::string& token = {}) {
    request r;
    r.target = path;
    r.token = token;
    return ask(service.port(), r);
}

// row: D1-9.health in service_starter
TEST_F(operations, health_needs_nothing_and_readiness_names_each_dependency) {
    const process service(settings({{"REDIS_URL", "redis://127.0.0.1:1"}}));
    const answer ready = get(service, "/ready");
    EXPECT_EQ(ready.status, 200);
    for (const char* name : {"database", "migrations", "storage", "isolation"})
        EXPECT_EQ(ready.at(std::string("/checks/") + name + "/status"), "ok") << ready.body;
    EXPECT_EQ(ready.at("/checks/redis/status"), "degraded") << "it goes on without";

    change_database("DELETE FROM schema_migrations");
    const answer behind = get(service, "/ready");
    EXPECT_EQ(behind.status, 503);
    EXPECT_EQ(behind.at("/code"), "not_ready");
    EXPECT_EQ(behind.at("/checks/database/status"), "ok");
    EXPECT_EQ(behind.at("/checks/migrations/status"), "failed");
    EXPECT_EQ(behind.at("/detail"), behind.at("/checks/migrations/detail"));

    change_database("DROP TABLE schema_migrations");
    const answer bare = get(service, "/ready");
    EXPECT_EQ(bare.status, 503);
    EXPECT_EQ(bare.at("/checks/database/status"), "ok");
    EXPECT_EQ(bare.at("/checks/migrations/status"), "failed");
    EXPECT_EQ(bare.at("/checks/storage/status"), "unknown");
    EXPECT_EQ(get(service, "/health").status, 200);
    EXPECT_EQ(get(service, "/health").body, R"({"status":"ok"})") << "it knows no dependency";
}

// row: RF-13.metrics D1-9.metrics RP-7.metrics in service_starter
TEST_F(operations, metrics_tell_requests_readiness_logins_and_the_process) {
    const process service(settings());
    const person founder = service.sign_up("founder");
    get(service, "/v1/projects", founder.token);
    get(service, "/v1/projects");
    request login;
    login.method = "POST";
    login.target = "/v1/auth/login";
    login.body = R"({"email":"founder@example.com","password":"a wrong horse"})";
    EXPECT_EQ(ask(service.port(), login).status, 401);
    const std::string shown = get(service, "/metrics").body;
    EXPECT_THAT(shown, HasSubstr(R"(http_requests_total{method="GET",route="/v1/projects",status="200"} 1)"));
    EXPECT_THAT(shown, HasSubstr(R"(http_requests_total{method="GET",route="/v1/projects",status="401"} 1)"));
    EXPECT_THAT(shown, HasSubstr(R"(http_request_duration_seconds_count{method="GET",route="/v1/projects"} 2)"));
    EXPECT_THAT(shown, HasSubstr(R"(login_failures_total{reason="credentials"} 1)"));
    EXPECT_THAT(shown, HasSubstr(R"(db_statement_duration_seconds_count{outcome="ok"})"));
    EXPECT_THAT(shown, HasSubstr("service_ready 1\n"));
    EXPECT_THAT(shown, HasSubstr("db_migrations_pending 0\n"));
    EXPECT_THAT(shown, HasSubstr(R"(,service="starter",version="0.1.0"} 1)"));
    for (const char* name : {"process_resident_memory_bytes ", "process_open_fds ", "process_cpu_seconds_total "})
        EXPECT_THAT(shown, HasSubstr(name));
    change_database("DELETE FROM schema_migrations");
    const std::string without = get(service, "/metrics").body;
    EXPECT_THAT(without, HasSubstr("service_ready 0\n"));
    EXPECT_THAT(without, Not(HasSubstr("db_migrations_pending 0\n")));
}

// row: RF-13.limits RP-8.limits in service_starter
TEST_F(operations, requests_are_limited_by_address_user_and_workspace) {
    for (const char* name : {"RATE_LIMIT_IP", "RATE_LIMIT_USER", "RATE_LIMIT_TENANT"}) {
        const process service(settings({{name, "200/1h"}}));
        const person founder = service.sign_up("founder");
        answer last;
        for (int i = 0; i < 300 && last.status != 429; ++i) last = get(service, "/v1/projects", founder.token);
        EXPECT_EQ(last.status, 429) << name;
        EXPECT_NE(last.header("Retry-After"), "") << name;
        EXPECT_THAT(last.header("RateLimit"), HasSubstr("r=0")) << name;
        EXPECT_NE(last.header("RateLimit-Policy"), "") << name;
        std::filesystem::remove(file());
    }
}

// row: RF-4.logs D1-9.logs RP-7.logs in service_starter
TEST_F(operations, logs_are_lines_of_json_with_the_request_s_id_and_nothing_secret) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    person founder;
    {
        process service(settings({{"LOG_LEVEL", "info"}}), pipe[1]);
        ::close(pipe[1]);
        founder = service.sign_up("s3ntinel");
        request asked;
        asked.target = "/v1/projects?q=s3ntinel";
        asked.token = founder.token;
        asked.headers = {"X-Request-Id: asked-by-a-test"};
        EXPECT_EQ(ask(service.port(), asked).status, 200);
        service.terminate();
        EXPECT_EQ(service.wait(), 0);
    }
    std::string log;
    for (std::string some = test::read_some(pipe[0]); !some.empty(); some = test::read_some(pipe[0])) log += some;
    ::close(pipe[0]);
    std::istringstream lines(log);
    bool found = false;
    for (std::string line; std::getline(lines, line);) {
        boost::system::error_code wrong;
        const auto value = boost::json::parse(line, wrong);
        ASSERT_FALSE(wrong) << line;
        if (line.find("asked-by-a-test") == std::string::npos) continue;
        found = true;
        EXPECT_EQ(value.at("route").as_string(), "/v1/projects");
        EXPECT_EQ(value.at("status").as_int64(), 200);
        // Who asked, by ids that tell nothing to whom does not know them already.
        EXPECT_THAT(line, HasSubstr(founder.user_id));
        EXPECT_THAT(line, HasSubstr(founder.workspace_id));
    }
    EXPECT_TRUE(found) << log;
    for (const std::string& secret : {std::string("s3ntinel"), std::string("correct horse"), founder.token})
        EXPECT_THAT(log, Not(HasSubstr(secret)));
}

}  // namespace
}  // namespace tenon::service_test
