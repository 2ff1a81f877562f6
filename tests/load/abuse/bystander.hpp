// Other users, who ask for little and have a right to be answered, whatever is done beside them.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "tests/load/crowd.hpp"

namespace tenon::load_test {

struct polite_request {
    std::string what;  ///< Its name in reports: "get", "list", "change".
    std::string target;
    std::string token;
    std::string change;  ///< The body of a PATCH; empty: it reads.
};

/// Asks them in turn, one request at a time, from an address of their own. Every eighth comes on a new connection, as
/// from somebody who has just arrived.
class bystander {
  public:
    /// `pause` between an answer and the next request keeps it within its own limits.
    bystander(std::uint16_t port, std::string address, std::vector<polite_request> requests,
              std::chrono::microseconds pause);
    ~bystander();
    bystander(const bystander&) = delete;
    bystander& operator=(const bystander&) = delete;

    void start();
    /// What was seen since `start`, for each of the requests. Whatever is not 200 within 20 s is a violation:
    /// REQUEST_TIMEOUT (15 s), and time for a busy machine to say so.
    std::vector<report> stop();

  private:
    void run();

    const std::uint16_t port_;
    const std::string address_;
    const std::vector<polite_request> requests_;
    const std::chrono::microseconds pause_;
    std::vector<report> seen_;
    std::atomic<bool> running_ = false;
    std::thread thread_;
};

}  // namespace tenon::load_test
