// Work that grows with data does not hold event loops up.
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>

#include "tests/load/loop_lag.hpp"
#include "tests/load/servers.hpp"
#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"

namespace tenon::load_test {
namespace {

/// Pages as heavy as an operator may allow them, of a list that is thirteen times as long.
void read_heavy_pages(std::map<std::string, std::string> settings) {
    settings["MAX_PAGE_BYTES"] = "4194304";
    service_test::process service(settings);
    const service_test::person who = service.sign_up("Ada");
    const std::string project = service.create(who, "/v1/projects", R"({"name":"heavy","code":"HEAVY"})");
    std::string list = "[";
    while (list.size() < 900'000) list += R"({"text":"a step of the checklist","done":false,"points":12.5},)";
    list.back() = ']';
    for (int i = 0; i < 60; ++i) {
        const std::string title = "t" + std::to_string(i);
        service.create(who, "/v1/tasks",
                       R"({"title":")" + title + R"(","project_id":")" + project + R"(","checklist":)" + list + "}");
    }
    for (int i = 0; i < 10; ++i) {
        service_test::request page;
        page.target = "/v1/tasks?limit=60";
        page.token = who.token;
        const auto given = service_test::ask(service.port(), page);
        ASSERT_EQ(given.status, 200) << given.body;
        EXPECT_GT(given.body.size(), 3'000'000U);
    }
    const loop_lag lag(service.port());
    std::cout << lag.text() << std::endl;
    // Such a page takes some 0.05 s of a processor, and the whole list thirteen times as long. On a busy machine ticks
    // come late, but no work takes more of a processor.
    EXPECT_EQ(lag.worked_longer_than("0.25"), 0);
}

TEST(loop_lag_test, heavy_pages_of_postgresql_hold_no_loop_up) {
    if (!service_test::process::available() || !servers::available()) GTEST_SKIP() << "no service or no PostgreSQL";
    const servers database;
    read_heavy_pages(database.settings());
}

TEST(loop_lag_test, heavy_pages_of_sqlite_hold_no_loop_up) {
    if (!service_test::process::available()) GTEST_SKIP() << "STARTER is not set";
    read_heavy_pages({});
}

}  // namespace
}  // namespace tenon::load_test
