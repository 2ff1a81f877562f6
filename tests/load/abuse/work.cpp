// Abuses of work: what is cheap to ask for and dear to do.
#include <string>

#include "tests/load/abuse/abuser.hpp"
#include "tests/load/abuse/scene.hpp"

namespace tenon::load_test {
namespace {

using service_test::request;

/// Texts of one letter, and a word that nearly is in each of them at every place.
void search_long_texts(abuser& by) {
    const std::string bytes = to_wire(by.by_user("GET", "/v1/tasks?q=" + std::string(150, 'a') + "b"));
    by.ask_all_the_time(at_a_time, [&](std::uint64_t) { return bytes; });
}

void search_without_waiting(abuser& by) {
    while (by.goes_on()) {
        auto open = by.connect_many(at_a_time);
        for (auto& each : open) {
            each->send_some(
                to_wire(by.by_user("GET", "/v1/tasks?q=" + std::string(100 + by.random() % 90, 'a') + "b")));
        }
        for (auto& each : open) each->reset();
    }
}

void write_all_the_time(abuser& by) {
    const std::string bytes = to_wire(by.new_task(R"("priority":1)"));
    by.ask_all_the_time(at_a_time, [&](std::uint64_t) { return bytes; });
}

/// All of them want the lock of one row, and each holds a connection of the database while it waits.
void change_one_record(abuser& by) {
    const std::string path = "/v1/tasks/" + by.ask(*by.connect(), to_wire(by.new_task(R"("priority":1)"))).at("/id");
    by.ask_all_the_time(4 * at_a_time, [&](std::uint64_t n) {
        return to_wire(by.by_user("PATCH", path, "{\"priority\":" + std::to_string(1 + n % 3) + "}"));
    });
}

/// Each address of a user is another account to look for, and every password is hashed.
void guess_passwords(abuser& by) {
    by.ask_all_the_time(4 * at_a_time, [&](std::uint64_t n) {
        request r;
        r.method = "POST";
        r.target = "/v1/auth/login";
        r.body = R"({"email":"user)" + std::to_string(n) + R"(@example.com","password":"a wrong password"})";
        return to_wire(r);
    });
}

void sign_up_all_the_time(abuser& by) {
    const std::string name = std::to_string(by.random());
    by.ask_all_the_time(4 * at_a_time, [&](std::uint64_t n) {
        request r;
        r.method = "POST";
        r.target = "/v1/auth/sign-up";
        r.body = R"({"email":"a)" + name + std::to_string(n) +
                 R"(@example.com","password":"correct horse battery","name":"A","workspace":"A"})";
        return to_wire(r);
    });
}

/// Other paths, methods, headers and ids each time: nothing of it may be kept, in metrics for example.
void many_names(abuser& by) {
    by.ask_all_the_time(at_a_time, [&](std::uint64_t n) {
        const std::string unique = std::to_string(by.random());
        request r = by.by_user(n % 3 == 0 ? "GET" : "M" + unique, (n % 2 == 0 ? "/v1/projects/" : "/") + unique);
        r.headers.push_back("X-Request-Id: " + unique);
        for (int i = 0; i < 60; ++i) r.headers.push_back("X-" + unique + std::to_string(i) + ": " + unique);
        return to_wire(r);
    });
}

void forged_tokens(abuser& by) {
    by.ask_all_the_time(at_a_time, [&](std::uint64_t) {
        request r = by.by_user("GET", "/v1/me");
        r.token.replace(r.token.size() / 2, 12, std::to_string(100'000'000'000 + by.random() % 900'000'000'000));
        return to_wire(r);
    });
}

}  // namespace

std::vector<abuse> abuses_of_work() {
    return {{"searches of long texts", search_long_texts},
            {"searches nobody waits for", search_without_waiting},
            {"writes", write_all_the_time},
            {"changes of one record", change_one_record},
            {"guessed passwords", guess_passwords},
            {"sign-ups", sign_up_all_the_time},
            {"many names", many_names},
            {"forged tokens", forged_tokens}};
}

}  // namespace tenon::load_test
