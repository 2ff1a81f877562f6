// What a client of the crowd does, and what it accepts as an answer.
#include "tests/load/client.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <thread>

namespace tenon::load_test {
namespace {

using service_test::answer;
using service_test::request;

constexpr std::size_t records_kept = 80;
constexpr std::size_t examples_kept = 10;
constexpr std::string_view mark_prefix = "mark";
constexpr std::size_t mark_length = 16;

std::string base36(std::uint64_t n) {
    std::string out;
    do {
        out.insert(out.begin(), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 36]);
        n /= 36;
    } while (n > 0);
    return out;
}

bool is_uuid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !std::isxdigit(static_cast<unsigned char>(text[i]))) return false;
    }
    return true;
}

/// A page's cursor is sealed: it may spell anything, and once in a million answers it spells the beginning of a mark.
std::string without_cursor(const std::string& body) {
    constexpr std::string_view key = R"("next_cursor":")";
    const std::size_t start = body.find(key);
    if (start == body.npos) return body;
    const std::size_t end = body.find('"', start + key.size());
    return body.substr(0, start) + (end == body.npos ? "" : body.substr(end + 1));
}

}  // namespace

client::client(crowd& whole, std::size_t number) : whole_(whole), number_(number), random_(number * 7919 + 1) {}

void client::run() {
    while (whole_.running_) {
        if (known_port_changes_ != whole_.port_changes_) {
            known_port_changes_ = whole_.port_changes_;
            ports_ = whole_.ports();
            connections_.clear();
        }
        step();
        ++whole_.answered_;
    }
    connections_.clear();
}

void client::step() {
    const std::size_t dice = random(100);
    const std::size_t anybody = random(whole_.tenants_.size());
    if (records_.empty() || (dice < 14 && records_.size() < records_kept)) return create(anybody);
    const std::size_t index = random(records_.size());
    record& some = records_[index];
    if (some.deleted && dice < 50) return read_deleted(index);
    if (dice < 50) return read(some);
    if (dice < 65) return list(anybody);
    if (dice < 75) return change(some);
    if (dice < 82) return remove(index);
    if (dice < 92) return read_foreign(some, anybody);
    if (dice < 98) return read_profile(anybody);
    forge(anybody);
}

void client::create(std::size_t tenant) {
    const std::string number = base36(++counter_);
    const std::string name = whole_.tenants_[tenant].mark + " number " + number;
    request r;
    r.method = "POST";
    r.target = whole_.options_.path;
    r.body = R"({"name":")" + name + R"(","code":"C)" + base36(100 + number_) + "X" + number + "\"}";
    answer given;
    const expectation wanted{tenant, {201}};
    if (!ask(std::move(r), wanted, given)) return;
    ++seen.acknowledged;
    if (given.at("/name") != name) violation(r, given, "the answer is about another record");
    records_.push_back(record{tenant, given.at("/id"), given.body});
}

void client::read(const record& r) {
    answer given;
    request asked;
    asked.target = whole_.options_.path + "/" + r.id;
    const expectation wanted{r.tenant, {r.deleted ? 404 : 200}, r.deleted ? "" : r.body, r.id};
    ask(std::move(asked), wanted, given);
}

void client::read_deleted(std::size_t index) {
    read(records_[index]);
    std::swap(records_[index], records_.back());
    records_.pop_back();
}

void client::change(record& r) {
    if (r.deleted) return read(r);
    request asked;
    asked.method = "PATCH";
    asked.target = whole_.options_.path + "/" + r.id;
    asked.body = R"({"name":")" + whole_.tenants_[r.tenant].mark + " changed " + base36(++counter_) + "\"}";
    answer given;
    const expectation wanted{r.tenant, {200}, "", r.id};
    // An answer that did not come leaves open whether it was done.
    r.body = ask(std::move(asked), wanted, given) ? given.body : "";
}

void client::remove(std::size_t index) {
    record& r = records_[index];
    if (r.deleted || records_.size() < records_kept / 4) return read(r);
    request asked;
    asked.method = "DELETE";
    asked.target = whole_.options_.path + "/" + r.id;
    answer given;
    const expectation wanted{r.tenant, {204}, "", r.id};
    if (ask(std::move(asked), wanted, given) && random(4) == 0) {
        r.deleted = true;  // some are remembered, to be asked for again
    } else {
        std::swap(records_[index], records_.back());
        records_.pop_back();
    }
}

void client::list(std::size_t tenant) {
    request r;
    r.target = whole_.options_.path + "?limit=20";
    answer given;
    const expectation wanted{tenant, {200}};
    ask(std::move(r), wanted, given);
}

void client::read_foreign(const record& r, std::size_t tenant) {
    if (tenant == r.tenant) return read(r);
    request asked;
    asked.target = whole_.options_.path + "/" + r.id;
    answer given;
    const expectation wanted{tenant, {404}, "", r.id};
    ask(std::move(asked), wanted, given);
}

