// Reads one histogram of Prometheus' text format.
#include "tests/load/loop_lag.hpp"

#include <stdexcept>

#include "tests/service/wire.hpp"

namespace tenon::load_test {

loop_lag::loop_lag(std::uint16_t port) {
    service_test::request r;
    r.target = "/metrics";
    const auto given = service_test::ask(port, r);
    if (given.status != 200) throw std::runtime_error("/metrics: " + std::to_string(given.status) + " " + given.body);
    metrics_ = "\n" + given.body;
}

double loop_lag::ticks() const {
    return number_of("event_loop_lag_seconds_count");
}

double loop_lag::share_within(const std::string& seconds) const {
    return 1 - later_than(seconds) / ticks();
}

double loop_lag::later_than(const std::string& seconds) const {
    return ticks() - number_of("event_loop_lag_seconds_bucket{le=\"" + seconds + "\"}");
}

double loop_lag::worked_longer_than(const std::string& seconds) const {
    const std::string work = "event_loop_work_seconds";
    return number_of(work + "_count") - number_of(work + "_bucket{le=\"" + seconds + "\"}");
}

std::string loop_lag::text() const {
    std::string out = "event loops: " + std::to_string(static_cast<long>(ticks())) + " ticks; late by at most";
    for (const char* const seconds : {"0.01", "0.05", "0.1", "0.25", "1"})
        out += std::string(" ") + seconds + " s: " + std::to_string(share_within(seconds) * 100) + " %;";
    out += " more work than";
    for (const char* const seconds : {"0.05", "0.1", "0.25"})
        out +=
            std::string(" ") + seconds + " s: " + std::to_string(static_cast<long>(worked_longer_than(seconds))) + ";";
    return out;
}

double loop_lag::number_of(const std::string& series) const {
    const std::size_t at = metrics_.find("\n" + series + " ");
    if (at == metrics_.npos) throw std::runtime_error("/metrics has no " + series);
    return std::stod(metrics_.substr(at + series.size() + 2));
}

}  // namespace tenon::load_test
