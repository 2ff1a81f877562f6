// Tokens that this service did not make, or made too long ago.
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <boost/json.hpp>
#include <ctime>

#include "tests/service/process.hpp"
#include "tests/service/wire.hpp"

namespace tenon::service_test {
namespace {

std::string base64url(const std::string& bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    for (char& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
    return out.substr(0, out.find('='));
}

std::string from_base64url(std::string text) {
    for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
    const std::size_t padding = (4 - text.size() % 4) % 4;
    text.append(padding, '=');
    std::string out(text.size(), '\0');
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    out.resize(static_cast<std::size_t>(size) - padding);
    return out;
}

std::string hmac(const std::string& key, const std::string& data) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(data.data()),
         data.size(), mac.data(), &size);
    return {reinterpret_cast<const char*>(mac.data()), size};
}

struct parts {
    std::string header, payload, signature;
};

parts split(const std::string& token) {
    const std::size_t first = token.find('.'), second = token.find('.', first + 1);
    return {token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1)};
}

// A key is derived from the secret per purpose; what the service does is repeated here on purpose.
std::string sign(const std::string& header, const std::string& payload, const std::string& secret) {
    const std::string text = header + "." + payload;
    return text + "." + base64url(hmac(hmac(secret, "tenon access token"), text));
}

class forged_tokens : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (!process::available()) return;
        service = std::make_unique<process>();
        founder = service->sign_up("founder");
        stranger = service->sign_up("stranger");
        guest = service->member(founder, "guest", "guest");
    }
    static void TearDownTestSuite() { service.reset(); }
    void SetUp() override {
        if (!service) GTEST_SKIP() << "STARTER is not set";
    }

    static int status_with(const std::string& token) {
        return ask(service->port(), {"GET", "/v1/projects", "", token, {}}).status;
    }
    // The founder's payload with some members changed, signed with the service's own secret.
    static std::string resigned(const std::function<void(boost::json::object&)>& change) {
        const parts p = split(founder.token);
        auto claims = boost::json::parse(from_base64url(p.payload)).as_object();
        change(claims);
        return sign(p.header, base64url(boost::json::serialize(claims)), process::token_secret);
    }

    static inline std::unique_ptr<process> service;
    static inline person founder, stranger, guest;
};

// row: D1-8.tokens in service_starter
TEST_F(forged_tokens, the_forge_itself_works) {
    EXPECT_EQ(status_with(founder.token), 200);
    EXPECT_EQ(status_with(resigned([](auto&) {})), 200);
}

TEST_F(forged_tokens, no_token_and_nonsense) {
    for (const char* token : {"", "x", "..", "a.b.c", "null"}) EXPECT_EQ(status_with(token), 401) << token;
    EXPECT_EQ(status_with(std::string(12000, 'a')), 401);
    EXPECT_EQ(ask(service->port(), {"GET", "/v1/projects", "", "", {"Authorization: Basic YTpi"}}).status, 401);
}

TEST_F(forged_tokens, algorithm_none) {
    const parts p = split(founder.token);
    for (const char* header :
         {R"({"alg":"none","typ":"at+jwt"})", R"({"alg":"None"})", R"({"alg":"nOnE","typ":"JWT"})"}) {
        EXPECT_EQ(status_with(base64url(header) + "." + p.payload + "."), 401) << header;
        EXPECT_EQ(status_with(base64url(header) + "." + p.payload + "." + p.signature), 401) << header;
    }
}

TEST_F(forged_tokens, another_algorithm_or_type_with_the_right_key) {
    const parts p = split(founder.token);
    for (const char* header : {R"({"alg":"HS256","typ":"JWT"})", R"({"alg":"HS512","typ":"at+jwt"})",
                               R"({"alg":"HS256","typ":"at+jwt","kid":"other"})"}) {
        EXPECT_EQ(status_with(sign(base64url(header), p.payload, process::token_secret)), 401) << header;
    }
}

TEST_F(forged_tokens, the_wrong_key) {
    const parts p = split(founder.token);
    EXPECT_EQ(status_with(sign(p.header, p.payload, "another secret of more than thirty-two bytes")), 401);
}

TEST_F(forged_tokens, claims_altered_under_the_old_signature) {
    const parts mine = split(stranger.token), theirs = split(founder.token);
    EXPECT_EQ(status_with(mine.header + "." + theirs.payload + "." + mine.signature), 401);
    auto claims = boost::json::parse(from_base64url(mine.payload)).as_object();
    claims["tid"] = founder.workspace_id;
    EXPECT_EQ(status_with(mine.header + "." + base64url(boost::json::serialize(claims)) + "." + mine.signature), 401);
}

TEST_F(forged_tokens, each_letter_of_the_signature_counts) {
    for (std::size_t i = founder.token.rfind('.') + 1; i < founder.token.size(); ++i) {
        std::string token = founder.token;
        token[i] = token[i] == 'A' ? 'B' : 'A';
        EXPECT_EQ(status_with(token), 401) << "letter " << i;
    }
}

TEST_F(forged_tokens, a_role_of_ones_own_choice) {
    const parts p = split(guest.token);
    auto claims = boost::json::parse(from_base64url(p.payload)).as_object();
    claims["role"] = "owner";
    const std::string altered = base64url(boost::json::serialize(claims));
    EXPECT_EQ(status_with(p.header + "." + altered + "." + p.signature), 401);
    // Even signed by the service's own secret a token gives no role: there is no such claim.
    const answer a = ask(
        service->port(),
        {"POST", "/v1/projects", R"({"name":"a","code":"AB"})", sign(p.header, altered, process::token_secret), {}});
    EXPECT_TRUE(a.status == 401 || a.status == 403) << a.status;
    EXPECT_EQ(ask(service->port(), {"POST", "/v1/projects", R"({"name":"a","code":"AB"})", guest.token, {}}).status,
              403);
}

TEST_F(forged_tokens, expired_and_not_yet_made) {
    const std::int64_t now = std::time(nullptr);
    EXPECT_EQ(status_with(resigned([&](auto& claims) { claims["iat"] = now - 1000, claims["exp"] = now - 60; })), 401);
    EXPECT_EQ(status_with(resigned([&](auto& claims) { claims["iat"] = now + 600, claims["exp"] = now + 1200; })), 401);
}

TEST_F(forged_tokens, made_for_somebody_else) {
    EXPECT_EQ(status_with(resigned([](auto& claims) { claims["aud"] = "another-service"; })), 401);
    EXPECT_EQ(status_with(resigned([](auto& claims) { claims["iss"] = "another-service"; })), 401);
}

TEST_F(forged_tokens, a_workspace_that_one_is_no_member_of) {
    const std::string token = resigned([](auto& claims) { claims["tid"] = stranger.workspace_id; });
    const int status = status_with(token);
    EXPECT_TRUE(status == 401 || status == 403 || status == 404) << status;
}

}  // namespace
}  // namespace tenon::service_test
