// The only way to wait in a test for something that is not a future: with a deadline.
#pragma once

#include <chrono>
#include <source_location>
#include <stdexcept>
#include <string>
#include <thread>

namespace tenon::test {

/// Returns once `holds` is true. Throws when it is not within `patience`, and so fails the test: a test that hangs
/// tells nothing, and stops all that come after it.
template <class Condition>
void wait_until(Condition holds, std::chrono::seconds patience = std::chrono::seconds(30),
                std::source_location where = std::source_location::current()) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("waited in vain at " + std::string(where.file_name()) + ":" +
                                     std::to_string(where.line()));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

}  // namespace tenon::test
