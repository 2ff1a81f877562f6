// Signing up, signing in, and what tokens are good for.
#include "support/tenant.hpp"

namespace {{service.space}}::tests {

namespace {

struct person {
    std::string email;
    std::string password = "correct horse battery";

    std::string sign_up() const {
        return R"({"email":")" + email + R"(","password":")" + password +
               R"(","name":"Ada","{{tenant.name.snake}}":"Engines"})";
    }
    std::string login() const { return R"({"email":")" + email + R"(","password":")" + password + R"("})"; }
};

std::string refresh_with(const std::string& token) {
    return R"({"refresh_token":")" + token + R"("})";
}

class accounts : public service_test {
  protected:
    client web = service().anonymous();
};

}  // namespace

TEST_F(accounts, sign_up_founds_a_{{tenant.name.snake}}) {
    const answer made = web.post("/v1/auth/sign-up", person{"founder@example.com"}.sign_up());
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.at("/token_type"), "Bearer");
    EXPECT_EQ(made.at("/expires_in"), "{{access_token_seconds}}");
    web.use_token(made.at("/access_token"));
    const answer me = web.get("/v1/me");
    EXPECT_EQ(me.status, 200);
    EXPECT_EQ(me.at("/email"), "founder@example.com");
    EXPECT_EQ(me.at("/{{tenant.table}}/0/role"), owner_role);
    EXPECT_EQ(me.at("/{{tenant.table}}/0/id"), made.at("/{{tenant.column}}"));
}

TEST_F(accounts, sign_up_names_everything_that_is_wrong) {
    const answer refused = web.post("/v1/auth/sign-up", R"({"email":"nowhere","password":"short","name":" "})");
    EXPECT_EQ(refused.status, 422);
    for (const char* pointer : {"/email", "/password", "/name", "/{{tenant.name.snake}}"})
        EXPECT_TRUE(blames(refused, pointer));
}

TEST_F(accounts, an_address_belongs_to_one_account) {
    ASSERT_EQ(web.post("/v1/auth/sign-up", person{"once@example.com"}.sign_up()).status, 201);
    const answer again = web.post("/v1/auth/sign-up", person{"ONCE@example.com"}.sign_up());
    EXPECT_EQ(again.status, 409);
    EXPECT_EQ(again.at("/code"), "email_taken");
}

TEST_F(accounts, login_does_not_tell_whether_an_address_is_known) {
    person ada{"ada@example.com"};
    ASSERT_EQ(web.post("/v1/auth/sign-up", ada.sign_up()).status, 201);
    EXPECT_EQ(web.post("/v1/auth/login", ada.login()).status, 200);
    ada.password = "a wrong password";
    const answer wrong = web.post("/v1/auth/login", ada.login());
    const answer unknown = web.post("/v1/auth/login", person{"nobody@example.com"}.login());
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(wrong.at("/code"), unknown.at("/code"));
    EXPECT_EQ(wrong.at("/detail"), unknown.at("/detail"));
}

TEST_F(accounts, a_refresh_token_rotates_and_a_lost_answer_costs_nothing) {
    const answer made = web.post("/v1/auth/sign-up", person{"rotate@example.com"}.sign_up());
    const answer next = web.post("/v1/auth/refresh", refresh_with(made.at("/refresh_token")));
    ASSERT_EQ(next.status, 200) << next.body;
    EXPECT_NE(next.at("/refresh_token"), made.at("/refresh_token"));
    const answer again = web.post("/v1/auth/refresh", refresh_with(made.at("/refresh_token")));
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.at("/refresh_token"), next.at("/refresh_token")) << "one successor, not two";
    EXPECT_EQ(web.post("/v1/auth/refresh", refresh_with("made-up")).status, 401);
}

TEST_F(accounts, logout_ends_the_session) {
    const answer made = web.post("/v1/auth/sign-up", person{"leaves@example.com"}.sign_up());
    web.use_token(made.at("/access_token"));
    EXPECT_EQ(web.post("/v1/auth/logout", "").status, 204);
    EXPECT_EQ(web.get("/v1/me").status, 401);
    EXPECT_EQ(web.post("/v1/auth/refresh", refresh_with(made.at("/refresh_token"))).status, 401);
}

TEST_F(accounts, a_new_password_ends_the_other_sessions) {
    person ada{"changes@example.com"};
    const answer other = web.post("/v1/auth/sign-up", ada.sign_up());
    web.use_token(web.post("/v1/auth/login", ada.login()).at("/access_token"));
    const answer wrong =
        web.post("/v1/auth/password", R"({"current_password":"not it at all","new_password":"staple tongue wagon"})");
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(blames(wrong, "/current_password"));
    EXPECT_EQ(web.post("/v1/auth/password",
                     R"({"current_password":"correct horse battery","new_password":"staple tongue wagon"})")
                  .status,
        204);
    EXPECT_EQ(web.get("/v1/me").status, 200) << "this session goes on";
    EXPECT_EQ(web.post("/v1/auth/refresh", refresh_with(other.at("/refresh_token"))).status, 401);
    EXPECT_EQ(web.post("/v1/auth/login", ada.login()).status, 401);
    ada.password = "staple tongue wagon";
    EXPECT_EQ(web.post("/v1/auth/login", ada.login()).status, 200);
}

TEST_F(accounts, people_change_their_own_name) {
    client me = service().founder();
    EXPECT_EQ(me.patch("/v1/me", R"({"name":"Ada Lovelace"})").at("/name"), "Ada Lovelace");
    EXPECT_EQ(me.get("/v1/me").at("/name"), "Ada Lovelace");
    EXPECT_EQ(me.patch("/v1/me", R"({"email":"other@example.com"})").status, 422);
}

}  // namespace {{service.space}}::tests
