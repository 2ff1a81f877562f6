// Abuses of answers: large ones, kept ones, and those that nobody reads.
#include <string>
#include <thread>

#include "tests/load/abuse/abuser.hpp"
#include "tests/load/abuse/scene.hpp"

namespace tenon::load_test {
namespace {

constexpr int no_room = 4'096;
constexpr const char* largest_page = "/v1/tasks?limit=100&sort=title";

/// Asks over many connections and reads a little now and then, so that none of them looks dead.
void read_slowly(abuser& by, const std::string& bytes, std::size_t count) {
    auto open = by.connect_many(count, no_room);
    for (auto& each : open) {
        if (each->is_open()) each->send(bytes, by.time_left());
    }
    while (by.goes_on()) {
        for (auto& each : open) each->discard(1'024);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
}

/// Once over each of many connections, all at the same time; then they stay, idle.
void ask_at_once(abuser& by, const std::string& target) {
    const std::string bytes = to_wire(by.by_user("GET", target));
    auto open = by.connect_many(by.options().connections);
    for (auto& each : open) {
        if (each->is_open()) each->send(bytes, by.time_left());
    }
    while (by.goes_on()) {
        for (auto& each : open) each->discard(1'048'576);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void ask_for_large_records_at_once(abuser& by) {
    ask_at_once(by, "/v1/tasks/" + by.options().heavy);
}

void ask_for_large_pages_at_once(abuser& by) {
    ask_at_once(by, largest_page);
}

void read_large_pages_slowly(abuser& by) {
    read_slowly(by, to_wire(by.by_user("GET", largest_page)), at_a_time);
}

void read_large_pages(abuser& by) {
    const std::string bytes = to_wire(by.by_user("GET", largest_page));
    by.ask_all_the_time(at_a_time, [&](std::uint64_t) { return bytes; });
}

/// Anybody may have it, and it is long.
void read_the_description_slowly(abuser& by) {
    service_test::request r;
    r.target = "/openapi.yaml";
    read_slowly(by, to_wire(r), by.options().connections);
}

void pipeline(abuser& by, const std::string& target) {
    std::string batch;
    for (int i = 0; i < 100; ++i) batch += to_wire(by.by_user("GET", target));
    auto open = by.connect_many(at_a_time, no_room);
    by.push_all_the_time(open, batch);
}

void pipeline_without_reading(abuser& by) {
    pipeline(by, "/v1/me");
}

void pipeline_large_pages(abuser& by) {
    pipeline(by, largest_page);
}

void pipeline_and_read(abuser& by) {
    std::string batch;
    for (int i = 0; i < 20; ++i) batch += to_wire(by.by_user("GET", "/v1/me"));
    auto open = by.connect_many(at_a_time);
    while (by.goes_on()) {
        for (auto& each : open) {
            if (!each->is_open()) each = by.connect();
            for (int i = 0; i < 20; ++i) by.ask(*each, i == 0 ? batch : std::string());
        }
    }
}

/// Each answer is kept, so that a repetition gets the same: a megabyte a time.
void have_answers_kept(abuser& by) {
    const std::string key = std::to_string(by.random()) + "-";
    service_test::request r = by.new_task(R"("checklist":[")" + std::string(960'000, 'x') + "\"]");
    by.ask_all_the_time(at_a_time, [&](std::uint64_t n) {
        service_test::request next = r;
        // Every other time what was kept before.
        next.headers.push_back("Idempotency-Key: " + key + std::to_string(n % 2 == 0 ? n / 2 : n / 4));
        return to_wire(next);
    });
}

void read_metrics(abuser& by) {
    service_test::request r;
    r.target = "/metrics";
    r.token = scene::metrics_token;
    by.ask_all_the_time(at_a_time, [bytes = to_wire(r)](std::uint64_t) { return bytes; });
}

}  // namespace

std::vector<abuse> abuses_of_answers() {
    return {{"large pages, read slowly", read_large_pages_slowly},
            {"large pages", read_large_pages},
            {"large pages at once", ask_for_large_pages_at_once},
            {"large records at once", ask_for_large_records_at_once},
            {"the API's description, read slowly", read_the_description_slowly},
            {"pipelined, unread", pipeline_without_reading},
            {"large pages, pipelined, unread", pipeline_large_pages},
            {"pipelined, read", pipeline_and_read},
            {"kept answers", have_answers_kept},
            {"metrics", read_metrics}};
}

}  // namespace tenon::load_test
