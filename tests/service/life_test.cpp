// A service's life: how it starts, what it says when it cannot, and how it ends.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"

namespace tenon::service_test {
namespace {

class life : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!process::available()) GTEST_SKIP() << "STARTER is not set";
    }
};

bool refuses_connections(std::uint16_t port) {
    for (int tries = 0; tries < 200; ++tries) {
        connection c(port);
        if (!c.is_open()) return true;
        // Taken by the kernel before the listener closed: it must be closed without an answer of success.
        c.send(to_wire({.target = "/ready"}));
        if (c.receive(std::chrono::milliseconds(500)).status != 200) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

TEST_F(life, finishes_requests_under_way_on_sigterm) {
    process service;
    const person founder = service.sign_up("founder");
    const std::string body = R"({"name":"Half said","code":"HALF"})";
    connection half(service.port());
    const std::string bytes = to_wire({"POST", "/v1/projects", body, founder.token, {}});
    ASSERT_TRUE(half.send(bytes.substr(0, bytes.size() - 10)));
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    service.terminate();
    EXPECT_TRUE(refuses_connections(service.port()));
    ASSERT_TRUE(half.send(bytes.substr(bytes.size() - 10)));
    const answer a = half.receive();
    EXPECT_EQ(a.status, 201) << a.body;
    EXPECT_EQ(a.header("Connection"), "close");
    EXPECT_EQ(service.wait(), 0);
}

TEST_F(life, ends_at_once_when_nothing_is_under_way) {
    process service;
    connection idle(service.port());
    service.terminate();
    EXPECT_EQ(service.wait(), 0);
}

// Clients that take their time are cut off: what is documented about SIGTERM does not depend on them.
TEST_F(life, ends_in_time_and_well_beside_slow_clients) {
    process service(std::map<std::string, std::string>{{"DRAIN_TIMEOUT", "1s"}});
    connection idle(service.port());
    // Behind a request that is answered, so that the service has seen the half one.
    const std::string whole = to_wire({.target = "/health"});
    connection header(service.port());
    ASSERT_TRUE(header.send(whole + "GET /health HTTP/1.1\r\nHo"));
    ASSERT_EQ(header.receive().status, 200);
    connection body(service.port());
    ASSERT_TRUE(body.send(whole + "POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                  "Content-Length: 50\r\n\r\n{"));
    ASSERT_EQ(body.receive().status, 200);
    const auto begun = std::chrono::steady_clock::now();
    service.terminate();
    EXPECT_EQ(service.wait(), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(4));
    EXPECT_EQ(body.receive().status, 408);
}

/// Lowers how many files we, and whoever we start, may open.
class fewer_files {
  public:
    explicit fewer_files(rlim_t count) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit low = before_;
        low.rlim_cur = count;
        if (::setrlimit(RLIMIT_NOFILE, &low) != 0) throw std::runtime_error("setrlimit");
    }
    ~fewer_files() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    fewer_files(const fewer_files&) = delete;
    fewer_files& operator=(const fewer_files&) = delete;

  private:
    rlimit before_{};
};

TEST_F(life, opens_as_many_files_as_it_may) {
    const fewer_files meanwhile(256);
    const process service;
    rlimit its{};
    ASSERT_EQ(::prlimit(service.pid(), RLIMIT_NOFILE, nullptr, &its), 0);
    EXPECT_EQ(its.rlim_cur, its.rlim_max);
}

TEST_F(life, lists_its_routes_and_version_without_configuration) {
    EXPECT_NE(process::output_of({"routes"}).find("/v1/projects"), std::string::npos);
    EXPECT_NE(process::output_of({"--version"}).find("starter"), std::string::npos);
    EXPECT_THROW(process::output_of({"serve"}), std::runtime_error);
    EXPECT_THROW(process::output_of({"no-such-command"}), std::runtime_error);
}

}  // namespace
}  // namespace tenon::service_test
