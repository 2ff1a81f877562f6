// Abuses of bodies: unfinished ones, and JSON that is larger inside than outside.
#include <string>

#include "tests/load/abuse/abuser.hpp"
#include "tests/load/abuse/scene.hpp"

namespace tenon::load_test {
namespace {

constexpr std::size_t large = 960 * 1000;

void unfinished(abuser& by, const std::string& head, const std::string& body) {
    auto open = by.connect_many(by.options().connections);
    std::vector<std::size_t> sent(open.size(), 0);
    for (auto& each : open) each->send_some(head);
    while (by.goes_on()) {
        bool moved = false;
        for (std::size_t i = 0; i < open.size() && by.goes_on(); ++i) {
            const std::size_t taken = open[i]->send_some(std::string_view(body).substr(sent[i]));
            sent[i] += taken;
            moved = moved || taken > 0;
        }
        if (!moved) return by.hold();
    }
}

/// A stranger's: no token is needed to begin one.
void never_end_bodies(abuser& by) {
    unfinished(by,
               "POST /v1/auth/sign-up HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: "
               "1048576\r\n\r\n",
               std::string(1'048'575, ' '));
}

void never_end_chunks(abuser& by) {
    unfinished(by,
               "POST /v1/auth/sign-up HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: "
               "chunked\r\n\r\n",
               repeated("8\r\n        \r\n", 1'300'000, ""));
}

void post_tasks(abuser& by, const std::string& fields) {
    const std::string bytes = to_wire(by.new_task(fields));
    by.ask_all_the_time(at_a_time, [&](std::uint64_t) { return bytes; });
}

/// PostgreSQL writes each of them out: 300 digits for 6 bytes.
void large_numbers(abuser& by) {
    post_tasks(by, R"("checklist":)" + nested("1e300", large));
}

void many_small_values(abuser& by) {
    post_tasks(by, R"("checklist":)" + nested("0", large));
}

void many_small_objects(abuser& by) {
    post_tasks(by, R"("checklist":)" + nested(R"({"a":{}})", large));
}

void many_escapes(abuser& by) {
    post_tasks(by, R"("body":")" + repeated("\\u00e9", 360'000, "") + '"');
}

void great_depth(abuser& by) {
    const std::string deep = to_wire(by.new_task(R"("checklist":)" + std::string(large, '[')));
    const std::string keys = to_wire(by.new_task(R"("checklist":)" + repeated(R"({"a":)", large, "")));
    by.ask_all_the_time(at_a_time, [&](std::uint64_t n) { return n % 2 == 0 ? deep : keys; });
}

/// Refused for each of its fields: how long is the list of what is wrong?
void everything_wrong(abuser& by) {
    std::string fields = R"("f0":0)";
    for (int i = 1; fields.size() < large; ++i) fields += ",\"f" + std::to_string(i) + "\":0";
    post_tasks(by, fields);
}

void long_passwords(abuser& by) {
    service_test::request r;
    r.method = "POST";
    r.target = "/v1/auth/login";
    r.body = R"({"email":"nobody@example.com","password":")" + std::string(large, 'x') + "\"}";
    by.ask_all_the_time(at_a_time, [bytes = to_wire(r)](std::uint64_t) { return bytes; });
}

}  // namespace

std::vector<abuse> abuses_of_bodies() {
    return {{"bodies without an end", never_end_bodies},
            {"chunks without an end", never_end_chunks},
            {"JSON: large numbers", large_numbers},
            {"JSON: many small values", many_small_values},
            {"JSON: many small objects", many_small_objects},
            {"JSON: a text of escapes", many_escapes},
            {"JSON: great depth", great_depth},
            {"JSON: everything wrong", everything_wrong},
            {"long passwords", long_passwords}};
}

}  // namespace tenon::load_test
