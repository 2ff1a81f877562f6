// Log lines are JSON, one a line, and no secret gets out by any spelling (trap 16: redaction by path leaks).
#include <tenon/observe/log.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <tenon/json/reader.hpp>

#include "observe/log_sink.hpp"
#include "observe/redact.hpp"

namespace tenon::observe {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string redacted(std::string line) {
    redact(line);
    return line;
}

class log_test : public testing::Test {
  protected:
    void SetUp() override {
        capture_log([this](std::string_view line) { lines.emplace_back(line); });
    }
    void TearDown() override {
        capture_log(nullptr);
        set_log_level("info");
    }
    std::vector<std::string> lines;
};

TEST_F(log_test, lines_are_json_with_time_level_message_and_members) {
    log::info("it \"happened\"\n", {{"count", 3}, {"ratio", 0.5}, {"yes", true}, {"text", std::string("a\\b")}});
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_TRUE(json::document::parse(lines[0])) << lines[0];
    EXPECT_THAT(lines[0],
                HasSubstr(R"("level":"info","message":"it \"happened\"\n","count":3,"ratio":0.5,"yes":true)"));
}

TEST_F(log_test, levels_below_the_set_one_are_not_written) {
    log::debug("no");
    set_log_level("error");
    log::warn("no");
    EXPECT_FALSE(log::enabled(log::level::warn));
    log::error("yes");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_THAT(lines[0], HasSubstr("yes"));
}

constexpr const char* sentinel = "S3ntinelValue";

TEST_F(log_test, secret_members_are_redacted_by_name) {
    for (const char* name : {"password", "new_password", "clientSecret", "refresh_token", "Authorization", "set-cookie",
                             "X-Api-Key", "apikey", "private_key", "credentials", "passphrase"}) {
        lines.clear();
        log::info("m", {{name, sentinel}, {"other", "kept"}});
        ASSERT_EQ(lines.size(), 1U);
        EXPECT_THAT(lines[0], Not(HasSubstr(sentinel))) << name;
        EXPECT_THAT(lines[0], HasSubstr("kept"));
        EXPECT_TRUE(json::document::parse(lines[0])) << lines[0];
    }
}

TEST_F(log_test, secrets_inside_of_texts_are_redacted_too) {
    const std::string s = sentinel;
    for (const std::string& what : {
             R"({"password":")" + s + R"("})",
             R"({"a":{"b":{"c":{"token": ")" + s + R"("}}}})",
             R"({"secret":{"deep":[")" + s + R"(",{"x":")" + s + R"("}]},"kept":1})",
             R"({"outer":"{\"token\":\")" + s + R"(\"}"})",
             "password=" + s + "&kept=1",
             "Authorization: Bearer " + s,
             "authorization: Basic " + s,
             "sent Bearer " + s + ".x.y to it",
             "key sk_live_" + s,
             "whsec_" + s,
             "eyJhbGciOiJIUzI1NiJ9." + s + ".abc",
             "secret = '" + s + "'",
             R"(api_key : ")" + s + R"(\"tail")",
         }) {
        lines.clear();
        log::error("failed", {{"what", what}});
        ASSERT_EQ(lines.size(), 1U);
        EXPECT_THAT(lines[0], Not(HasSubstr(sentinel))) << what;
        EXPECT_TRUE(json::document::parse(lines[0])) << lines[0];
    }
}

TEST(redact_test, leaves_the_rest_alone) {
    for (const char* harmless :
         {R"({"message":"listening","address":"http://127.0.0.1:8080"})", R"({"output_tokens":120,"status":200})",
          R"({"route":"/v1/auth/password","status":204})", R"({"message":"the token is missing"})",
          R"({"user":"0190163d-8694-739b-aea5-966c26f8ad91","basic":"Basic plan"})", R"({"token":null})"})
        EXPECT_EQ(redacted(harmless), harmless);
}

TEST(redact_test, keeps_json_valid) {
    EXPECT_EQ(redacted(R"({"token":123456,"b":1})"), R"({"token":"[redacted]","b":1})");
    EXPECT_EQ(redacted(R"({"cookie":["a","b"],"b":1})"), R"({"cookie":"[redacted]","b":1})");
    EXPECT_EQ(redacted(R"({"password":"a\"b","b":1})"), R"({"password":"[redacted]","b":1})");
    EXPECT_EQ(redacted(R"({"password":"","b":1})"), R"({"password":"[redacted]","b":1})");
}

TEST(redact_test, cut_off_texts_do_no_harm) {
    const std::string whole = R"({"password":"a\"b","c":{"token":["x",{"y":"Bearer z"}]}} eyJabcdefgh sk_12345678)";
    for (std::size_t n = 0; n <= whole.size(); ++n) redacted(whole.substr(0, n));
    for (std::size_t n = 0; n <= whole.size(); ++n) redacted(whole.substr(n));
}

}  // namespace
}  // namespace tenon::observe
