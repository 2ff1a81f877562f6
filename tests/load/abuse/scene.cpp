// Filling the heavy tenant.
#include "tests/load/abuse/scene.hpp"

#include <stdexcept>

#include "tests/service/wire.hpp"

namespace tenon::load_test {
namespace {

using service_test::person;

constexpr std::size_t heavy_bytes = 960 * 1000;  // a body may have 1 MiB
constexpr int texts = 40;
constexpr int trees = 8;
constexpr int searched = 200;
constexpr std::size_t text_bytes = 60'000;  // a text field takes no more than 64 KiB

std::map<std::string, std::string> with_default_limits(std::map<std::string, std::string> settings) {
    std::map<std::string, std::string> out = {
        {"RATE_LIMIT_IP", ""},      {"RATE_LIMIT_USER", ""},         {"RATE_LIMIT_TENANT", ""},
        {"RATE_LIMIT_AUTH_IP", ""}, {"RATE_LIMIT_AUTH_ACCOUNT", ""}, {"PASSWORD_MEMORY_KIB", ""},
        {"PASSWORD_PASSES", ""},    {"LOG_LEVEL", "info"},           {"METRICS_TOKEN", scene::metrics_token}};
    settings.merge(out);
    return settings;
}

std::vector<polite_request> reads(const person& who, const std::string& record) {
    return {{"get", "/v1/projects/" + record, who.token, ""}, {"list", "/v1/projects?limit=20", who.token, ""}};
}

}  // namespace

std::string repeated(const std::string& one, std::size_t bytes, const std::string& separator) {
    std::string out = one;
    while (out.size() + separator.size() + one.size() <= bytes) out += separator + one;
    return out;
}

scene::scene(const std::map<std::string, std::string>& settings, int errors)
    : service(with_default_limits(settings), errors), founder_(service.sign_up("founder", new_address())) {
    project = service.create(founder_, "/v1/projects", R"({"name":"heavy","code":"HEAVY"})");
    for (int i = 0; i < texts; ++i) store("heavy", R"("checklist":[")" + std::string(heavy_bytes, 'x') + "\"]");
    for (int i = 0; i < trees; ++i) store("heavy", R"("checklist":)" + nested(R"({"a":[]})", heavy_bytes));
    for (int i = 0; i < searched; ++i) store("searched", R"("body":")" + std::string(text_bytes, 'a') + '"');
    if (heavy_ == 0) throw std::runtime_error("no heavy record was taken");
}

std::string nested(const std::string& one, std::size_t bytes) {
    constexpr std::size_t list_bytes = 90'000;
    return "[" + repeated("[" + repeated(one, list_bytes) + "]", bytes) + "]";
}

std::string id_in(const std::string& record) {
    constexpr std::string_view before = "\"id\":\"";
    const std::size_t at = record.find(before);
    return at == std::string::npos ? std::string() : record.substr(at + before.size(), 36);
}

// A budget may refuse one kind of record; whatever is taken is then read by everybody.
void scene::store(const std::string& title, const std::string& field) {
    service_test::request r;
    r.method = "POST";
    r.target = "/v1/tasks";
    r.token = founder_.token;
    r.body = R"({"project_id":")" + project + R"(","title":")" + title + "\"," + field + "}";
    const auto given = service_test::ask(service.port(), r);
    if (given.status == 201) ++heavy_;
    if (given.status == 201 && heavy.empty()) heavy = id_in(given.body);
    if (given.status == 0 || given.status >= 500) throw std::runtime_error("a heavy record: " + given.body);
}

std::string scene::new_address() {
    ++addresses_;
    return "127.1." + std::to_string(addresses_ / 250) + "." + std::to_string(1 + addresses_ % 250);
}

person scene::newcomer() {
    const std::string from = new_address();
    return service.member(founder_, "member" + std::to_string(addresses_), "member", from);
}

std::vector<polite_request> scene::requests_of_a_stranger() {
    const std::string from = new_address();
    const person who = service.sign_up("stranger" + std::to_string(addresses_), from);
    const std::string record = service.create(who, "/v1/projects", R"({"name":"light","code":"LIGHT"})");
    std::vector<polite_request> out = reads(who, record);
    out.push_back({"change", "/v1/projects/" + record, who.token, R"({"name":"as light"})"});
    return out;
}

std::vector<polite_request> scene::reads_of_a_colleague() {
    return reads(newcomer(), project);
}

}  // namespace tenon::load_test
