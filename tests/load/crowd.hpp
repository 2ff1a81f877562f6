// A crowd of users of many tenants that keeps services busy, and knows what each answer must be.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "tests/service/process.hpp"

namespace tenon::load_test {

/// A tenant with its founder. `mark` stands in every text that the tenant writes, and in nobody else's.
struct tenant {
    service_test::person founder;
    std::string mark;
};

/// What the crowd saw.
struct report {
    std::map<int, std::uint64_t> answers;  ///< By status; 0: the connection was closed, or refused.
    std::vector<std::uint32_t> latency_us;
    std::uint64_t violations = 0;
    std::vector<std::string> examples;  ///< The first violations.
    std::uint64_t acknowledged = 0;     ///< Records that a 201 promised.

    std::uint64_t requests() const;
    /// `share` of requests were at most this slow, in milliseconds.
    double percentile_ms(double share);
    std::string text();
};

struct crowd_options {
    std::size_t tenants = 200;
    std::size_t clients = 64;
    std::string path = "/v1/projects";
};

class crowd {
  public:
    /// Signs the tenants up with the service. `ports` may change later: see `use`.
    crowd(const service_test::process& service, crowd_options options);
    ~crowd();
    crowd(const crowd&) = delete;
    crowd& operator=(const crowd&) = delete;

    /// The services to ask, each request one of them.
    void use(std::vector<std::uint16_t> ports);
    /// While true, 503 with Retry-After, 504 and refused or closed connections are no violations.
    void expect_trouble(bool expected) { trouble_ = expected; }

    void start();
    void run_for(std::chrono::milliseconds time) const { std::this_thread::sleep_for(time); }
    /// Waits until that many requests more have been answered.
    void run_requests(std::uint64_t count) const;
    /// Waits until `in_a_row` requests in a row have succeeded on each client; false when they do not for 30 s.
    bool recovers(std::uint64_t in_a_row) const;
    report stop();
    /// Reads every record back that was acknowledged and not deleted: what is missing or different, as text.
    std::vector<std::string> lost() const;

  private:
    friend class client;
    std::vector<std::uint16_t> ports() const;

    crowd_options options_;
    std::vector<tenant> tenants_;
    mutable std::mutex mutex_;
    std::vector<std::uint16_t> ports_;
    std::unordered_map<std::string, std::size_t> owners_;  ///< Ids that do not change while it runs, to tenants.
    std::atomic<bool> trouble_ = false;
    std::atomic<bool> running_ = false;
    std::atomic<std::uint64_t> port_changes_ = 0;
    std::atomic<std::uint64_t> answered_ = 0;
    std::vector<std::unique_ptr<class client>> clients_;
    std::vector<std::thread> threads_;
};

}  // namespace tenon::load_test
