// Reading Prometheus' text format, just enough of it.
#include "tests/load/abuse/gauges.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "tests/service/wire.hpp"

namespace tenon::load_test {
namespace {

/// What only grows is not held.
constexpr const char* high_water = "state=\"peak\"";
/// What is not held: the kernel's numbers, of which memory is judged apart, while connections to the database stay
/// open; and how the service is, which a busy machine may not have known at first.
constexpr std::array<std::string_view, 4> not_held{"process_", "service_ready", "dependency_ok", "db_migration"};

bool is_held(std::string_view name) {
    return std::none_of(not_held.begin(), not_held.end(), [&](std::string_view one) { return name.starts_with(one); });
}

std::vector<std::string> above(const gauges& before, const gauges& now) {
    std::vector<std::string> out;
    for (const auto& [name, value] : now) {
        if (name.find(high_water) != name.npos || !is_held(name)) continue;
        const auto known = before.find(name);
        const double allowed = known == before.end() ? 0 : known->second;
        if (value > allowed) out.push_back(name + " is " + std::to_string(value) + ", was " + std::to_string(allowed));
    }
    return out;
}

}  // namespace

std::string metrics_text(std::uint16_t port, const std::string& token) {
    service_test::request r;
    r.target = "/metrics";
    r.token = token;
    const auto given = service_test::ask(port, r);
    if (given.status != 200) throw std::runtime_error("/metrics: " + std::to_string(given.status) + " " + given.body);
    return given.body;
}

gauges gauges_of(const std::string& metrics) {
    std::istringstream lines(metrics);
    std::set<std::string> names;
    gauges out;
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string first;
        std::string second;
        std::string name;
        std::string kind;
        if (line.starts_with("# TYPE ") && words >> first >> second >> name >> kind) {
            if (kind == "gauge") names.insert(name);
        } else if (names.contains(line.substr(0, line.find_first_of(" {")))) {
            const std::size_t space = line.rfind(' ');
            out[line.substr(0, space)] = std::stod(line.substr(space + 1));
        }
    }
    return out;
}

std::vector<std::string> still_held(std::uint16_t port, const std::string& token, const gauges& before,
                                    std::chrono::milliseconds patience) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (true) {
        std::vector<std::string> held;
        try {
            held = above(before, gauges_of(metrics_text(port, token)));
        } catch (const std::runtime_error& unanswered) {
            held = {unanswered.what()};
        }
        if (held.empty() || std::chrono::steady_clock::now() >= until) return held;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

}  // namespace tenon::load_test
