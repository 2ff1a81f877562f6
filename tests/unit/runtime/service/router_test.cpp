// Routing: which route answers to a method and a path.
#include "service/router.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tenon::service {
namespace {

using http::method;
using http::response;
using outcome = match::outcome;

task<result<response>> never(open_call&) {
    co_return response(500);
}

constexpr route routed[] = {
    open_route(method::get, "/", "root", never),
    open_route(method::get, "/v1/tasks", "list", never),
    open_route(method::post, "/v1/tasks", "create", never),
    open_route(method::get, "/v1/tasks/{id}", "get", never),
    open_route(method::get, "/v1/tasks/export", "export", never),
    open_route(method::post, "/v1/tasks/{id}/restore", "restore", never),
    open_route(method::get, "/v1/{kind}/{id}/history", "history", never),
};

std::string find(method m, std::string_view path) {
    const router routes(routed);
    const match found = routes.find(m, path);
    switch (found.what) {
        case outcome::no_such_path:
            return "404";
        case outcome::bad_path:
            return "400";
        case outcome::method_not_allowed:
            return "405 " + found.allow;
        case outcome::found:
            break;
    }
    std::string out(found.route->operation());
    for (const auto& [name, value] : found.parameters) out += " " + name + "=" + value;
    return out;
}

TEST(router_test, literals_win_over_parameters_and_parameters_are_decoded) {
    EXPECT_EQ(find(method::get, "/"), "root");
    EXPECT_EQ(find(method::get, "/v1/tasks"), "list");
    EXPECT_EQ(find(method::get, "/v1/tasks/export"), "export");
    EXPECT_EQ(find(method::get, "/v1/tasks/7"), "get id=7");
    EXPECT_EQ(find(method::get, "/v1/tasks/a%2Fb%20c%C3%A9"), "get id=a/b cé");
    EXPECT_EQ(find(method::get, "/v1/t%61sks"), "list");
    EXPECT_EQ(find(method::get, "/v1/tasks/7/history"), "history kind=tasks id=7");  // backtracks out of /v1/tasks
    EXPECT_EQ(find(method::post, "/v1/tasks/7/restore"), "restore id=7");
}

TEST(router_test, head_is_get_and_other_methods_hear_what_is_allowed) {
    EXPECT_EQ(find(method::head, "/v1/tasks"), "list");
    EXPECT_EQ(find(method::delete_, "/v1/tasks"), "405 GET, HEAD, POST, OPTIONS");
    EXPECT_EQ(find(method::put, "/v1/tasks/7/restore"), "405 POST, OPTIONS");
    EXPECT_EQ(find(method::head, "/v1/tasks/7/restore"), "405 POST, OPTIONS");
}

TEST(router_test, refuses_paths_that_two_readers_could_read_differently) {
    for (const char* nowhere : {"/v1/tasks/", "//v1/tasks", "/v1//tasks", "/v1/tasks//", "/v1/./tasks",
                                "/v1/x/../tasks", "/v1/tasks/%2e%2e", "/v1/tasks/.", "/v2", "/V1/tasks", "/v1"})
        EXPECT_EQ(find(method::get, nowhere), "404") << nowhere;
    for (const char* broken : {"/v1/tasks/%", "/v1/tasks/%4", "/v1/tasks/%zz", "/v1/tasks/%00", "/v1/tasks/%ff",
                               "/v1/tasks/%c0%af", "/v1/tasks/\xff", "v1/tasks", ""})
        EXPECT_EQ(find(method::get, broken), "400") << broken;
}

TEST(router_test, two_routes_for_one_place_are_a_bug) {
    static constexpr route twice[] = {open_route(method::get, "/a/{x}", "one", never),
                                      open_route(method::get, "/a/{y}", "two", never)};
    EXPECT_THROW(router{twice}, std::logic_error);
}

}  // namespace
}  // namespace tenon::service
