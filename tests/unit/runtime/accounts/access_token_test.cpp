// Access tokens: only what this service signed, unaltered and in time, is believed.
#include <gtest/gtest.h>

#include "accounts/access_tokens.hpp"
#include "crypto/digest.hpp"

namespace tenon::accounts {
namespace {

using namespace std::chrono_literals;

const std::string signing_key(32, 's');
const std::string other_secret(32, 'o');
const instant now{1'800'000'000'000'000};

access_tokens signer(std::string_view key = signing_key, std::string_view previous = "",
                     std::string issuer = "sample") {
    return access_tokens(std::move(issuer), key, previous, 15min);
}
operation::principal somebody(bool with_tenant = true) {
    const auto tenant = with_tenant ? std::optional(tenant_id::generate()) : std::nullopt;
    return operation::principal(user_id::generate(), uuid::generate(), tenant);
}
std::vector<std::string> split(const std::string& token) {
    const std::size_t a = token.find('.');
    const std::size_t b = token.find('.', a + 1);
    return {token.substr(0, a), token.substr(a + 1, b - a - 1), token.substr(b + 1)};
}
/// Signs as somebody who knows the derived key would, to test what lies behind the signature.
std::string sign(const std::string& header, const std::string& payload) {
    const std::string text = header + "." + crypto::base64url(payload);
    const std::string key = crypto::derive_key(signing_key, "tenon access token");
    return text + "." + crypto::base64url(crypto::view(crypto::hmac_sha256(key, text)));
}

TEST(access_token, round_trips) {
    for (const bool with_tenant : {true, false}) {
        const operation::principal who = somebody(with_tenant);
        auto out = signer().verify(signer().issue(who, now), now + 14min);
        ASSERT_TRUE(out);
        EXPECT_EQ(out->user, who.user);
        EXPECT_EQ(out->session, who.session);
        EXPECT_EQ(out->tenant, who.tenant);
    }
}

TEST(access_token, one_that_was_verified_before_is_judged_again) {
    const access_tokens mine = signer();
    const operation::principal who = somebody();
    const std::string token = mine.issue(who, now);
    for (int i = 0; i < 3; ++i) {
        auto out = mine.verify(token, now);
        ASSERT_TRUE(out);
        EXPECT_EQ(out->session, who.session);
    }
    auto late = mine.verify(token, now + 1h);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().kind, "token_expired");
    EXPECT_FALSE(mine.verify(token, now - 1h));
    // The same signature under other claims: what is kept is the whole token.
    auto parts = split(token);
    const auto other = split(mine.issue(somebody(), now));
    EXPECT_FALSE(mine.verify(parts[0] + "." + other[1] + "." + parts[2], now));
    EXPECT_FALSE(mine.verify(token + "x", now));
    EXPECT_FALSE(mine.verify(token.substr(1), now));
    EXPECT_TRUE(mine.verify(token, now));
}

TEST(access_token, carries_no_role_and_a_fixed_header) {
    const auto parts = split(signer().issue(somebody(), now));
    const std::string header = *crypto::from_base64url(parts[0]);
    EXPECT_TRUE(header.starts_with(R"({"alg":"HS256","typ":"at+jwt","kid":")")) << header;
    EXPECT_EQ(crypto::from_base64url(parts[1])->find("role"), std::string::npos);
}

TEST(access_token, ends_in_time_with_at_most_five_seconds_of_leeway) {
    const std::string token = signer().issue(somebody(), now);
    EXPECT_TRUE(signer().verify(token, now + 15min + 4s));
    auto late = signer().verify(token, now + 15min + 5s);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, errc::unauthorized);
    EXPECT_EQ(late.error().kind, "token_expired");
    EXPECT_TRUE(signer().verify(token, now - 5s));
    EXPECT_FALSE(signer().verify(token, now - 6s)) << "from the future";
}

TEST(access_token, the_previous_secret_is_accepted_while_rotating) {
    const std::string old = signer(other_secret).issue(somebody(), now);
    EXPECT_FALSE(signer(signing_key).verify(old, now));
    EXPECT_TRUE(signer(signing_key, other_secret).verify(old, now));
    const std::string fresh = signer(signing_key, other_secret).issue(somebody(), now);
    EXPECT_FALSE(signer(other_secret).verify(fresh, now)) << "the new signing_key signs";
}

TEST(access_token, another_service_with_the_same_secret_is_not_this_one) {
    EXPECT_FALSE(signer(signing_key, "", "other").verify(signer().issue(somebody(), now), now));
}

TEST(access_token, refuses_every_altered_character) {
    const std::string token = signer().issue(somebody(), now);
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        ASSERT_FALSE(signer().verify(changed, now)) << i;
    }
    for (std::size_t length = 0; length < token.size(); ++length)
        ASSERT_FALSE(signer().verify(token.substr(0, length), now)) << length;
}

TEST(access_token, refuses_other_algorithms_and_types) {
    const auto parts = split(signer().issue(somebody(), now));
    const std::string payload = *crypto::from_base64url(parts[1]);
    const std::string kid = crypto::from_base64url(parts[0])->substr(37);
    for (const std::string& header :
         {std::string(R"({"alg":"none"})"), std::string(R"({"alg":"none","typ":"at+jwt"})"),
          R"({"alg":"None","typ":"at+jwt","kid":")" + kid, R"({"alg":"HS512","typ":"at+jwt","kid":")" + kid,
          R"({"alg":"RS256","typ":"at+jwt","kid":")" + kid, R"({"alg":"HS256","typ":"JWT","kid":")" + kid,
          std::string(R"({"alg":"HS256","typ":"at+jwt"})"), std::string(R"({"alg":"HS256","typ":"at+jwt","kid":"x"})"),
          std::string(R"({"typ":"at+jwt","alg":"HS256","crit":["b64"],"b64":false})")}) {
        const std::string encoded = crypto::base64url(header);
        EXPECT_FALSE(signer().verify(sign(encoded, payload), now)) << header;
        EXPECT_FALSE(signer().verify(encoded + "." + parts[1] + ".", now)) << header;
        EXPECT_FALSE(signer().verify(encoded + "." + parts[1] + "." + parts[2], now)) << header;
    }
}

TEST(access_token, refuses_payloads_of_another_form_even_when_signed) {
    const auto parts = split(signer().issue(somebody(), now));
    const std::string good = *crypto::from_base64url(parts[1]);
    ASSERT_TRUE(signer().verify(sign(parts[0], good), now));
    std::string with_more = good;
    with_more.insert(1, R"("role":"owner",)");
    std::string without_expiry = good;
    without_expiry.replace(without_expiry.find("\"exp\""), 5, "\"exq\"");
    for (const std::string& payload : {std::string(), std::string("{}"), std::string("[]"), std::string("null"),
                                       with_more, without_expiry, good + good, "\xef\xbb\xbf" + good}) {
        EXPECT_FALSE(signer().verify(sign(parts[0], payload), now)) << payload;
    }
}

TEST(access_token, refuses_garbage_of_any_size) {
    for (const std::string& token :
         {std::string(), std::string("."), std::string(".."), std::string("..."), std::string("a.b.c"),
          std::string(1 << 20, 'a'), std::string(1 << 20, '.'), std::string("\0\0.\0.\0", 7)}) {
        EXPECT_FALSE(signer().verify(token, now));
    }
    const std::string token = signer().issue(somebody(), now);
    EXPECT_FALSE(signer().verify(token + ".", now));
    EXPECT_FALSE(signer().verify(token + "=", now));
    EXPECT_FALSE(signer().verify(" " + token, now));
    EXPECT_FALSE(signer().verify(token + "\n", now));
}

TEST(digest, agrees_with_published_vectors) {
    EXPECT_EQ(crypto::sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // RFC 4231, test case 2.
    const auto mac = crypto::hmac_sha256("Jefe", "what do ya want for nothing?");
    EXPECT_EQ(mac[0], 0x5b);
    EXPECT_EQ(mac[31], 0x43);
}

TEST(digest, base64url_is_strict) {
    EXPECT_EQ(crypto::base64url(std::string("\xff\xfe", 2)), "__4");
    EXPECT_EQ(crypto::from_base64url("__4"), std::string("\xff\xfe", 2));
    for (const char* text : {"__5", "__4=", "//4", "_", "__4\n", " __4"})
        EXPECT_FALSE(crypto::from_base64url(text)) << text;
}

TEST(digest, sealed_values_open_only_with_their_secret) {
    const std::string sealed = crypto::seal("token", "successor");
    EXPECT_EQ(crypto::unseal("token", sealed), "successor");
    EXPECT_FALSE(crypto::unseal("other", sealed));
    EXPECT_FALSE(crypto::unseal("token", sealed.substr(1)));
    EXPECT_FALSE(crypto::unseal("token", ""));
    EXPECT_NE(crypto::seal("token", "successor"), sealed) << "a fresh nonce each time";
}

}  // namespace
}  // namespace tenon::accounts
