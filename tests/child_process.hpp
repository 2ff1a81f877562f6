// Waiting for processes that a test has started, and for what they say: with a deadline.
#pragma once

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <source_location>
#include <stdexcept>
#include <string>

#include "tests/wait_until.hpp"

namespace tenon::test {

/// The status that waitpid(2) gives once `child` has ended, or with `options` has changed otherwise. Kills it and
/// throws when that is not within `patience`. Throws as well when there is no such child, or none any more: 0 and -1
/// would mean whole groups of processes.
inline int status_of_child(pid_t child, int options = 0, std::chrono::seconds patience = std::chrono::seconds(60),
                           std::source_location where = std::source_location::current()) {
    if (child <= 0) throw std::logic_error("there is no child to wait for");
    int status = 0;
    pid_t changed = 0;
    const auto has_changed = [&] { return (changed = ::waitpid(child, &status, options | WNOHANG)) != 0; };
    try {
        wait_until(has_changed, patience, where);
    } catch (...) {
        ::kill(child, SIGKILL);
        wait_until(has_changed, patience, where);
        throw;
    }
    if (changed != child) throw std::logic_error("somebody else has waited for this child");
    return status;
}

inline void kill_child(pid_t child) {
    ::kill(child, SIGKILL);
    (void)status_of_child(child);
}

/// What there is to read of a pipe, as it comes; "" when its other end is closed. Throws when nothing comes within
/// `patience`.
inline std::string read_some(int descriptor, std::chrono::seconds patience = std::chrono::seconds(60)) {
    pollfd ready{descriptor, POLLIN, 0};
    const auto most = std::chrono::milliseconds(patience).count();
    if (::poll(&ready, 1, static_cast<int>(most)) <= 0) throw std::runtime_error("a child says nothing, and goes on");
    std::array<char, 65536> bytes{};
    const ssize_t got = ::read(descriptor, bytes.data(), bytes.size());
    return std::string(bytes.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
}

}  // namespace tenon::test
