// One user agent: asks as many tenants in turn, one request at a time, and judges each answer.
#pragma once

#include <atomic>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/load/crowd.hpp"
#include "tests/service/wire.hpp"

namespace tenon::load_test {

class client {
  public:
    client(crowd& whole, std::size_t number);

    /// Asks until the crowd stops.
    void run();
    /// Of the records that were acknowledged: what is missing or different, as text.
    std::vector<std::string> lost();

    std::atomic<std::uint64_t> streak = 0;  ///< Requests in a row that succeeded.
    report seen;

  private:
    struct record {
        std::size_t tenant = 0;
        std::string id;
        std::string body;      ///< As the service last sent it; "" when a change of it was not answered.
        bool deleted = false;  ///< 204 was answered.
    };
    struct expectation {
        std::size_t tenant = 0;
        std::vector<int> statuses;
        std::string exact_body = {};  ///< Compared byte by byte when it is not empty.
        std::string asked_id = {};    ///< May stand in the answer, whoever owns it.
    };

    void step();
    void create(std::size_t tenant);
    void read(const record& r);
    void read_deleted(std::size_t index);
    void change(record& r);
    void remove(std::size_t index);
    void list(std::size_t tenant);
    void read_foreign(const record& r, std::size_t tenant);
    void read_profile(std::size_t tenant);
    void forge(std::size_t tenant);

    /// Sends it, counts the answer, and tells whether it has one of the expected statuses.
    bool ask(service_test::request r, const expectation& wanted, service_test::answer& given);
    service_test::answer exchange(const service_test::request& r);
    bool is_excused(const service_test::answer& given) const;
    void judge(const service_test::request& r, const expectation& wanted, const service_test::answer& given);
    std::string foreign_content(const expectation& wanted, const std::string& answered) const;
    void violation(const service_test::request& r, const service_test::answer& given, const std::string& what);
    std::size_t random(std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_); }

    crowd& whole_;
    const std::size_t number_;
    std::mt19937_64 random_;
    std::uint64_t counter_ = 0;
    std::uint64_t known_port_changes_ = 0;
    std::vector<std::uint16_t> ports_;
    std::unordered_map<std::uint16_t, std::unique_ptr<service_test::connection>> connections_;
    std::vector<record> records_;
};

}  // namespace tenon::load_test
