// What abuses have in common: many connections at a time, none of them waited for.
#include "tests/load/abuse/abuser.hpp"

#include <algorithm>
#include <thread>

namespace tenon::load_test {

using service_test::answer;
using service_test::client_end;
using service_test::connection;
using service_test::request;

abuser::abuser(abuser_options options, clock::time_point until)
    : options_(std::move(options)), until_(until), random_(options_.seed) {}

std::chrono::milliseconds abuser::time_left() const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until_ - clock::now());
    return std::max(left, std::chrono::milliseconds(0));
}

std::unique_ptr<connection> abuser::connect(int receive_buffer_bytes) {
    ++asked_;
    return std::make_unique<connection>(options_.port, client_end{options_.address, receive_buffer_bytes});
}

abuser::connections abuser::connect_many(std::size_t count, int receive_buffer_bytes) {
    connections out;
    while (out.size() < count && goes_on()) {
        out.push_back(connect(receive_buffer_bytes));
        if (!out.back()->is_open()) break;  // no descriptor left, or nobody accepts
    }
    return out;
}

answer abuser::ask(connection& over, const std::string& bytes) {
    ++asked_;
    answer given;
    // An answer may come before all has been taken.
    over.send(bytes, time_left());
    given = over.receive(time_left());
    if (given.status == 0 && !goes_on()) return given;
    const std::lock_guard held(mutex_);
    ++answers_[given.status];
    return given;
}

void abuser::ask_all_the_time(std::size_t count, const std::function<std::string(std::uint64_t)>& next) {
    std::atomic<std::uint64_t> number = 0;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < count; ++i) {
        threads.emplace_back([&] {
            std::unique_ptr<connection> open;
            while (goes_on()) {
                if (!open) open = connect();
                const answer given = open->is_open() ? ask(*open, next(number++)) : answer();
                if (given.status == 0 || given.header("Connection") == "close") open.reset();
            }
        });
    }
    for (std::thread& each : threads) each.join();
}

void abuser::push_all_the_time(connections& over, const std::string& bytes) {
    std::vector<std::size_t> sent(over.size(), 0);
    while (goes_on()) {
        std::size_t taken = 0;
        for (std::size_t i = 0; i < over.size() && goes_on(); ++i) {
            if (!over[i]->is_open()) continue;
            const std::size_t now = over[i]->send_some(std::string_view(bytes).substr(sent[i]));
            taken += now;
            sent[i] += now;
            if (sent[i] < bytes.size()) continue;
            sent[i] = 0;
            ++asked_;
        }
        if (taken == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

void abuser::hold() const {
    std::this_thread::sleep_until(until_);
}

request abuser::by_user(std::string method, std::string target, std::string body) const {
    request out;
    out.method = std::move(method);
    out.target = std::move(target);
    out.body = std::move(body);
    out.token = options_.user.token;
    return out;
}

request abuser::new_task(const std::string& fields) const {
    return by_user("POST", "/v1/tasks",
                   R"({"project_id":")" + options_.project + R"(","title":"abuse",)" + fields + "}");
}

std::uint64_t abuser::random() {
    const std::lock_guard held(mutex_);
    return random_();
}

std::map<int, std::uint64_t> abuser::answers() const {
    const std::lock_guard held(mutex_);
    return answers_;
}

std::vector<abuse> abuses() {
    std::vector<abuse> out = abuses_of_connections();
    for (const auto& more : {abuses_of_bodies(), abuses_of_answers(), abuses_of_work()}) {
        out.insert(out.end(), more.begin(), more.end());
    }
    return out;
}

}  // namespace tenon::load_test
