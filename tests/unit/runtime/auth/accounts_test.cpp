// Accounts over HTTP: sign-up, login, profile, password, logout, and what each refuses.
#include <gtest/gtest.h>

#include <tenon/testing/service.hpp>

#include "crypto/digest.hpp"
#include "sample_product.hpp"

namespace tenon::auth {
namespace {

using testing::answer;
using testing::client;

const char* const ada =
    R"({"email":"Ada@Example.com","password":"correct horse","name":"Ada","workspace":"Analytical"})";

std::string login_body(const std::string& email, const std::string& password, const std::string& more = "") {
    return R"({"email":")" + email + R"(","password":")" + password + "\"" + more + "}";
}

class accounts_test : public ::testing::Test {
  protected:
    client signed_up() {
        client out = service_.anonymous();
        const answer got = out.post("/v1/auth/sign-up", ada);
        EXPECT_EQ(got.status, 201) << got.body;
        out.use_token(got.at("/access_token"));
        refresh_token_ = got.at("/refresh_token");
        return out;
    }
    answer login(const std::string& email, const std::string& password) {
        return service_.anonymous().post("/v1/auth/login", login_body(email, password));
    }
    answer refreshed(const std::string& token) {
        return service_.anonymous().post("/v1/auth/refresh", R"({"refresh_token":")" + token + R"("})");
    }

    std::string refresh_token_;
    testing::service service_{test::sample_product()};
};

TEST_F(accounts_test, sign_up_founds_a_tenant_and_signs_in) {
    client c = service_.anonymous();
    const answer got = c.post("/v1/auth/sign-up", ada);
    ASSERT_EQ(got.status, 201) << got.body;
    EXPECT_EQ(got.at("/token_type"), "Bearer");
    EXPECT_EQ(got.at("/expires_in"), "900");
    EXPECT_EQ(got.header("Cache-Control"), "no-store");
    c.use_token(got.at("/access_token"));
    const answer me = c.get("/v1/me");
    ASSERT_EQ(me.status, 200) << me.body;
    EXPECT_EQ(me.at("/id"), got.at("/user_id"));
    EXPECT_EQ(me.at("/email"), "ada@example.com");
    EXPECT_EQ(me.at("/name"), "Ada");
    EXPECT_EQ(me.at("/workspace_id"), got.at("/workspace_id"));
    ASSERT_EQ(me.size_at("/workspaces"), 1U);
    EXPECT_EQ(me.at("/workspaces/0/name"), "Analytical");
    EXPECT_EQ(me.at("/workspaces/0/role"), "owner");
    EXPECT_EQ(me.body.find("argon2"), std::string::npos);
}

TEST_F(accounts_test, an_address_is_taken_once_whatever_its_case) {
    signed_up();
    std::string again = ada;
    again.replace(again.find("Ada@Example.com"), 15, "ADA@example.COM");
    const answer got = service_.anonymous().post("/v1/auth/sign-up", again);
    EXPECT_EQ(got.status, 409);
    EXPECT_EQ(got.at("/code"), "email_taken");
    EXPECT_EQ(got.at("/errors/0/pointer"), "/email");
}

TEST_F(accounts_test, sign_up_reports_every_wrong_field) {
    const answer got = service_.anonymous().post(
        "/v1/auth/sign-up", R"({"email":"nobody","password":"short","name":"","workspace":"  ","role":"owner"})");
    EXPECT_EQ(got.status, 422);
    EXPECT_EQ(got.size_at("/errors"), 5U) << got.body;
    EXPECT_EQ(service_.anonymous().post("/v1/auth/sign-up", "{}").size_at("/errors"), 4U);
    EXPECT_EQ(service_.anonymous().post("/v1/auth/sign-up", "[]").status, 422);
    EXPECT_EQ(service_.anonymous().post("/v1/auth/sign-up", "{").status, 400);
    const std::string long_password =
        R"({"email":"a@example.com","name":"A","workspace":"W","password":")" + std::string(129, 'x') + "\"}";
    EXPECT_EQ(service_.anonymous().post("/v1/auth/sign-up", long_password).at("/errors/0/pointer"), "/password");
}

