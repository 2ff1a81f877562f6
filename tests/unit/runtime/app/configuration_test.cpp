// The environment: defaults, every mistake at once, and no secret in an error.
#include <tenon/app/configuration.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>

#include <tenon/app/product.hpp>

#include "feature/feature.hpp"

namespace tenon::app {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string good_secret(32, 's');

product starter() {
    product out;
    out.name = "starter";
    return out;
}

result<configuration> read(std::map<std::string, std::string, std::less<>> variables) {
    return read_configuration(starter(), [&](std::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
}

std::string mistakes(std::map<std::string, std::string, std::less<>> variables) {
    const auto got = read(std::move(variables));
    std::string out;
    if (got) return out;
    for (const field_error& e : got.error().fields) out += e.pointer + " " + e.detail + "; ";
    return out;
}

TEST(configuration_test, needs_only_a_secret) {
    const auto got = read({{"TOKEN_SECRET", good_secret}});
    ASSERT_TRUE(got);
    EXPECT_EQ(got->host, "127.0.0.1");
    EXPECT_EQ(got->port, 8080);
    EXPECT_EQ(got->database_url, "sqlite:starter.db");
    EXPECT_EQ(got->database_connections, 24U);
    EXPECT_FALSE(got->database_pooler);
    EXPECT_EQ(got->token_secret.reveal(), good_secret);
}

TEST(configuration_test, reads_everything) {
    const auto got = read({{"TOKEN_SECRET", good_secret},
                           {"TOKEN_SECRET_PREVIOUS", std::string(40, 'p')},
                           {"HOST", "localhost"},
                           {"PORT", "0"},
                           {"WORKERS", "3"},
                           {"DATABASE_URL", "postgresql://u@h/d"},
                           {"MAX_BODY_BYTES", "2048"},
                           {"MAX_PAGE_BYTES", "4096"},
                           {"KEPT_ANSWER_BYTES", "8192"},
                           {"MAX_CONNECTIONS", "5"},
                           {"MEMORY_BUDGET_BYTES", "20000000"},
                           {"MEMORY_PER_ADDRESS_BYTES", "5000000"},
                           {"MAX_OPEN_BODY_BYTES", "4096"},
                           {"MAX_CONNECTIONS_PER_ADDRESS", "3"},
                           {"HEADER_TIMEOUT", "500ms"},
                           {"BODY_TIMEOUT", "7s"},
                           {"REQUEST_TIMEOUT", "2m"},
                           {"DRAIN_TIMEOUT", "1h"},
                           {"LIST_TIMEOUT", "4s"},
                           {"LOG_LEVEL", "debug"},
                           {"TRUST_PROXY", "true"},
                           {"PASSWORD_PASSES", ""}});
    ASSERT_TRUE(got);
    EXPECT_EQ(got->host, "127.0.0.1");
    EXPECT_EQ(got->port, 0);
    EXPECT_EQ(got->workers, 3U);
    EXPECT_EQ(got->database_url, "postgresql://u@h/d");
    EXPECT_EQ(got->max_body_bytes, 2048U);
    EXPECT_EQ(got->memory_budget_bytes, 20'000'000U);
    EXPECT_EQ(got->memory_per_address_bytes, 5'000'000U);
    EXPECT_EQ(got->max_open_body_bytes, 4096U);
    EXPECT_EQ(got->max_connections_per_address, 3U);
    EXPECT_EQ(got->max_page_bytes, 4096U);
    EXPECT_EQ(got->kept_answer_bytes, 8192U);
    EXPECT_EQ(got->header_timeout, std::chrono::milliseconds(500));
    EXPECT_EQ(got->body_timeout, std::chrono::seconds(7));
    EXPECT_EQ(got->request_timeout, std::chrono::minutes(2));
    EXPECT_EQ(got->drain_timeout, std::chrono::hours(1));
    EXPECT_EQ(got->list_timeout, std::chrono::seconds(4));
    EXPECT_TRUE(got->trust_proxy);
    EXPECT_EQ(got->password_passes, 2U);  // set to nothing is not set
}

TEST(configuration_test, reads_redis_and_rates) {
    const auto got = read({{"TOKEN_SECRET", good_secret},
                           {"REDIS_URL", "redis://:hunter22@cache:7000/1"},
                           {"RATE_LIMIT_IP", "600/1m"},
                           {"RATE_LIMIT_USER", "0"},
                           {"RATE_LIMIT_AUTH_ACCOUNT", "5/15m"}});
    ASSERT_TRUE(got);
    EXPECT_EQ(got->redis_url.reveal(), "redis://:hunter22@cache:7000/1");
    EXPECT_EQ(got->rates.per_address.count, 600);
    EXPECT_EQ(got->rates.per_address.period, std::chrono::minutes(1));
    EXPECT_EQ(got->rates.per_user.count, 0);
    EXPECT_EQ(got->rates.attempts_per_account.period, std::chrono::minutes(15));
    for (const char* wrong : {"600", "600/", "/1m", "x/1m", "0/1m", "600/1x", "600/1ms", "600/48h", "-1/1m"})
        EXPECT_THAT(mistakes({{"TOKEN_SECRET", good_secret}, {"RATE_LIMIT_IP", wrong}}), HasSubstr("/RATE_LIMIT_IP"));
    const std::string tls = mistakes({{"TOKEN_SECRET", good_secret}, {"REDIS_URL", "rediss://:hunter22@cache"}});
    EXPECT_THAT(tls, HasSubstr("/REDIS_URL cannot be used"));
    EXPECT_THAT(tls, HasSubstr("TLS"));
    EXPECT_THAT(tls, Not(HasSubstr("hunter22")));
}

TEST(configuration_test, reports_every_wrong_variable_at_once) {
    const std::string all = mistakes({{"TOKEN_SECRET", "short-but-private"},
                                      {"TOKEN_SECRET_PREVIOUS", "private-too"},
                                      {"METRICS_TOKEN", "private"},
                                      {"HOST", "example.org"},
                                      {"PORT", "70000"},
                                      {"WORKERS", "many"},
                                      {"DATABASE_URL", "mysql://private"},
                                      {"DATABASE_CONNECTIONS", "4"},
                                      {"MAX_BODY_BYTES", "-1"},
                                      {"MAX_PAGE_BYTES", "0"},
                                      {"KEPT_ANSWER_BYTES", "1"},
                                      {"MAX_CONNECTIONS", "0"},
                                      {"MEMORY_BUDGET_BYTES", "1000"},
                                      {"MEMORY_PER_ADDRESS_BYTES", "1000"},
                                      {"MAX_OPEN_BODY_BYTES", "0"},
                                      {"MAX_CONNECTIONS_PER_ADDRESS", "0"},
                                      {"HEADER_TIMEOUT", "10"},
                                      {"BODY_TIMEOUT", "0s"},
                                      {"REQUEST_TIMEOUT", "25h"},
                                      {"DRAIN_TIMEOUT", "1d"},
                                      {"LIST_TIMEOUT", "0s"},
                                      {"LOG_LEVEL", "loud"},
                                      {"TRUST_PROXY", "maybe"},
                                      {"CORS_ORIGINS", "https://app.example.com/"},
                                      {"PASSWORD_MEMORY_KIB", "64"},
                                      {"PASSWORD_PASSES", "0"}});
    for (const char* name : {"TOKEN_SECRET ",
                             "TOKEN_SECRET_PREVIOUS",
                             "METRICS_TOKEN",
                             "HOST",
                             "PORT",
                             "WORKERS",
                             "DATABASE_URL",
                             "DATABASE_CONNECTIONS",
                             "MAX_BODY_BYTES",
                             "MAX_CONNECTIONS",
                             "MEMORY_BUDGET_BYTES",
                             "MEMORY_PER_ADDRESS_BYTES",
                             "MAX_OPEN_BODY_BYTES",
                             "MAX_CONNECTIONS_PER_ADDRESS",
                             "MAX_PAGE_BYTES",
                             "KEPT_ANSWER_BYTES",
                             "HEADER_TIMEOUT",
                             "BODY_TIMEOUT",
                             "REQUEST_TIMEOUT",
                             "DRAIN_TIMEOUT",
                             "LIST_TIMEOUT",
                             "LOG_LEVEL",
                             "TRUST_PROXY",
                             "CORS_ORIGINS",
                             "PASSWORD_MEMORY_KIB",
                             "PASSWORD_PASSES"})
        EXPECT_THAT(all, HasSubstr("/" + std::string(name)));
    EXPECT_THAT(all, Not(HasSubstr("private")));
}

TEST(configuration_test, origins_are_told_one_by_one_or_all) {
    const auto origins = [](const char* given) {
        return read_configuration(starter(), [&](std::string_view name) -> std::optional<std::string> {
            if (name == "TOKEN_SECRET") return std::string(32, 's');
            return name == "CORS_ORIGINS" ? std::optional<std::string>(given) : std::nullopt;
        });
    };
    using all = std::vector<std::string>;
    EXPECT_EQ(origins("")->cors_origins, all());
    EXPECT_EQ(origins("*")->cors_origins, all{"*"});
    EXPECT_EQ(origins("https://a.example, http://localhost:5173,http://[::1]:3000")->cors_origins,
              (all{"https://a.example", "http://localhost:5173", "http://[::1]:3000"}));
    for (const char* wrong :
         {"*,https://a.example", "https://a.example,*", "a.example", "https://a.example/x", "https://A.example", "null",
          "https://a.example,", "https://*.example", "https://a.example:443", "http://a.example:80", "http://a:0",
          "https://u@a.example", "ftp://a.example", "https://", "http://[::1", "http://[x]"})
        EXPECT_FALSE(origins(wrong)) << wrong;
}

TEST(configuration_test, migrations_may_come_as_another_role) {
    const auto urls = [](const std::map<std::string, std::string>& set) {
        return read_database_urls("starter", [&](std::string_view name) {
            const auto found = set.find(std::string(name));
            return found == set.end() ? std::nullopt : std::optional<std::string>(found->second);
        });
    };
    EXPECT_EQ(urls({})->migrating, "sqlite:starter.db");
    EXPECT_EQ(urls({{"DATABASE_URL", "postgresql://app@h/d"}})->migrating, "postgresql://app@h/d");
    const auto two = urls({{"DATABASE_URL", "postgresql://app@h/d"}, {"MIGRATION_DATABASE_URL", "postgres://o@h/d"}});
    ASSERT_TRUE(two);
    EXPECT_EQ(two->serving, "postgresql://app@h/d");
    EXPECT_EQ(two->migrating, "postgres://o@h/d");
    EXPECT_FALSE(urls({{"MIGRATION_DATABASE_URL", "postgresql://o@h/d"}})) << "the service would use SQLite";
    EXPECT_FALSE(urls({{"DATABASE_URL", "postgresql://app@h/d"}, {"MIGRATION_DATABASE_URL", "sqlite:x.db"}}));
}

TEST(configuration_test, a_missing_secret_says_how_to_make_one) {
    EXPECT_THAT(mistakes({}), HasSubstr("openssl rand"));
}

/// Every variable that is asked for.
std::set<std::string> variables() {
    std::set<std::string> out;
    const environment noting = [&](std::string_view name) -> std::optional<std::string> {
        out.emplace(name);
        return std::nullopt;
    };
    (void)read_configuration(starter(), noting).has_value();
    return out;
}

std::string repository_file(const std::string& path) {
    std::ifstream file(std::string(RUNTIME_TEST_DIR) + "/../../../" + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// What the first group of each match holds.
std::set<std::string> named_in(const std::string& text, const std::string& pattern) {
    const std::regex expression(pattern);
    std::set<std::string> out;
    for (std::sregex_iterator i(text.begin(), text.end(), expression), end; i != end; ++i) out.insert((*i)[1]);
    return out;
}

/// Documents, examples and deployment files are made of what is declared.
TEST(configuration_test, reads_what_features_declare_and_nothing_else) {
    std::set<std::string> declared;
    std::set<std::string> of_image;
    for (const feature::setting& each : feature::all_settings()) {
        EXPECT_TRUE(declared.emplace(each.name).second) << each.name;
        if (each.set_by_image) of_image.emplace(each.name);
    }
    EXPECT_EQ(variables(), declared);
    EXPECT_EQ(named_in(repository_file("templates/Dockerfile"), "(?:ENV| )([A-Z_]+)=[^ \n]"), of_image);
}

TEST(configuration_test, takes_defaults_where_nothing_is_set) {
    for (const feature::setting& each : feature::all_settings()) {
        if (each.default_text.empty()) continue;
        const std::string value = feature::default_of(each, "starter");
        EXPECT_EQ(mistakes({{"TOKEN_SECRET", good_secret}, {std::string(each.name), value}}), "") << each.name;
    }
    const auto read_ones = read({{"TOKEN_SECRET", good_secret}});
    ASSERT_TRUE(read_ones);
    const configuration defaults = default_configuration("starter");
    EXPECT_EQ(defaults.database_url, read_ones->database_url);
    EXPECT_EQ(defaults.kept_answer_bytes, read_ones->kept_answer_bytes);
    EXPECT_EQ(defaults.rates.per_address.count, 6000);
    EXPECT_EQ(defaults.request_timeout, std::chrono::seconds(15));
}

}  // namespace
}  // namespace tenon::app
