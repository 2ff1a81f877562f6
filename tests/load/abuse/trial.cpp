// Running abuses and bystanders, and judging what was seen.
#include "tests/load/abuse/trial.hpp"

#include <memory>
#include <sstream>
#include <thread>

#include "tests/load/abuse/memory.hpp"

namespace tenon::load_test {
namespace {

// Work whose client has gone ends with REQUEST_TIMEOUT (15 s) at the latest.
constexpr std::chrono::seconds settling{20};

void run_together(const std::vector<abuse>& together, abuser& by) {
    std::vector<std::thread> threads;
    for (const abuse& each : together) threads.emplace_back([&by, run = each.run] { run(by); });
    for (std::thread& each : threads) each.join();
}

}  // namespace

std::uint64_t outcome::refused_others() const {
    std::uint64_t out = 0;
    for (const report& each : others) out += each.violations;
    return out;
}

std::vector<std::string> outcome::broken_promises() const {
    std::vector<std::string> out;
    if (peak_kib >= promised_kib) out.push_back(std::to_string(peak_kib / 1024) + " MiB were resident");
    for (const report& each : others) {
        if (each.violations > 0) out.push_back("another user was refused or starved: " + each.examples.front());
        if (each.requests() == 0) out.emplace_back("nothing was asked beside it");
    }
    for (const std::string& each : held) out.push_back("still held afterwards: " + each);
    return out;
}

std::string outcome::text() {
    std::ostringstream out;
    out << name << ": " << asked << " asked, answers:";
    for (const auto& [status, count] : answers) out << ' ' << status << '*' << count;
    out << "; peak " << peak_kib / 1024 << " MiB, then " << resident_kib / 1024 << "; others' slowest answers, ms:";
    for (report& each : others) out << ' ' << each.percentile_ms(1) << " of " << each.requests();
    for (const std::string& each : broken_promises()) out << "\n    BROKEN: " << each;
    return out.str();
}

trials::trials(scene& where)
    : where_(where), before_(gauges_of(metrics_text(where.service.port(), scene::metrics_token))) {}

outcome trials::run(const std::vector<abuse>& together, const trial_options& options) {
    outcome out;
    for (const abuse& each : together) out.name += (out.name.empty() ? "" : " + ") + each.name;
    abuser_options wanted;
    wanted.port = where_.service.port();
    wanted.user = where_.newcomer();
    wanted.address = where_.new_address();
    wanted.project = where_.project;
    wanted.heavy = where_.heavy;
    wanted.connections = options.connections;
    wanted.seed = options.seed;
    bystander stranger(wanted.port, where_.new_address(), where_.requests_of_a_stranger(), options.pause);
    bystander colleague(wanted.port, where_.new_address(), where_.reads_of_a_colleague(), options.pause);
    forget_peak(where_.service.pid());
    stranger.start();
    colleague.start();
    {
        abuser by(wanted, abuser::clock::now() + options.length);
        run_together(together, by);
        out.asked = by.asked();
        out.answers = by.answers();
    }
    out.others = stranger.stop();
    for (report& each : colleague.stop()) out.others.push_back(std::move(each));
    out.held = still_held(wanted.port, scene::metrics_token, before_, settling);
    out.peak_kib = peak_kib(where_.service.pid());
    out.resident_kib = resident_kib(where_.service.pid());
    return out;
}

}  // namespace tenon::load_test