TEST_F(accounts_test, login_tells_wrong_passwords_and_unknown_addresses_alike) {
    signed_up();
    const answer good = login(" ada@example.com", "correct horse");
    EXPECT_EQ(good.status, 401) << "addresses are not trimmed";
    EXPECT_EQ(login("ada@EXAMPLE.com", "correct horse").status, 200);
    const answer wrong = login("ada@example.com", "wrong horse!");
    const answer unknown = login("nobody@example.com", "wrong horse!");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(wrong.at("/code"), "bad_credentials");
    EXPECT_EQ(wrong.at("/detail"), unknown.at("/detail"));
    EXPECT_EQ(login("ada@example.com", "").status, 401);
    EXPECT_EQ(login("ada@example.com", std::string(50'000, 'x')).status, 401);
    EXPECT_EQ(service_.anonymous().post("/v1/auth/login", "{}").status, 422);
}

TEST_F(accounts_test, login_acts_in_the_named_tenant_or_the_first) {
    client c = signed_up();
    const std::string first = testing::service::tenant_of(c);
    const std::string second = c.post("/v1/workspaces", R"({"name":"Second"})").at("/id");
    EXPECT_EQ(login("ada@example.com", "correct horse").at("/workspace_id"), first);
    const auto named = [&](const std::string& id) {
        const std::string body = login_body("ada@example.com", "correct horse", R"(,"workspace_id":")" + id + "\"");
        return service_.anonymous().post("/v1/auth/login", body);
    };
    EXPECT_EQ(named(second).at("/workspace_id"), second);
    client stranger = service_.founder();
    EXPECT_EQ(named(testing::service::tenant_of(stranger)).status, 404);
    EXPECT_EQ(named("no-uuid").status, 422);
}

TEST_F(accounts_test, logout_ends_the_family_at_once) {
    client c = signed_up();
    client elsewhere = service_.anonymous();
    elsewhere.use_token(login("ada@example.com", "correct horse").at("/access_token"));
    EXPECT_EQ(c.post("/v1/auth/logout").status, 204);
    EXPECT_EQ(c.get("/v1/me").status, 401);
    EXPECT_EQ(refreshed(refresh_token_).status, 401);
    EXPECT_EQ(elsewhere.get("/v1/me").status, 200);
}

TEST_F(accounts_test, a_new_password_ends_all_other_sessions) {
    client c = signed_up();
    const answer other = login("ada@example.com", "correct horse");
    client elsewhere = service_.anonymous();
    elsewhere.use_token(other.at("/access_token"));
    const auto change = [&](const std::string& current, const std::string& wanted) {
        return c.post("/v1/auth/password",
                      R"({"current_password":")" + current + R"(","new_password":")" + wanted + R"("})");
    };
    EXPECT_EQ(change("wrong horse!", "battery staple").at("/errors/0/pointer"), "/current_password");
    EXPECT_EQ(change("correct horse", "short").at("/errors/0/pointer"), "/new_password");
    EXPECT_EQ(elsewhere.get("/v1/me").status, 200);
    EXPECT_EQ(change("correct horse", "battery staple").status, 204);
    EXPECT_EQ(c.get("/v1/me").status, 200);
    EXPECT_EQ(refreshed(refresh_token_).status, 200);
    EXPECT_EQ(elsewhere.get("/v1/me").status, 401);
    EXPECT_EQ(refreshed(other.at("/refresh_token")).status, 401);
    EXPECT_EQ(login("ada@example.com", "correct horse").status, 401);
    EXPECT_EQ(login("ada@example.com", "battery staple").status, 200);
}

TEST_F(accounts_test, the_profile_can_be_renamed_and_nothing_else) {
    client c = signed_up();
    EXPECT_EQ(c.patch("/v1/me", R"({"name":"Countess"})").at("/name"), "Countess");
    EXPECT_EQ(c.patch("/v1/me", "{}").at("/name"), "Countess");
    EXPECT_EQ(c.patch("/v1/me", R"({"email":"new@example.com"})").status, 422);
    EXPECT_EQ(c.patch("/v1/me", R"({"name":null})").status, 422);
    EXPECT_EQ(c.patch("/v1/me", R"({"name":" "})").status, 422);
}

TEST_F(accounts_test, refresh_answers_with_the_same_tenant) {
    client c = signed_up();
    const answer got = refreshed(refresh_token_);
    ASSERT_EQ(got.status, 200) << got.body;
    EXPECT_EQ(got.at("/workspace_id"), testing::service::tenant_of(c));
    c.use_token(got.at("/access_token"));
    EXPECT_EQ(c.get("/v1/me").status, 200);
    EXPECT_EQ(refreshed("x").status, 401);
    EXPECT_EQ(service_.anonymous().post("/v1/auth/refresh", R"({"refresh_token":1})").status, 422);
}

TEST_F(accounts_test, protected_routes_refuse_every_kind_of_wrong_token) {
    client c = signed_up();
    const std::string token = c.token();
    const std::string payload = token.substr(token.find('.') + 1, token.rfind('.') - token.find('.') - 1);
    const std::string none = crypto::base64url(R"({"alg":"none","typ":"at+jwt"})") + "." + payload + ".";
    std::string claims = *crypto::from_base64url(payload);
    claims.insert(1, R"("role":"owner",)");
    const std::string altered =
        token.substr(0, token.find('.') + 1) + crypto::base64url(claims) + token.substr(token.rfind('.'));
    client anonymous = service_.anonymous();
    EXPECT_EQ(anonymous.get("/v1/me").status, 401);
    EXPECT_EQ(anonymous.get("/v1/me").header("WWW-Authenticate").substr(0, 6), "Bearer");
    for (const std::string& value :
         {"Bearer " + none, "Bearer " + altered, "Bearer " + token.substr(0, token.size() - 1), "Bearer " + token + "x",
          std::string("Bearer"), std::string("Bearer "), "Basic " + token, token, "Bearer  " + token,
          "Bearer " + refresh_token_}) {
        const answer got = anonymous.send("GET", "/v1/me", "", {{"Authorization", value}});
        EXPECT_EQ(got.status, 401) << value;
        EXPECT_EQ(got.header("Content-Type"), "application/problem+json");
    }
    EXPECT_EQ(anonymous.send("GET", "/v1/me", "", {{"Authorization", "bearer " + token}}).status, 200);
    const answer huge = anonymous.send("GET", "/v1/me", "", {{"Authorization", "Bearer " + std::string(1 << 20, 'a')}});
    EXPECT_EQ(huge.status, 431);
}

}  // namespace
}  // namespace tenon::auth
