// A service with the limits that it has by default, a tenant with records as heavy as they get, and people around.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/load/abuse/bystander.hpp"
#include "tests/service/process.hpp"

namespace tenon::load_test {

class scene {
  public:
    static constexpr const char* metrics_token = "a token for tests";

    /// `settings` as for `service_test::process`, on top of default limits; `errors` takes the service's log.
    scene(const std::map<std::string, std::string>& settings, int errors);

    service_test::process service;
    std::string project;  ///< Of the heavy tenant; its tasks are the heavy records.
    std::string heavy;    ///< One of them.

    /// A user of the heavy tenant who has not used up any limit yet, from an address that has not either.
    service_test::person newcomer();
    /// An address that nobody has used yet.
    std::string new_address();
    /// What a user of another tenant does: reads one record and a list, and changes that record, which takes a place
    /// for transactions.
    std::vector<polite_request> requests_of_a_stranger();
    /// What a new user of the heavy tenant reads: one record, and a list.
    std::vector<polite_request> reads_of_a_colleague();
    /// How many heavy records were taken.
    std::size_t heavy_records() const { return heavy_; }

  private:
    void store(const std::string& title, const std::string& field);

    std::uint32_t addresses_ = 0;
    service_test::person founder_;
    std::size_t heavy_ = 0;
};

/// `one` again and again, with `separator` between, as often as fits into `bytes`: the elements of a list, for example.
std::string repeated(const std::string& one, std::size_t bytes, const std::string& separator = ",");
/// The same as a list of lists of JSON: a list may have 100,000 elements, lists in lists as many as fit.
std::string nested(const std::string& one, std::size_t bytes);

}  // namespace tenon::load_test
