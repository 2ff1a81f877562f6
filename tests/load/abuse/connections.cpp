// Abuses of connections: many of them, slow ones, broken ones, and what a server keeps for each.
#include <string>
#include <thread>

#include "tests/load/abuse/abuser.hpp"
#include "tests/load/abuse/scene.hpp"

namespace tenon::load_test {
namespace {

using service_test::request;

void say_nothing(abuser& by) {
    const auto open = by.connect_many(by.options().connections);
    by.hold();
}

/// Each header nearly as long as a server takes, and no end of it: a byte now and then keeps it alive.
void never_end_headers(abuser& by) {
    auto open = by.connect_many(by.options().connections);
    for (auto& each : open) each->send_some("GET /v1/me HTTP/1.1\r\nHost: x\r\nX-Long: " + std::string(15'000, 'x'));
    by.push_all_the_time(open, "x");
}

void speak_another_protocol(abuser& by) {
    auto open = by.connect_many(by.options().connections);
    // The beginning of TLS; what follows has no end of line.
    std::string garbage = "\x16\x03\x01\x02";
    while (garbage.size() < 4'000) garbage.push_back(static_cast<char>(128 + by.random() % 128));
    for (auto& each : open) each->send_some(garbage);
    by.hold();
}

/// Asks once with everything as large as allowed, and keeps the connection: does the server keep the room?
void stay_after_a_large_request(abuser& by) {
    auto open = by.connect_many(by.options().connections / 2);
    request large = by.by_user("POST", "/v1/auth/refresh", R"({"refresh_token":")" + std::string(60'000, 'x') + "\"}");
    for (int i = 0; i < 90; ++i) large.headers.push_back("X-" + std::to_string(i) + ": " + std::string(150, 'x'));
    const std::string bytes = to_wire(large);
    for (auto& each : open) {
        if (!by.goes_on()) break;
        if (each->is_open()) by.ask(*each, bytes);
    }
    by.hold();
}

void come_and_go(abuser& by) {
    while (by.goes_on()) by.connect();
}

/// Asks for something heavy and is gone before it is done.
void hang_up(abuser& by) {
    const std::string bytes = to_wire(by.by_user("GET", "/v1/tasks?limit=100&sort=title"));
    while (by.goes_on()) {
        auto open = by.connect_many(at_a_time);
        for (auto& each : open) each->send_some(bytes);
        std::this_thread::sleep_for(std::chrono::milliseconds(by.random() % 20));
        for (auto& each : open) each->reset();
    }
}

void send_bad_requests(abuser& by) {
    const std::vector<std::string> bad = {
        "nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /v1/me HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/tasks HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n"};
    by.ask_all_the_time(at_a_time, [&](std::uint64_t n) { return bad[n % bad.size()]; });
}

}  // namespace

std::vector<abuse> abuses_of_connections() {
    return {{"connections that say nothing", say_nothing},
            {"headers without an end", never_end_headers},
            {"another protocol", speak_another_protocol},
            {"idle after a large request", stay_after_a_large_request},
            {"connections that come and go", come_and_go},
            {"hung up before the answer", hang_up},
            {"bad requests", send_bad_requests}};
}

}  // namespace tenon::load_test
