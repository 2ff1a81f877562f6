// People, and the service that they talk to.
#include "support/tenant.hpp"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>

#include "app/product.hpp"
#include "support/settings.hpp"

namespace {{service.space}}::tests {

namespace {

std::unique_ptr<tenon::testing::service> running;

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

}  // namespace

tenon::testing::service& service_test::service() {
    return *running;
}

void service_test::start(tenon::testing::layers working) {
    try {
        running = std::make_unique<tenon::testing::service>(app::product(), working, settings());
    } catch (const std::exception& why) {
        // An exception would have the tests of the suite told as skipped, and CTest would take that for good.
        std::cerr << "The service does not start: " << why.what() << std::endl;
        std::_Exit(EXIT_FAILURE);
    }
}

void service_test::TearDownTestSuite() {
    running.reset();
}

client& tenant::as(std::string_view role) {
    if (role == owner_role) return founder_;
    const auto known = members_.find(role);
    if (known != members_.end()) return known->second;
    return members_.emplace(role, another(role)).first->second;
}

client tenant::another(std::string_view role) {
    return service_test::service().member_of(founder_, role);
}

std::string tenant::member_id(std::size_t number) {
    if (number == 0) return tenon::testing::service::user_of(founder_);
    const auto known = more_.find(number);
    if (known != more_.end()) return known->second;
    return more_.emplace(number, tenon::testing::service::user_of(another(default_role))).first->second;
}

testing::AssertionResult blames(const answer& got, std::string_view pointer, std::string_view why) {
    for (std::size_t i = 0; i < got.size_at("/errors"); ++i) {
        const std::string at = "/errors/" + std::to_string(i);
        const std::string blamed = got.at(at + "/pointer");
        const bool within =
            blamed.starts_with(pointer) && (blamed.size() == pointer.size() || blamed[pointer.size()] == '/');
        if (within && got.at(at + "/detail").find(why) != std::string::npos) return testing::AssertionSuccess();
    }
    return testing::AssertionFailure() << "nothing " << why << " is said about " << pointer << " in " << got.status
                                       << " " << got.body;
}

headers if_match(std::string_view version) {
    return {std::pair("If-Match", '"' + std::string(version) + '"')};
}

headers if_none_match(std::string_view version) {
    return {std::pair("If-None-Match", '"' + std::string(version) + '"')};
}

headers idempotency_key(std::string_view key) {
    return {std::pair("Idempotency-Key", '"' + std::string(key) + '"')};
}

std::string encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_plain(c)) {
            out += c;
        } else {
            out += {'%', digits[byte >> 4U], digits[byte & 15U]};
        }
    }
    return out;
}

}  // namespace {{service.space}}::tests
