// A Redis of the test's own, from Debian's redis-server, on a private socket and port.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "temporary_folder.hpp"

#include "tests/child_process.hpp"

namespace tenon::test {

class redis_server {
  public:
    static constexpr const char* password = "p@ss/word:1";

    /// Throws, with a hint, where it cannot be started: the tests need it, and do not skip.
    redis_server() : port_(free_port()) { start(); }
    ~redis_server() { stop(); }
    redis_server(const redis_server&) = delete;
    redis_server& operator=(const redis_server&) = delete;

    std::string socket_url(const std::string& end = "") const { return "unix://:" + encoded() + "@" + socket() + end; }
    std::string url(const std::string& end = "") const {
        return "redis://default:" + encoded() + "@127.0.0.1:" + std::to_string(port_) + end;
    }

    /// As after a crash: at once, and nothing is kept.
    void stop() {
        if (pid_ <= 0) return;
        kill_child(pid_);
        pid_ = -1;
        ::unlink(socket().c_str());
    }
    void start() {
        pid_ = launch();
        for (int tries = 0; tries < 400; ++tries) {
            if (::waitpid(pid_, nullptr, WNOHANG) == pid_) break;
            if (accepts()) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        throw std::runtime_error("redis-server does not start; is Debian's package redis-server installed?");
    }
    /// Answers nothing until `thaw`, and keeps its connections.
    void freeze() { ::kill(pid_, SIGSTOP); }
    void thaw() { ::kill(pid_, SIGCONT); }

    static std::uint16_t free_port() {
        const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(probe, reinterpret_cast<const sockaddr*>(&address), size);
        ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size);
        ::close(probe);
        return ntohs(address.sin_port);
    }

  private:
    static std::string encoded() { return "p%40ss%2Fword%3A1"; }
    std::string socket() const { return folder_.path() + "/redis"; }

    pid_t launch() const {
        const std::vector<std::string> words = {"redis-server",
                                                "--bind",
                                                "127.0.0.1",
                                                "--port",
                                                std::to_string(port_),
                                                "--unixsocket",
                                                socket(),
                                                "--requirepass",
                                                password,
                                                "--save",
                                                "",
                                                "--appendonly",
                                                "no",
                                                "--dir",
                                                folder_.path(),
                                                "--logfile",
                                                folder_.path() + "/log"};
        std::vector<char*> argv;
        for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
        argv.push_back(nullptr);
        const pid_t pid = ::fork();
        if (pid != 0) return pid;
        ::execvp(argv[0], argv.data());
        std::abort();
    }

    bool accepts() const {
        const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        socket().copy(address.sun_path, sizeof address.sun_path - 1);
        const bool up = ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(probe);
        return up;
    }

    temporary_folder folder_;
    std::uint16_t port_;
    pid_t pid_ = -1;
};

}  // namespace tenon::test
