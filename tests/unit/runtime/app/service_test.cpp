// A whole service over HTTP: the built-in handlers, JSON bodies, and the process that serves until SIGTERM.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include <tenon/app/handlers.hpp>
#include <tenon/app/server.hpp>
#include <tenon/http/body.hpp>
#include <tenon/http/problem.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/loop/event_loop.hpp>
#include <tenon/service/services.hpp>

#include "app/process.hpp"
#include "http/raw_client.hpp"
#include "migrations/migrate.hpp"
#include "observe/log_sink.hpp"

namespace tenon::app {
namespace {

using test::body_of;
using test::has_header;
using test::raw_client;
using test::status_of;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

// The five blocks of every handler: parse, validate, act, map errors, respond.
task<result<http::response>> greet(service::open_call& call) {
    CO_TRY_ASSIGN(const json::document body, http::json_body(call.request()));
    field_errors errors;
    std::string name;
    std::int64_t times = 1;
    json::object_reader reader(body.root(), errors);
    reader.required("name", name);
    reader.optional("times", times);
    reader.finish();
    if (!errors.empty()) co_return error(std::move(errors));
    json::writer out;
    out.begin_object();
    out.member("greeting", "Hello " + name);
    out.member("times", times);
    out.end_object();
    co_return http::ok(std::move(out).take());
}

task<result<http::response>> slow(service::open_call&) {
    const auto until = std::chrono::steady_clock::now() + 300ms;
    co_await sleep_until(until);
    co_return http::ok("{\"slow\":true}");
}

constexpr service::route table[] = {
    service::open_route(http::method::get, "/health", "health", health),
    service::open_route(http::method::get, "/ready", "ready", ready),
    service::open_route(http::method::get, "/metrics", "metrics", metrics),
    service::open_route(http::method::get, "/openapi.yaml", "openapi", openapi),
    service::open_route(http::method::get, "/problems/{code}", "problem", problem),
    service::open_route(http::method::post, "/v1/greet", "greet", greet),
    service::open_route(http::method::get, "/v1/slow", "slow", slow),
};
constexpr std::string_view roles[] = {"owner"};
constexpr std::string_view permissions[] = {"tenant:manage"};
constexpr access::decision matrix[] = {access::decision::allowed};
constexpr std::uint64_t at_least[] = {1};
constexpr db::migration migrations[] = {
    {"0001_initial", "CREATE TABLE things (id INTEGER PRIMARY KEY);", "DROP TABLE things;"}};

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

std::string database_file() {
    static int count = 0;
    const auto folder = std::filesystem::temp_directory_path();
    return (folder / ("tenon_app_test_" + std::to_string(getpid()) + "_" + std::to_string(++count) + ".db")).string();
}

class service_test : public testing::Test {
  protected:
    void SetUp() override {
        observe::capture_log([this](std::string_view line) { log.append(line).append("\n"); });
        file = database_file();
        config.port = 0;
        config.workers = 2;
        config.database_url = "sqlite:" + file;
        config.token_secret = secret(std::string(32, 's'));
        config.password_memory_kib = 8192;
        config.password_passes = 1;
    }
    void TearDown() override {
        running.reset();
        observe::capture_log(nullptr);
        for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(file + suffix);
    }
    void start() {
        auto started = start_server(sample, config);
        ASSERT_TRUE(started) << started.error().message;
        running = std::move(*started);
    }
    std::string send(std::string_view bytes) {
        raw_client client(running->port());
        client.send(bytes);
        return client.response();
    }
    std::string get(const std::string& path, const std::string& headers = "") {
        return send("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
    }
    std::string post(const std::string& path, const std::string& body, const std::string& type = "application/json") {
        return send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type +
                    "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }

    const product sample = make_product();
    configuration config = default_configuration("sample");
    std::string file;
    std::string log;
    std::unique_ptr<server_handle> running;
};

TEST_F(service_test, is_healthy_at_once_and_ready_only_when_migrated) {
    start();
    EXPECT_EQ(body_of(get("/health")), "{\"status\":\"ok\"}");
    EXPECT_EQ(status_of(get("/ready")), 503);
    EXPECT_THAT(get("/ready"), HasSubstr("\"code\":\"not_ready\""));
    EXPECT_THAT(get("/ready"), HasSubstr(R"("database":{"status":"ok"},"migrations":{"status":"failed")"));
    EXPECT_THAT(get("/ready"), HasSubstr(R"("storage":{"status":"unknown"})"));
    const std::string before = get("/metrics");
    EXPECT_THAT(before, HasSubstr("service_ready 0"));
    EXPECT_THAT(before, HasSubstr(R"(dependency_ok{dependency="database"} 1)"));
    EXPECT_THAT(before, HasSubstr("db_migration_version 0\n"));
    EXPECT_THAT(before, HasSubstr("db_migrations_pending 1\n"));
    ASSERT_TRUE(db::migrate_up(config.database_url, sample.sqlite_migrations));
    EXPECT_EQ(status_of(get("/ready")), 200);
    EXPECT_EQ(body_of(get("/ready")),
              R"({"status":"ready","checks":{"database":{"status":"ok"},"migrations":{"status":"ok"},)"
              R"("storage":{"status":"ok"},"isolation":{"status":"ok"}}})");
    const std::string shown = get("/metrics");
    EXPECT_THAT(shown, HasSubstr("service_ready 1"));
    EXPECT_THAT(shown, HasSubstr("db_migration_version 1\n"));
    EXPECT_THAT(shown, HasSubstr("db_migrations_pending 0\n"));
    EXPECT_THAT(shown, HasSubstr(R"(build_info{runtime="0.1.0",service="sample",version="1.2.3"} 1)"));
    EXPECT_TRUE(running->stop());
}

// Without Redis a service goes on: the report says so, and it stays ready.
TEST_F(service_test, stays_ready_without_redis_and_says_so) {
    config.redis_url = secret("redis://127.0.0.1:1");
    ASSERT_TRUE(db::migrate_up(config.database_url, sample.sqlite_migrations));
    start();
    const std::string got = get("/ready");
    EXPECT_EQ(status_of(got), 200) << got;
    EXPECT_THAT(got, HasSubstr(R"("redis":{"status":"degraded","detail":)"));
    EXPECT_THAT(get("/metrics"), HasSubstr(R"(dependency_ok{dependency="redis"} 0)"));
}

/// Accepts connections, as far as their clients can see, and says nothing.
class silent_server {
  public:
    silent_server() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size);
        ::listen(socket_, 64);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    ~silent_server() { ::close(socket_); }
    silent_server(const silent_server&) = delete;
    silent_server& operator=(const silent_server&) = delete;
    std::uint16_t port() const { return port_; }

  private:
    const int socket_;
    std::uint16_t port_ = 0;
};

// Probes give up after a second: a Redis that hangs must not take every replica out of service.
TEST_F(service_test, is_ready_soon_beside_a_redis_that_hangs) {
    const silent_server redis;
    config.redis_url = secret("redis://127.0.0.1:" + std::to_string(redis.port()));
    ASSERT_TRUE(db::migrate_up(config.database_url, sample.sqlite_migrations));
    start();
    auto fastest = std::chrono::steady_clock::duration::max();
    for (int i = 0; i < 2; ++i) {  // a machine may be slow once
        const auto begun = std::chrono::steady_clock::now();
        const std::string got = get("/ready");
        fastest = std::min(fastest, std::chrono::steady_clock::now() - begun);
        EXPECT_EQ(status_of(got), 200) << got;
        EXPECT_THAT(got, HasSubstr(R"("redis":{"status":"degraded","detail":)"));
    }
    EXPECT_LT(fastest, 700ms);
}

TEST_F(service_test, has_a_page_about_each_problem) {
    start();
    const std::string got = get("/problems/internal");
    EXPECT_EQ(status_of(got), 200);
    EXPECT_THAT(got, HasSubstr("has more under <code>trace_id</code>.</p>"));
    EXPECT_THAT(got, Not(HasSubstr("`")));
    EXPECT_EQ(status_of(get("/problems/none")), 404);
}

TEST_F(service_test, describes_itself) {
    start();
    const std::string got = get("/openapi.yaml");
    EXPECT_TRUE(has_header(got, "Content-Type: application/yaml"));
    EXPECT_EQ(body_of(got), "openapi: 3.1.0\n");
}

TEST_F(service_test, shows_metrics_by_route_template_to_whom_it_may) {
    config.metrics_token = secret("0123456789abcdef");
    start();
    get("/health");
    EXPECT_EQ(status_of(get("/metrics")), 401);
    EXPECT_EQ(status_of(get("/metrics", "Authorization: Bearer 0123456789abcdee\r\n")), 401);
    const std::string shown = get("/metrics", "Authorization: Bearer 0123456789abcdef\r\n");
    EXPECT_EQ(status_of(shown), 200);
    EXPECT_THAT(shown, HasSubstr(R"(http_requests_total{method="GET",route="/health",status="200"} 1)"));
    EXPECT_THAT(shown, HasSubstr(R"(http_requests_total{method="GET",route="/metrics",status="401"} 2)"));
    EXPECT_THAT(shown, HasSubstr("http_requests_in_flight 1"));  // this one
    EXPECT_THAT(shown, HasSubstr(R"(worker_pool_queue_length{pool="passwords"} 0)"));
}

TEST_F(service_test, limits_requests_for_metrics_without_their_token) {
    config.metrics_token = secret("0123456789abcdef");
    config.rates.metrics_per_address.count = 3;
    start();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(status_of(get("/metrics")), 401);
    const std::string refused = get("/metrics");
    EXPECT_EQ(status_of(refused), 429);
    const std::size_t wait = refused.find("Retry-After: ");
    ASSERT_NE(wait, refused.npos);
    const int seconds = std::stoi(refused.substr(wait + 13));
    EXPECT_LE(seconds, 20);
    EXPECT_GE(seconds, 15) << "the requests themselves took some of it";
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(status_of(get("/metrics", "Authorization: Bearer 0123456789abcdef\r\n")), 200);
}

TEST_F(service_test, limits_requests_for_open_metrics_by_default) {
    start();
    int status = 200;
    int read = 0;
    for (; status == 200 && read < 1'000; ++read) status = status_of(get("/metrics"));
    EXPECT_EQ(status, 429);
    EXPECT_GE(read, 60);
    EXPECT_EQ(status_of(get("/health")), 200);
}

TEST_F(service_test, reads_json_and_answers_json) {
    start();
    EXPECT_EQ(body_of(post("/v1/greet", R"({"name":"Zoë","times":3})")), R"({"greeting":"Hello Zoë","times":3})");
}

TEST_F(service_test, refuses_bad_bodies_with_their_own_status) {
    config.max_body_bytes = 2000;
    start();
    EXPECT_EQ(status_of(post("/v1/greet", "{\"name\":")), 400);
    EXPECT_EQ(status_of(post("/v1/greet", "")), 400);
    EXPECT_EQ(status_of(post("/v1/greet", R"({"name":"a","name":"b"})")), 400);
    EXPECT_EQ(status_of(post("/v1/greet", "\"\xff\"")), 400);
    EXPECT_EQ(status_of(post("/v1/greet", "name=x", "application/x-www-form-urlencoded")), 415);
    EXPECT_EQ(status_of(post("/v1/greet", "\"" + std::string(2000, 'x') + "\"")), 413);
    const std::string wrong = post("/v1/greet", R"({"name":7,"times":1.5,"extra":true})");
    EXPECT_EQ(status_of(wrong), 422);
    EXPECT_THAT(body_of(wrong), HasSubstr(R"({"pointer":"/name","detail":"must be a string"})"));
    EXPECT_THAT(body_of(wrong), HasSubstr(R"("pointer":"/times")"));
    EXPECT_THAT(body_of(wrong), HasSubstr(R"({"pointer":"/extra","detail":"is not a known field"})"));
    EXPECT_EQ(status_of(post("/v1/greet", "[]")), 422);
}

// Trap 16: sentinels in every input, none of them in any log line.
TEST_F(service_test, logs_nothing_that_a_client_sent) {
    start();
    const std::string s = "S3ntinel";
    get("/v1/" + s + "?q=" + s, "Authorization: Bearer " + s + "\r\nCookie: a=" + s + "\r\nX-Request-Id: ok-1\r\n");
    post("/v1/greet?token=" + s, R"({"name":")" + s + R"(","password":")" + s + R"("})");
    post("/v1/greet", "{\"" + s);
    send("GET /" + s + " HTTP/9\r\n" + s + "\r\n\r\n");
    running->stop();
    EXPECT_THAT(log, HasSubstr("ok-1"));
    EXPECT_THAT(log, Not(HasSubstr(s)));
}

TEST_F(service_test, tells_who_cannot_be_served) {
    config.database_url = "sqlite:/nonexistent-folder/x.db";
    EXPECT_FALSE(start_server(sample, config));
    config.database_url = "sqlite:" + file;
    config.host = "203.0.113.1";
    EXPECT_FALSE(start_server(sample, config));
}

TEST_F(service_test, the_program_migrates_serves_drains_on_sigterm_and_exits_with_0) {
    process program(sample, config.database_url);
    const std::uint16_t port = program.port();
    raw_client idle(port);
    idle.send("GET /ready HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(status_of(idle.response()), 200);
    raw_client busy(port);
    busy.send("GET /v1/slow HTTP/1.1\r\nHost: x\r\n\r\n");
    std::this_thread::sleep_for(50ms);
    program.terminate();
    EXPECT_EQ(body_of(busy.response()), "{\"slow\":true}");
    EXPECT_TRUE(idle.closed());
    EXPECT_EQ(program.exit_code(), 0);
    EXPECT_THAT(program.text(), HasSubstr("\"signal\":\"SIGTERM\""));
    EXPECT_THAT(program.text(), HasSubstr("\"message\":\"stopped\""));
}

TEST_F(service_test, the_program_answers_and_ends_though_nobody_reads_its_log) {
    process program(sample, config.database_url);
    raw_client client(program.port());
    const std::string request = "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n";
    for (int i = 0; i < 3'000; ++i) {
        client.send(request);
        ASSERT_GE(status_of(client.response()), 400) << i;
    }
    program.terminate();
    EXPECT_EQ(program.exit_code_unread(), 0);
}

}  // namespace
}  // namespace tenon::app
