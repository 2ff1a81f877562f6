// The words of the command line, and the listing of routes.
#include "app/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tenon/app/configuration.hpp>
#include <tenon/app/product.hpp>

#include "app/route_listing.hpp"

namespace tenon::app {
namespace {

using command = command_line::command;
using testing::HasSubstr;

TEST(command_line_test, understands_its_commands) {
    EXPECT_EQ(parse_command_line({"serve"})->what, command::serve);
    EXPECT_TRUE(parse_command_line({"serve", "--migrate"})->migrate_first);
    EXPECT_EQ(parse_command_line({"migrate", "up"})->what, command::migrate_up);
    EXPECT_EQ(parse_command_line({"migrate", "down"})->steps, 1U);
    EXPECT_EQ(parse_command_line({"migrate", "down", "3"})->steps, 3U);
    EXPECT_EQ(parse_command_line({"migrate", "status"})->what, command::migrate_status);
    EXPECT_EQ(parse_command_line({"backup", "a.db"})->what, command::backup);
    EXPECT_EQ(parse_command_line({"restore", "a.db"})->what, command::restore);
    EXPECT_EQ(parse_command_line({"restore", "a.db"})->file, "a.db");
    EXPECT_FALSE(parse_command_line({"migrate", "status"})->check);
    EXPECT_TRUE(parse_command_line({"migrate", "status", "--check"})->check);
    EXPECT_EQ(parse_command_line({"routes"})->what, command::routes);
    EXPECT_EQ(parse_command_line({"--version"})->what, command::version);
    EXPECT_EQ(parse_command_line({"serve", "--help"})->what, command::help);
}

TEST(command_line_test, help_names_every_variable_that_is_read) {
    const std::string help = help_text("starter", "Starter");
    std::size_t asked = 0;
    const environment noting = [&](std::string_view name) -> std::optional<std::string> {
        ++asked;
        EXPECT_THAT(help, HasSubstr(std::string(name)));
        return std::nullopt;
    };
    (void)read_configuration(product(), noting).has_value();
    (void)read_database_urls("starter", noting).has_value();
    EXPECT_GT(asked, 20U);
}

TEST(command_line_test, refuses_everything_else_with_a_sentence) {
    for (const std::vector<std::string_view>& words :
         std::vector<std::vector<std::string_view>>{{},
                                                    {"start"},
                                                    {"serve", "now"},
                                                    {"serve", "--migrate", "x"},
                                                    {"migrate"},
                                                    {"migrate", "sideways"},
                                                    {"migrate", "down", "0"},
                                                    {"migrate", "down", "x"},
                                                    {"migrate", "down", "1", "2"},
                                                    {"migrate", "up", "1"},
                                                    {"backup"},
                                                    {"restore", ""},
                                                    {"backup", "a.db", "b.db"},
                                                    {"migrate", "status", "check"},
                                                    {"migrate", "status", "--check", "x"},
                                                    {"routes", "all"}})
        EXPECT_FALSE(parse_command_line(words));
    EXPECT_THAT(parse_command_line({"srve"}).error().message, HasSubstr("srve"));
}

task<result<http::response>> open_one(service::open_call&) {
    co_return http::response(200);
}
task<result<http::response>> user_one(service::user_call&) {
    co_return http::response(200);
}
task<result<http::response>> tenant_one(service::tenant_call&) {
    co_return http::response(200);
}

enum class permission : std::uint16_t { read, erase };
constexpr std::string_view listed_roles[] = {"owner", "member"};
constexpr std::string_view listed_permissions[] = {"task:read", "task:erase"};
constexpr access::decision listed_matrix[] = {access::decision::allowed, access::decision::denied,
                                              access::decision::own, access::decision::denied};
constexpr service::route listed_routes[] = {
    service::open_route(http::method::get, "/health", "health", open_one),
    service::user_route(http::method::patch, "/v1/me", "update_me", user_one),
    service::tenant_route(http::method::get, "/v1/tasks/{id}", "get_task", permission::read, tenant_one),
    service::tenant_route(http::method::delete_, "/v1/tasks", "erase", permission::erase, tenant_one),
};

TEST(route_listing_test, says_who_may) {
    product p;
    p.routes = listed_routes;
    p.policy.roles = listed_roles;
    p.policy.permissions = listed_permissions;
    p.policy.matrix = listed_matrix;
    EXPECT_EQ(list_routes(p),
              "GET     /health         health     anyone\n"
              "PATCH   /v1/me          update_me  signed in\n"
              "GET     /v1/tasks/{id}  get_task   task:read: owner, member (own)\n"
              "DELETE  /v1/tasks       erase      task:erase: nobody\n");
}

}  // namespace
}  // namespace tenon::app
