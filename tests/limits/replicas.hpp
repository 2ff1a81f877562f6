// Three processes of the limits' test service over one PostgreSQL, and perhaps one Redis.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/child_process.hpp"
#include "tests/service/wire.hpp"
#include "tests/unit/runtime/redis_server.hpp"

namespace tenon::limits_test {

class replicas {
  public:
    static constexpr std::size_t count = 3;

    replicas(std::string database_url, std::string redis_url)
        : database_url_(std::move(database_url)), redis_url_(std::move(redis_url)) {
        for (std::size_t i = 0; i < count; ++i) ports_[i] = test::redis_server::free_port();
        for (std::size_t i = 0; i < count; ++i) start(i);
    }
    ~replicas() {
        for (std::size_t i = 0; i < count; ++i) kill(i);
    }
    replicas(const replicas&) = delete;
    replicas& operator=(const replicas&) = delete;

    void kill(std::size_t i) {
        const std::lock_guard guard(mutex_);
        if (pids_[i] <= 0) return;
        test::kill_child(pids_[i]);
        pids_[i] = -1;
    }
    void start(std::size_t i) {
        {
            const std::lock_guard guard(mutex_);
            pids_[i] = launch(i);
        }
        for (int tries = 0; tries < 800; ++tries) {
            if (ask(i, "GET", "/health").status == 200) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        }
        throw std::runtime_error("the test service does not start");
    }
    service_test::answer ask(std::size_t i, const std::string& method, const std::string& target) const {
        service_test::request r;
        r.method = method;
        r.target = target;
        return service_test::ask(ports_[i], r);
    }

  private:
    pid_t launch(std::size_t i) const {
        std::vector<std::string> lines = {"PORT=" + std::to_string(ports_[i]),
                                          "DATABASE_URL=" + database_url_,
                                          "TOKEN_SECRET=a secret of more than thirty-two bytes, for tests",
                                          "WORKERS=1",
                                          "LOG_LEVEL=error",
                                          "RATE_LIMIT_IP=0"};
        if (!redis_url_.empty()) lines.push_back("REDIS_URL=" + redis_url_);
        std::vector<char*> environment;
        for (std::string& line : lines) environment.push_back(line.data());
        environment.push_back(nullptr);
        std::string program = LIMITS_SERVICE;
        std::string command = "serve";
        std::array<char*, 3> argv = {program.data(), command.data(), nullptr};
        const pid_t pid = ::fork();
        if (pid != 0) return pid;
        const int quiet = ::open("/dev/null", O_WRONLY);
        ::dup2(quiet, STDERR_FILENO);
        ::execve(argv[0], argv.data(), environment.data());
        std::abort();
    }

    std::string database_url_;
    std::string redis_url_;
    std::array<std::uint16_t, count> ports_{};
    std::array<pid_t, count> pids_{};
    std::mutex mutex_;
};

}  // namespace tenon::limits_test
