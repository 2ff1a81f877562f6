// Abuses of bodies: unfinished ones, and JSON that is larger inside than outside.
#include <array>
#include <string>

#include "tests/load/abuse/abuser.hpp"
#include "tests/load/abuse/scene.hpp"

namespace tenon::load_test {
namespace {

constexpr std::size_t large = 960 * 1000;
// What is let in at most: of strangers by MAX_OPEN_BODY_BYTES, of known callers by MAX_BODY_BYTES.
constexpr std::size_t of_a_stranger = 64 * 1024;
constexpr std::size_t of_a_caller = 1024 * 1024;

struct unfinished_request {
    std::string head;
    std::string body;  ///< All but its end.
};

/// Strangers' and callers' in turn.
void never_end(abuser& by, const std::array<unfinished_request, 2>& both) {
    auto open = by.connect_many(by.options().connections);
    std::vector<std::size_t> sent(open.size(), 0);
    for (std::size_t i = 0; i < open.size(); ++i) open[i]->send_some(both[i % 2].head);
    while (by.goes_on()) {
        bool moved = false;
        for (std::size_t i = 0; i < open.size() && by.goes_on(); ++i) {
            const std::size_t taken = open[i]->send_some(std::string_view(both[i % 2].body).substr(sent[i]));
            sent[i] += taken;
            moved = moved || taken > 0;
        }
        if (!moved) return by.hold();
    }
}

std::string head_of(const std::string& target, const std::string& more) {
    return "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n" + more + "\r\n\r\n";
}

std::array<std::string, 2> heads(const abuser& by, const std::array<std::string, 2>& framing) {
    return {head_of("/v1/auth/sign-up", framing[0]),
            head_of("/v1/tasks", framing[1] + "\r\nAuthorization: Bearer " + by.options().user.token)};
}

void never_end_bodies(abuser& by) {
    const auto [stranger, caller] = heads(
        by, {"Content-Length: " + std::to_string(of_a_stranger), "Content-Length: " + std::to_string(of_a_caller)});
    never_end(by, {unfinished_request{stranger, std::string(of_a_stranger - 1, ' ')},
                   unfinished_request{caller, std::string(of_a_caller - 1, ' ')}});
}

void never_end_chunks(abuser& by) {
    const std::string chunk = "8\r\n        \r\n";
    const auto within = [&](std::size_t bytes) { return repeated(chunk, (bytes / 8 - 1) * chunk.size(), ""); };
    const std::string chunked = "Transfer-Encoding: chunked";
    const auto [stranger, caller] = heads(by, {chunked, chunked});
    never_end(by,
              {unfinished_request{stranger, within(of_a_stranger)}, unfinished_request{caller, within(of_a_caller)}});
}

void post_tasks(abuser& by, const std::string& fields) {
    const std::string bytes = to_wire(by.new_task(fields));
    by.ask_all_the_time(at_a_time, [&](std::uint64_t) { return bytes; });
}

/// Each is written out, 300 digits for 6 bytes: as many as come to less than a body may have.
void large_numbers(abuser& by) {
    post_tasks(by, R"("checklist":)" + nested("1e300", 20'000));
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

/// Refused for each of its fields, of which an object may have 10,000: how long is the list of what is wrong?
void everything_wrong(abuser& by) {
    std::string fields = R"("f0":0)";
    for (int i = 1; i < 9'900; ++i) fields += ",\"f" + std::to_string(i) + "\":0";
    post_tasks(by, fields);
}

void long_passwords(abuser& by) {
    service_test::request r;
    r.method = "POST";
    r.target = "/v1/auth/login";
    r.body = R"({"email":"nobody@example.com","password":")" + std::string(of_a_stranger - 100, 'x') + "\"}";
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
