// How late the event loops of a service came to their ticks, as its own /metrics tells.
#pragma once

#include <cstdint>
#include <string>

namespace tenon::load_test {

class loop_lag {
  public:
    /// Reads the metrics that are open; throws when they are not answered with 200.
    explicit loop_lag(std::uint16_t port);

    double ticks() const;
    /// The share of ticks that were at most so late; `seconds` is a bound of the histogram, as /metrics writes it.
    double share_within(const std::string& seconds) const;
    /// How many came later than that.
    double later_than(const std::string& seconds) const;
    /// How often a loop used more processor time than that between two ticks, however busy the machine was.
    double worked_longer_than(const std::string& seconds) const;
    std::string text() const;

  private:
    double number_of(const std::string& series) const;
    std::string metrics_;
};

}  // namespace tenon::load_test
