// A disk that is full: changes are refused, reads go on, and the service says so until there is space again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <tenon/app/handlers.hpp>
#include <tenon/http/problem.hpp>
#include <tenon/service/services.hpp>

#include "app/process.hpp"
#include "db/backend.hpp"
#include "http/raw_client.hpp"
#include "operation/registry.hpp"
#include "temporary_folder.hpp"

namespace tenon::app::full_disk {
namespace {

using test::body_of;
using test::has_header;
using test::raw_client;
using test::status_of;
using testing::HasSubstr;

task<result<http::response>> keep(service::open_call& call, std::size_t bytes) {
    db::system_session session(call.services().internals().get<db::backend>(), call.request().deadline);
    auto note = db::args(std::string(bytes, 'x'));
    auto kept = co_await session.write("INSERT INTO notes (body) VALUES ($1)", std::move(note));
    if (!kept) co_return std::move(kept).error();
    co_return http::response(201, "{}");
}
task<result<http::response>> keep_long(service::open_call& call) {
    return keep(call, 20'000);
}
task<result<http::response>> keep_short(service::open_call& call) {
    return keep(call, 1);
}
task<result<http::response>> count(service::open_call& call) {
    db::system_session session(call.services().internals().get<db::backend>(), call.request().deadline);
    auto found = co_await session.read("SELECT count(*) FROM notes", db::values());
    if (!found) co_return std::move(found).error();
    co_return http::ok(std::to_string((*found)[0].get<std::int64_t>(0)));
}

constexpr service::route table[] = {
    service::open_route(http::method::get, "/ready", "ready", ready),
    service::open_route(http::method::post, "/v1/long", "keep_long", keep_long),
    service::open_route(http::method::post, "/v1/short", "keep_short", keep_short),
    service::open_route(http::method::get, "/v1/count", "count", count),
};
constexpr std::string_view roles[] = {"owner"};
constexpr std::string_view permissions[] = {"tenant:manage"};
constexpr access::decision matrix[] = {access::decision::allowed};
constexpr std::uint64_t at_least[] = {1};
constexpr db::migration migrations[] = {{"0001_initial", "CREATE TABLE notes (body TEXT);", "DROP TABLE notes;"}};

product make_product() {
    product p;
    p.name = "sample";
    p.title = "Sample";
    p.version = "1.2.3";
    p.routes = table;
    p.policy.roles = roles;
    p.policy.permissions = permissions;
    p.policy.matrix = matrix;
    p.policy.at_least = at_least;
    p.sqlite_migrations = migrations;
    p.openapi = "openapi: 3.1.0\n";
    return p;
}

/// No file of the program may grow beyond that many bytes: writing behind it fails as on a full disk, and SIGXFSZ
/// comes.
void limit_files(pid_t program, rlim_t bytes) {
    rlimit limit{};
    ASSERT_EQ(::prlimit(program, RLIMIT_FSIZE, nullptr, &limit), 0);
    limit.rlim_cur = bytes;
    ASSERT_EQ(::prlimit(program, RLIMIT_FSIZE, &limit, nullptr), 0);
}

std::string read_file(const std::string& path) {
    std::ifstream in(path);
    return std::string(std::istreambuf_iterator<char>(in), {});
}

class full_disk_test : public testing::Test {
  protected:
    std::string ask(const std::string& method_and_path) {
        raw_client client(port);
        client.send(method_and_path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
        return client.response();
    }
    /// Until one is refused; how many were kept.
    std::size_t fill(const std::string& method_and_path) {
        std::size_t kept = 0;
        std::string last;
        test::wait_until([&] {
            last = ask(method_and_path);
            return status_of(last) != 201 || ++kept > 10'000;
        });
        EXPECT_EQ(status_of(last), 503) << last;
        EXPECT_TRUE(has_header(last, "Content-Type: application/problem+json")) << last;
        return kept;
    }

    const test::temporary_folder folder;
    const product sample = make_product();
    std::uint16_t port = 0;
};

TEST_F(full_disk_test, changes_are_refused_and_reads_go_on_until_there_is_space_again) {
    process program(sample, folder.database_url());
    port = program.port();
    EXPECT_EQ(status_of(ask("GET /ready")), 200);
    limit_files(program.id(), 512 * 1024);
    const std::size_t kept = fill("POST /v1/long") + fill("POST /v1/short");
    EXPECT_GT(kept, 5U);
    for (int i = 0; i < 20; ++i) EXPECT_EQ(status_of(ask("POST /v1/short")), 503);
    const std::string sick = ask("GET /ready");
    EXPECT_EQ(status_of(sick), 503);
    EXPECT_THAT(body_of(sick), HasSubstr("cannot store changes"));
    EXPECT_EQ(body_of(ask("GET /v1/count")), std::to_string(kept));

    limit_files(program.id(), RLIM_INFINITY);
    test::wait_until([&] { return status_of(ask("GET /ready")) == 200; });
    EXPECT_EQ(status_of(ask("POST /v1/long")), 201);
    EXPECT_EQ(body_of(ask("GET /v1/count")), std::to_string(kept + 1));
    program.terminate();
    EXPECT_EQ(program.exit_code(), 0);
    const std::string& log = program.text();
    const std::string line = "\"level\":\"error\",\"message\":\"the database cannot store changes\"";
    EXPECT_THAT(log, HasSubstr(line));
    EXPECT_EQ(log.find(line, log.find(line) + 1), log.npos) << "once, not for each request";
    EXPECT_THAT(log, HasSubstr("the database stores changes again"));
}

TEST_F(full_disk_test, a_log_that_may_not_grow_costs_its_lines_only) {
    const std::string log = folder.path() + "/log";
    process program(sample, folder.database_url(), [&log] {
        const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        ::dup2(file, STDERR_FILENO);
    });
    test::wait_until([&] { return read_file(log).find("\"listening\"") != std::string::npos; });
    port = process::port_in(read_file(log));
    const auto limit = std::filesystem::file_size(log) + 10;
    limit_files(program.id(), limit);
    for (int i = 0; i < 50; ++i) EXPECT_EQ(status_of(ask("GET /v1/count")), 200);
    test::wait_until([&] { return std::filesystem::file_size(log) == limit; });
    EXPECT_EQ(status_of(ask("GET /v1/count")), 200);
    limit_files(program.id(), RLIM_INFINITY);
    test::wait_until([&] {
        ask("GET /v1/count");
        return read_file(log).find("log lines were dropped") != std::string::npos;
    });
    program.terminate();
    EXPECT_EQ(program.exit_code(), 0);
}

}  // namespace
}  // namespace tenon::app::full_disk
