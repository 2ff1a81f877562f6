// A PostgreSQL that is reached by other ways than its own socket, such as a pooler.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "databases/open.hpp"
#include "fixture.hpp"
#include "tests/wait_until.hpp"

namespace tenon::db {

inline std::uint16_t free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

class postgres_modes_test : public postgres_database_test {
  protected:
    static bool as_server(const std::string& command) {
        return gen::postgres_cluster::run_as_server(command).has_value();
    }
    std::string file(const std::string& name) { return server().folder() + "/" + name; }
    std::string asked(const std::string& sql) { return server().run(sql, "reader"); }
    void reopen_with(const std::string& url, open_options options = {}) {
        auto opened = db::open(url, options);
        ASSERT_TRUE(opened) << opened.error().message;
        database_ = std::move(*opened);
    }
    void expect_to_work() {
        ASSERT_TRUE(insert(tenant_, uuid::generate(), "a"));
        EXPECT_EQ(count(tenant_), 1);
    }
};

class postgres_pooler_test : public postgres_modes_test {
  protected:
    void SetUp() override {
        postgres_modes_test::SetUp();
        if (IsSkipped()) return;
        port_ = std::to_string(free_port());
        std::ofstream(file("users.txt")) << "\"reader\" \"\"\n";
        std::ofstream(file("pooler.ini"))
            << "[databases]\nproduct = host=" << server().folder() << " dbname=product\n[pgbouncer]\nlisten_addr =\n"
            << "unix_socket_dir = " << server().folder() << "\nlisten_port = " << port_ << "\nauth_type = trust\n"
            << "auth_file = " << file("users.txt")
            << "\npool_mode = transaction\ndefault_pool_size = 3\nlogfile = " << file("pooler.log")
            << "\npidfile = " << file("pooler.pid") << "\n";
        if (!as_server("/usr/sbin/pgbouncer -d " + file("pooler.ini"))) GTEST_SKIP() << "pgbouncer does not start";
        // It returns before it listens.
        const std::string socket = file(".s.PGSQL." + port_);
        test::wait_until(
            [&] { return !(::access(socket.c_str(), F_OK) != 0 || ::access(file("pooler.pid").c_str(), F_OK) != 0); });
        open_options options;
        options.pooler = true;
        reopen_with("postgresql://reader@/product?host=" + server().folder() + "&port=" + port_, options);
    }
    void TearDown() override {
        database_.reset();
        if (IsSkipped()) return;
        as_server("kill $(cat " + file("pooler.pid") + ")");
        test::wait_until([&] { return ::access(file("pooler.pid").c_str(), F_OK) != 0; });
    }

    std::string port_;
};

}  // namespace tenon::db
