// Signing the tenants up, running the clients, and adding up what they saw.
#include "tests/load/crowd.hpp"

#include <algorithm>
#include <random>
#include <sstream>

#include "tests/load/client.hpp"

#include "tests/wait_until.hpp"

namespace tenon::load_test {
namespace {

std::string random_mark(std::mt19937_64& random) {
    std::string out = "mark";
    while (out.size() < 16) out.push_back("abcdefghijkln0123456789"[random() % 23]);
    return out;
}

}  // namespace

std::uint64_t report::requests() const {
    std::uint64_t out = 0;
    for (const auto& [status, count] : answers) out += count;
    return out;
}

double report::percentile_ms(double share) {
    if (latency_us.empty()) return 0;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(latency_us.size() - 1));
    std::nth_element(latency_us.begin(), latency_us.begin() + static_cast<std::ptrdiff_t>(index), latency_us.end());
    return latency_us[index] / 1000.0;
}

std::string report::text() {
    std::ostringstream out;
    out << requests() << " requests, " << acknowledged << " records made, " << violations << " violations; answers:";
    for (const auto& [status, count] : answers) out << ' ' << status << '*' << count;
    out << "; p50 " << percentile_ms(0.5) << " ms, p95 " << percentile_ms(0.95) << " ms, p99 " << percentile_ms(0.99)
        << " ms, slowest " << percentile_ms(1) << " ms";
    for (const std::string& example : examples) out << "\n  " << example;
    return out.str();
}

crowd::crowd(const service_test::process& service, crowd_options options)
    : options_(std::move(options)), ports_{service.port()} {
    std::mt19937_64 random(std::random_device{}());
    for (std::size_t i = 0; i < options_.tenants; ++i) {
        tenant t;
        t.mark = random_mark(random);
        t.founder = service.sign_up(t.mark);
        owners_[t.founder.user_id] = i;
        owners_[t.founder.workspace_id] = i;
        tenants_.push_back(std::move(t));
    }
    for (std::size_t i = 0; i < options_.clients; ++i) clients_.push_back(std::make_unique<client>(*this, i));
    ++port_changes_;
}

crowd::~crowd() {
    running_ = false;
    for (std::thread& each : threads_) each.join();
}

void crowd::use(std::vector<std::uint16_t> ports) {
    const std::lock_guard held(mutex_);
    ports_ = std::move(ports);
    ++port_changes_;
}

std::vector<std::uint16_t> crowd::ports() const {
    const std::lock_guard held(mutex_);
    return ports_;
}

void crowd::start() {
    running_ = true;
    for (auto& each : clients_) {
        each->seen = report();
        threads_.emplace_back([&each] { each->run(); });
    }
}

void crowd::run_requests(std::uint64_t count) const {
    const std::uint64_t until = answered_ + count;
    test::wait_until([&] { return answered_ >= until; }, std::chrono::minutes(10));
}

bool crowd::recovers(std::uint64_t in_a_row) const {
    for (const auto& each : clients_) each->streak = 0;
    const auto well = [&](const auto& each) { return each->streak >= in_a_row; };
    for (int tries = 0; tries < 3000; ++tries) {
        if (std::all_of(clients_.begin(), clients_.end(), well)) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return false;
}

report crowd::stop() {
    running_ = false;
    for (std::thread& each : threads_) each.join();
    threads_.clear();
    report out;
    for (const auto& each : clients_) {
        const report& one = each->seen;
        for (const auto& [status, count] : one.answers) out.answers[status] += count;
        out.latency_us.insert(out.latency_us.end(), one.latency_us.begin(), one.latency_us.end());
        out.violations += one.violations;
        out.acknowledged += one.acknowledged;
        for (const std::string& example : one.examples) {
            if (out.examples.size() < 4) out.examples.push_back(example);
        }
    }
    return out;
}

std::vector<std::string> crowd::lost() const {
    std::vector<std::string> out;
    for (const auto& each : clients_) {
        const auto some = each->lost();
        out.insert(out.end(), some.begin(), some.end());
    }
    return out;
}

}  // namespace tenon::load_test
