// {{tenant.name.plural_title}} and their members: who may do what, and what a change of role does at once.
#include "support/resource.hpp"

namespace {{service.space}}::tests {

namespace {

/// What members with a role may do with the {{tenant.lower_title}} and with its members.
struct rights {
    std::string_view role;
    may see = may::none;
    may change = may::none;
    may see_members = may::none;
    may manage_members = may::none;
};

constexpr rights matrix[] = {
    {{#test_access}}
    {{initializer}},
    {{/test_access}}
};

int status(may right, int success) {
    return right == may::none ? 403 : success;
}

class members : public service_test {
  protected:
    std::string with_role(std::string_view role) { return R"({"role":)" + json_string(role) + "}"; }

    tenant home;
};

}  // namespace

TEST_F(members, each_role_may_do_what_the_spec_says) {
    for (const rights& who : matrix) {
        client as = home.another(who.role);
        EXPECT_EQ(as.get(home.path()).status, status(who.see, 200)) << who.role;
        EXPECT_EQ(as.patch(home.path(), "{}").status, status(who.change, 200)) << who.role;
        EXPECT_EQ(as.get(home.path() + "/members").status, status(who.see_members, 200)) << who.role;
        const std::string oneself = home.path() + "/members/" + tenon::testing::service::user_of(as);
        EXPECT_EQ(as.patch(oneself, with_role(who.role)).status, status(who.manage_members, 200)) << who.role;
    }
}

TEST_F(members, a_new_role_counts_from_the_next_request_on) {
    client late = home.another(default_role);
    const std::string path = home.path() + "/members/" + tenon::testing::service::user_of(late);
    ASSERT_EQ(home.founder().patch(path, with_role(owner_role)).status, 200);
    EXPECT_EQ(late.patch(home.path(), R"({"name":"Renamed"})").status, 200);
    ASSERT_EQ(home.founder().remove(path).status, 204);
    EXPECT_NE(late.get(home.path()).status, 200) << "no longer a member";
}

TEST_F(members, the_last_owner_stays) {
    const std::string me = home.path() + "/members/" + home.member_id(0);
    EXPECT_EQ(home.founder().post(home.path() + "/leave").at("/code"), "last_owner");
    EXPECT_EQ(home.founder().remove(me).at("/code"), "last_owner");
    if (owner_role != default_role) {
        EXPECT_EQ(home.founder().patch(me, with_role(default_role)).at("/code"), "last_owner");
    }
    home.another(owner_role);
    EXPECT_EQ(home.founder().post(home.path() + "/leave").status, 204);
}

TEST_F(members, nobody_is_added_twice_or_out_of_nowhere) {
    client ada = service().founder();
    const std::string invite = R"({"email":)" + json_string(ada.get("/v1/me").at("/email")) + "}";
    const answer added = home.founder().post(home.path() + "/members", invite);
    EXPECT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(added.at("/role"), default_role);
    EXPECT_EQ(home.founder().post(home.path() + "/members", invite).at("/code"), "already_member");
    EXPECT_EQ(
        home.founder().post(home.path() + "/members", R"({"email":"nobody@example.com"})").at("/code"), "no_such_user");
    const answer wrong =
        home.founder().post(home.path() + "/members", R"({"email":"nobody@example.com","role":"no_such_role"})");
    EXPECT_EQ(wrong.status, 422);
    EXPECT_TRUE(blames(wrong, "/role"));
}

TEST_F(members, the_list_has_every_member_once) {
    home.another(default_role);
    home.another(default_role);
    std::size_t seen = 0;
    std::string cursor;
    do {
        const answer page = home.founder().get(home.path() + "/members?limit=2" + cursor);
        ASSERT_EQ(page.status, 200) << page.body;
        seen += page.size_at("/items");
        cursor = page.at("/next_cursor").empty() ? "" : "&cursor=" + encoded(page.at("/next_cursor"));
    } while (!cursor.empty() && seen < 100);
    EXPECT_EQ(seen, 3U);
}

TEST_F(members, a_user_can_have_several_{{tenant.name.plural_snake}}) {
    client& ada = home.founder();
    const answer second = ada.post("{{tenant.route}}", R"({"name":"Another"})");
    ASSERT_EQ(second.status, 201) << second.body;
    EXPECT_EQ(second.header("Location"), "{{tenant.route}}/" + second.at("/id"));
    EXPECT_EQ(ada.get("{{tenant.route}}").size_at("/items"), 2U);
    EXPECT_EQ(ada.get("{{tenant.route}}/" + second.at("/id")).status, 404) << "the token acts in the first one";
    client there = ada;
    there.use_token(ada.post("{{tenant.route}}/" + second.at("/id") + "/switch").at("/access_token"));
    EXPECT_EQ(there.get("{{tenant.route}}/" + second.at("/id")).at("/name"), "Another");
    EXPECT_EQ(there.get(home.path()).status, 404);
}

TEST_F(members, a_rename_does_not_overwrite_what_was_not_seen) {
    client& ada = home.founder();
    EXPECT_EQ(ada.send("PATCH", home.path(), R"({"name":"Mine"})", if_match("1")).status, 200);
    EXPECT_EQ(ada.send("PATCH", home.path(), R"({"name":"Yours"})", if_match("1")).status, 412);
    EXPECT_EQ(ada.get(home.path()).at("/name"), "Mine");
}

}  // namespace {{service.space}}::tests
