// What a service holds at the moment, as its own /metrics tells: connections, bytes, slots, places in queues.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tenon::load_test {

/// Every gauge of /metrics by its name with labels. Whatever a service counts up and down is one, so that a budget
/// added later is watched without a change here.
using gauges = std::map<std::string, double>;

/// The text of /metrics; throws when it is not answered with 200. `token` is METRICS_TOKEN.
std::string metrics_text(std::uint16_t port, const std::string& token);
gauges gauges_of(const std::string& metrics);

/// Waits until no gauge is above what it was `before`; gives those that still are when `patience` has passed, as text.
std::vector<std::string> still_held(std::uint16_t port, const std::string& token, const gauges& before,
                                    std::chrono::milliseconds patience);

}  // namespace tenon::load_test