void client::read_profile(std::size_t tenant) {
    request r;
    r.target =
        random(2) == 0 ? "/v1/me" : "/v1/workspaces/" + whole_.tenants_[tenant].founder.workspace_id + "/members";
    answer given;
    const expectation wanted{tenant, {200}};
    ask(std::move(r), wanted, given);
}

void client::forge(std::size_t tenant) {
    request r;
    r.target = whole_.options_.path;
    r.token = whole_.tenants_[tenant].founder.token;
    r.token.replace(r.token.size() - 6, 6, "AAAAAA");
    answer given;
    const expectation wanted{tenant, {401}};
    ask(std::move(r), wanted, given);
}

bool client::ask(request r, const expectation& wanted, answer& given) {
    if (r.token.empty()) r.token = whole_.tenants_[wanted.tenant].founder.token;
    const std::string id = "client-" + std::to_string(number_) + "-" + std::to_string(++counter_);
    r.headers.push_back("X-Request-Id: " + id);
    const auto begun = std::chrono::steady_clock::now();
    given = exchange(r);
    const auto time = std::chrono::steady_clock::now() - begun;
    seen.latency_us.push_back(
        static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(time).count()));
    ++seen.answers[given.status];
    if (whole_.trouble_ && is_excused(given)) {
        streak = 0;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return false;
    }
    if (given.status != 0 && given.header("X-Request-Id") != id) violation(r, given, "the answer to another request");
    judge(r, wanted, given);
    const bool expected =
        std::find(wanted.statuses.begin(), wanted.statuses.end(), given.status) != wanted.statuses.end();
    if (expected) ++streak;
    return expected;
}

answer client::exchange(const request& r) {
    const std::uint16_t port = ports_[random(ports_.size())];
    auto& open = connections_[port];
    if (!open) open = std::make_unique<service_test::connection>(port);
    answer given;
    if (open->is_open() && open->send(to_wire(r))) given = open->receive();
    if (given.status == 0 || given.header("Connection") == "close") open.reset();
    return given;
}

bool client::is_excused(const answer& given) const {
    const bool problem = given.header("Content-Type").starts_with("application/problem+json");
    if (given.status == 503) return problem && !given.header("Retry-After").empty();
    return given.status == 0 || (given.status == 504 && problem);
}

void client::judge(const request& r, const expectation& wanted, const answer& given) {
    if (std::find(wanted.statuses.begin(), wanted.statuses.end(), given.status) == wanted.statuses.end()) {
        return violation(r, given, "an unexpected status");
    }
    if (!wanted.exact_body.empty() && given.body != wanted.exact_body) {
        return violation(r, given, "not the bytes that were answered before: " + wanted.exact_body);
    }
    const std::string foreign = foreign_content(wanted, given.body);
    if (!foreign.empty()) violation(r, given, "another tenant's: " + foreign);
}

std::string client::foreign_content(const expectation& wanted, const std::string& answered) const {
    const std::string body = without_cursor(answered);
    const std::string& own = whole_.tenants_[wanted.tenant].mark;
    for (std::size_t at = body.find(mark_prefix); at != body.npos; at = body.find(mark_prefix, at + mark_length)) {
        if (body.compare(at, mark_length, own) != 0) return body.substr(at, mark_length);
    }
    for (std::size_t quote = body.find('"'); quote != body.npos; quote = body.find('"', quote + 1)) {
        const std::string_view text = std::string_view(body).substr(quote + 1, 36);
        if (!is_uuid(text) || text == wanted.asked_id) continue;
        const auto owner = whole_.owners_.find(std::string(text));
        if (owner != whole_.owners_.end() && owner->second != wanted.tenant) return std::string(text);
    }
    return "";
}

void client::violation(const request& r, const answer& given, const std::string& what) {
    ++seen.violations;
    if (seen.examples.size() >= examples_kept) return;
    seen.examples.push_back(what + "\n    " + r.method + " " + r.target + " " + r.body + "\n    " +
                            std::to_string(given.status) + " " + given.body.substr(0, 600));
}

std::vector<std::string> client::lost() {
    ports_ = whole_.ports();
    std::vector<std::string> out;
    for (const record& r : records_) {
        request asked;
        asked.target = whole_.options_.path + "/" + r.id;
        asked.token = whole_.tenants_[r.tenant].founder.token;
        const answer given = exchange(asked);
        const bool there = given.status == (r.deleted ? 404 : 200);
        if (there && (r.deleted || r.body.empty() || given.body == r.body)) continue;
        out.push_back(r.id + ": " + std::to_string(given.status) + " " + given.body + " instead of " + r.body);
    }
    connections_.clear();
    return out;
}

}  // namespace tenon::load_test
