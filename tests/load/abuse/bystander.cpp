// Asking, timing and judging a bystander's requests.
#include "tests/load/abuse/bystander.hpp"

#include <memory>

#include "tests/service/wire.hpp"

namespace tenon::load_test {
namespace {

constexpr std::uint64_t requests_per_connection = 8;
// The service gives up a request that others hold up after REQUEST_TIMEOUT (15 s), and says so. What a busy machine
// makes of it until then is its speed: tools/bench measures that.
constexpr std::chrono::seconds patience{20};

service_test::request request_for(const polite_request& asked) {
    service_test::request out;
    if (!asked.change.empty()) out.method = "PATCH";
    out.target = asked.target;
    out.token = asked.token;
    out.body = asked.change;
    return out;
}

}  // namespace

bystander::bystander(std::uint16_t port, std::string address, std::vector<polite_request> requests,
                     std::chrono::microseconds pause)
    : port_(port), address_(std::move(address)), requests_(std::move(requests)), pause_(pause) {}

bystander::~bystander() {
    running_ = false;
    if (thread_.joinable()) thread_.join();
}

void bystander::start() {
    seen_.assign(requests_.size(), report());
    running_ = true;
    thread_ = std::thread([this] { run(); });
}

std::vector<report> bystander::stop() {
    running_ = false;
    thread_.join();
    return std::move(seen_);
}

void bystander::run() {
    std::unique_ptr<service_test::connection> open;
    // On a busy machine one request may outlast an abuse: each is tried once all the same.
    for (std::uint64_t i = 0; running_ || i < requests_.size(); ++i) {
        const std::size_t which = i % requests_.size();
        report& seen = seen_[which];
        const auto begun = std::chrono::steady_clock::now();
        if (!open || i % requests_per_connection == 0) {
            open = std::make_unique<service_test::connection>(port_, service_test::client_end{address_});
        }
        service_test::answer given;
        if (open->is_open() && open->send(to_wire(request_for(requests_[which])))) given = open->receive(patience);
        const auto time = std::chrono::steady_clock::now() - begun;
        seen.latency_us.push_back(
            static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(time).count()));
        ++seen.answers[given.status];
        if (given.status != 200) {
            ++seen.violations;
            seen.examples.push_back(requests_[which].what + " " + requests_[which].target + ": " +
                                    std::to_string(given.status) + " " + given.body.substr(0, 300));
            if (seen.examples.size() > 3) seen.examples.pop_back();
            open.reset();
        }
        std::this_thread::sleep_for(pause_);
    }
}

}  // namespace tenon::load_test
