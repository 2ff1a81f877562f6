// One user at one address who does the worst that an abuse says, until a time.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <vector>

#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"

namespace tenon::load_test {

/// Connections of an abuse that asks for much over few.
inline constexpr std::size_t at_a_time = 16;

struct abuser_options {
    std::uint16_t port = 0;
    std::string address;
    service_test::person user;
    std::string project;              ///< Tasks may be made in it.
    std::string heavy;                ///< A task that is nearly as large as may be.
    std::size_t connections = 1'000;  ///< As many as an abuse of connections opens at a time.
    std::uint64_t seed = 0;
};

class abuser {
  public:
    using clock = std::chrono::steady_clock;
    using connections = std::vector<std::unique_ptr<service_test::connection>>;

    abuser(abuser_options options, clock::time_point until);

    const abuser_options& options() const { return options_; }
    bool goes_on() const { return clock::now() < until_; }
    std::chrono::milliseconds time_left() const;

    /// `receive_buffer_bytes` small: who does not read fills the service's memory, not the kernel's.
    std::unique_ptr<service_test::connection> connect(int receive_buffer_bytes = 0);
    connections connect_many(std::size_t count, int receive_buffer_bytes = 0);
    /// Sends and waits for the answer, no longer than until the end. Counts what came.
    service_test::answer ask(service_test::connection& over, const std::string& bytes);
    /// Asks again and again over `count` connections at a time; whatever closes is opened again.
    void ask_all_the_time(std::size_t count, const std::function<std::string(std::uint64_t number)>& next);
    /// Sends `bytes` over each, as far as each takes them, and again, while it goes on.
    void push_all_the_time(connections& over, const std::string& bytes);
    /// Keeps everything open and silent until the end.
    void hold() const;

    service_test::request by_user(std::string method, std::string target, std::string body = {}) const;
    /// A task with these further fields, as text of JSON.
    service_test::request new_task(const std::string& fields) const;
    std::uint64_t random();

    /// Requests and connections so far: as many requests may a polite user make instead.
    std::uint64_t asked() const { return asked_; }
    /// Answers by status; 0: none.
    std::map<int, std::uint64_t> answers() const;

  private:
    const abuser_options options_;
    const clock::time_point until_;
    std::atomic<std::uint64_t> asked_ = 0;
    mutable std::mutex mutex_;
    std::mt19937_64 random_;
    std::map<int, std::uint64_t> answers_;
};

/// What somebody may do within the limits. Returns at the abuser's end, with every connection closed.
struct abuse {
    std::string name;
    std::function<void(abuser& by)> run;
};

/// All of them, by what they use up.
std::vector<abuse> abuses();
std::vector<abuse> abuses_of_connections();
std::vector<abuse> abuses_of_bodies();
std::vector<abuse> abuses_of_answers();
std::vector<abuse> abuses_of_work();

}  // namespace tenon::load_test
