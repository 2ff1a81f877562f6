// A whole program of a generated service, in a child process.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

#include <tenon/app/product.hpp>

#include "observe/log_sink.hpp"

#include "tests/child_process.hpp"

namespace tenon::app {

/// Its standard error is read for the port, and then only when asked for.
class process {
  public:
    /// `prepare` runs in the child before the program does.
    process(
        const product& sample, const std::string& url, const std::function<void()>& prepare = [] {}) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
        id_ = fork();
        if (id_ == 0) {
            dup2(ends[1], STDERR_FILENO);
            close(ends[0]);
            observe::capture_log(nullptr);
            setenv("DATABASE_URL", url.c_str(), 1);
            setenv("TOKEN_SECRET", std::string(32, 's').c_str(), 1);
            setenv("PORT", "0", 1);
            setenv("WORKERS", "2", 1);
            prepare();
            std::string words[] = {"sample", "serve", "--migrate"};
            char* argv[] = {words[0].data(), words[1].data(), words[2].data()};
            std::_Exit(run(sample, 3, argv));
        }
        close(ends[1]);
        errors_ = ends[0];
    }
    ~process() {
        if (id_ > 0) test::kill_child(id_);
        close(errors_);
    }
    std::uint16_t port() {
        while (text_.find("listening") == std::string::npos || text_.back() != '\n') {
            if (!read_more()) throw std::runtime_error("ended early: " + text_);
        }
        return port_in(text_);
    }
    /// The one that the program says, in its log, that it listens on.
    static std::uint16_t port_in(const std::string& log) {
        const std::string mark = "http://127.0.0.1:";
        return static_cast<std::uint16_t>(std::stoi(log.substr(log.find(mark) + mark.size())));
    }
    pid_t id() const { return id_; }
    void terminate() const { kill(id_, SIGTERM); }
    /// As `exit_code`, and nobody reads its standard error meanwhile.
    int exit_code_unread() {
        const int status = test::status_of_child(std::exchange(id_, 0));
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    /// Once it has ended; -1 when a signal ended it.
    int exit_code() {
        while (read_more()) {
        }
        return exit_code_unread();
    }
    const std::string& text() const { return text_; }

  private:
    bool read_more() {
        const std::string some = test::read_some(errors_);
        text_ += some;
        return !some.empty();
    }
    pid_t id_ = 0;
    int errors_ = -1;
    std::string text_;
};

}  // namespace tenon::app
