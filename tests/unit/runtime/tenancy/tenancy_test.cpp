// Tenants and members over HTTP: isolation, role ceilings, the last owner.
#include <gtest/gtest.h>

#include <future>
#include <set>

#include <tenon/testing/service.hpp>

#include "databases/open.hpp"
#include "db/backend.hpp"
#include "loop_runner.hpp"
#include "sample_product.hpp"

namespace tenon::tenancy {
namespace {

using testing::answer;
using testing::client;

class tenancy_test : public ::testing::Test {
  protected:
    static std::string path_of(const client& c) { return "/v1/workspaces/" + testing::service::tenant_of(c); }
    static std::string member_path(const client& tenant, const client& member) {
        return path_of(tenant) + "/members/" + testing::service::user_of(member);
    }
    static std::string role_of(client& reader, const client& member) {
        const answer all = reader.get(path_of(reader) + "/members?limit=100");
        for (std::size_t i = 0; i < all.size_at("/items"); ++i) {
            const std::string item = "/items/" + std::to_string(i);
            if (all.at(item + "/user_id") == testing::service::user_of(member)) return all.at(item + "/role");
        }
        return "";
    }
    std::string email_of(client& c) { return c.get("/v1/me").at("/email"); }
    /// As after a version that had the role "nurse", on SQLite.
    void make_role_unknown(const client& member) {
        auto database = db::open(service_.database_url());
        ASSERT_TRUE(database) << database.error().message;
        db::system_session all(**database, std::chrono::steady_clock::now() + std::chrono::seconds(20));
        auto who = db::args(testing::service::tenant_of(member), testing::service::user_of(member));
        std::string change = "UPDATE memberships SET role = 'nurse' WHERE workspace_id = $1 AND user_id = $2";
        const auto done = loop_.wait(all.write(std::move(change), std::move(who)));
        ASSERT_TRUE(done) << done.error().message;
    }

    testing::service service_{test::sample_product()};
    test::loop_runner loop_;
};

TEST_F(tenancy_test, a_tenant_is_read_and_renamed_under_its_version) {
    client owner = service_.founder();
    const answer first = owner.get(path_of(owner));
    ASSERT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(first.header("ETag"), "\"1\"");
    EXPECT_EQ(owner.send("GET", path_of(owner), "", {{"If-None-Match", "\"1\""}}).status, 304);
    const answer renamed = owner.send("PATCH", path_of(owner), R"({"name":"Acme"})", {{"If-Match", "\"1\""}});
    ASSERT_EQ(renamed.status, 200) << renamed.body;
    EXPECT_EQ(renamed.at("/name"), "Acme");
    EXPECT_EQ(renamed.header("ETag"), "\"2\"");
    EXPECT_EQ(owner.send("PATCH", path_of(owner), R"({"name":"Late"})", {{"If-Match", "\"1\""}}).status, 412);
    EXPECT_EQ(owner.get(path_of(owner)).at("/name"), "Acme");
    EXPECT_EQ(owner.patch(path_of(owner), R"({"name":""})").at("/errors/0/pointer"), "/name");
    EXPECT_EQ(owner.patch(path_of(owner), R"({"name":null})").status, 422);
    EXPECT_EQ(owner.patch(path_of(owner), R"({"owner":"me"})").status, 422);
}

TEST_F(tenancy_test, only_lists_refuse_parameters_that_they_do_not_know) {
    client owner = service_.founder();
    EXPECT_EQ(owner.get("/v1/workspaces?colour=red").at("/errors/0/pointer"), "?colour");
    EXPECT_EQ(owner.get(path_of(owner) + "?colour=red").status, 200);
    EXPECT_EQ(owner.patch(path_of(owner) + "?colour=red", "{}").status, 200);
}

TEST_F(tenancy_test, creating_listing_and_switching) {
    client owner = service_.founder();
    const answer made = owner.post("/v1/workspaces", R"({"name":"Second"})");
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.header("Location"), "/v1/workspaces/" + made.at("/id"));
    EXPECT_EQ(owner.get("/v1/workspaces/" + made.at("/id")).status, 404) << "the token still acts in the first";
    const answer switched = owner.post("/v1/workspaces/" + made.at("/id") + "/switch");
    ASSERT_EQ(switched.status, 200) << switched.body;
    EXPECT_EQ(switched.at("/workspace_id"), made.at("/id"));
    owner.use_token(switched.at("/access_token"));
    EXPECT_EQ(owner.get("/v1/workspaces/" + made.at("/id")).at("/name"), "Second");
    EXPECT_EQ(owner.get("/v1/me").at("/workspace_id"), made.at("/id"));
}

TEST_F(tenancy_test, ones_own_tenants_are_paged_without_gaps) {
    client owner = service_.founder();
    service_.founder();
    std::set<std::string> made{testing::service::tenant_of(owner)};
    for (int i = 0; i < 7; ++i) made.insert(owner.post("/v1/workspaces", R"({"name":"W"})").at("/id"));
    for (const std::string sort : {"sort=created_at", "sort=-created_at"}) {
        std::set<std::string> seen;
        std::size_t count = 0;
        std::string cursor;
        for (int pages = 0; pages < 20; ++pages) {
            const answer page =
                owner.get("/v1/workspaces?limit=3&" + sort + (cursor.empty() ? "" : "&cursor=" + cursor));
            ASSERT_EQ(page.status, 200) << page.body;
            for (std::size_t i = 0; i < page.size_at("/items"); ++i, ++count) {
                seen.insert(page.at("/items/" + std::to_string(i) + "/id"));
                EXPECT_EQ(page.at("/items/" + std::to_string(i) + "/role"), "owner");
            }
            cursor = page.at("/next_cursor");
            if (cursor.empty()) break;
        }
        EXPECT_EQ(seen, made);
        EXPECT_EQ(count, made.size());
    }
    EXPECT_EQ(owner.get("/v1/workspaces?limit=0").status, 422);
    EXPECT_EQ(owner.get("/v1/workspaces?cursor=AAAA").status, 400);
}

TEST_F(tenancy_test, a_foreign_tenant_is_not_there_on_any_route) {
    client owner = service_.founder();
    client member = service_.member_of(owner, "member");
    client stranger = service_.founder();
    const std::string tenant = path_of(owner);
    const std::string member_there = tenant + "/members/" + testing::service::user_of(member);
    const std::string role = R"({"role":"member"})";
    const std::string add = R"({"email":")" + email_of(stranger) + R"("})";
    EXPECT_EQ(stranger.get(tenant).status, 404);
    EXPECT_EQ(stranger.patch(tenant, R"({"name":"Mine now"})").status, 404);
    EXPECT_EQ(stranger.get(tenant + "/members").status, 404);
    EXPECT_EQ(stranger.post(tenant + "/members", add).status, 404);
    EXPECT_EQ(stranger.patch(member_there, role).status, 404);
    EXPECT_EQ(stranger.remove(member_there).status, 404);
    EXPECT_EQ(stranger.post(tenant + "/switch").status, 404);
    EXPECT_EQ(stranger.post(tenant + "/leave").status, 404);
    // A member of another tenant, named under one's own tenant, is no member.
    EXPECT_EQ(stranger.patch(path_of(stranger) + "/members/" + testing::service::user_of(member), role).status, 404);
    EXPECT_EQ(stranger.remove(path_of(stranger) + "/members/" + testing::service::user_of(member)).status, 404);
    for (const char* id : {"1", "..", "%00", "00000000-0000-0000-0000-000000000000"})
        EXPECT_NE(stranger.get(std::string("/v1/workspaces/") + id).status, 200) << id;
    EXPECT_EQ(role_of(owner, member), "member");
    EXPECT_NE(owner.get(tenant).at("/name"), "Mine now");
    EXPECT_EQ(owner.get(tenant + "/members").body.find(testing::service::user_of(stranger)), std::string::npos);
}

TEST_F(tenancy_test, adding_members_has_its_refusals) {
    client owner = service_.founder();
    client admin = service_.member_of(owner, "admin");
    client member = service_.member_of(owner, "member");
    client other = service_.founder();
    const std::string members = path_of(owner) + "/members";
    const auto body = [&](const std::string& email, const std::string& role) {
        return R"({"email":")" + email + R"(","role":")" + role + R"("})";
    };
    EXPECT_EQ(member.post(members, body(email_of(other), "member")).status, 403);
    EXPECT_EQ(admin.post(members, body(email_of(other), "owner")).at("/code"), "role_above_own");
    EXPECT_EQ(admin.post(members, body("nobody@example.com", "member")).at("/code"), "no_such_user");
    EXPECT_EQ(admin.post(members, body(email_of(member), "member")).at("/code"), "already_member");
    EXPECT_EQ(admin.post(members, body(email_of(other), "king")).at("/errors/0/pointer"), "/role");
    EXPECT_EQ(admin.post(members, body("not an address", "member")).at("/errors/0/pointer"), "/email");
    std::string shouted = email_of(other);
    for (char& c : shouted) c = static_cast<char>(std::toupper(c));
    const answer added = admin.post(members, R"({"email":")" + shouted + R"("})");
    ASSERT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(added.at("/role"), "member") << "the default role";
    EXPECT_EQ(added.at("/user_id"), testing::service::user_of(other));
    EXPECT_EQ(added.header("Location"), members + "/" + testing::service::user_of(other));
}

TEST_F(tenancy_test, nobody_reaches_above_their_own_role) {
    client owner = service_.founder();
    client admin = service_.member_of(owner, "admin");
    client member = service_.member_of(owner, "member");
    EXPECT_EQ(admin.patch(member_path(owner, member), R"({"role":"owner"})").status, 403);
    EXPECT_EQ(admin.patch(member_path(owner, admin), R"({"role":"owner"})").status, 403);
    EXPECT_EQ(admin.patch(member_path(owner, owner), R"({"role":"member"})").status, 403);
    EXPECT_EQ(admin.remove(member_path(owner, owner)).status, 403);
    EXPECT_EQ(member.patch(member_path(owner, member), R"({"role":"admin"})").status, 403);
    EXPECT_EQ(role_of(owner, owner), "owner");
    EXPECT_EQ(role_of(owner, member), "member");
    EXPECT_EQ(admin.patch(member_path(owner, member), R"({"role":"admin"})").status, 200);
    EXPECT_EQ(role_of(owner, member), "admin");
}

TEST_F(tenancy_test, a_demotion_takes_effect_with_the_same_token) {
    client owner = service_.founder();
    client admin = service_.member_of(owner, "admin");
    EXPECT_EQ(admin.patch(path_of(owner), R"({"name":"By admin"})").status, 200);
    EXPECT_EQ(owner.patch(member_path(owner, admin), R"({"role":"member"})").status, 200);
    EXPECT_EQ(admin.patch(path_of(owner), R"({"name":"Again"})").status, 403);
    EXPECT_EQ(admin.get(path_of(owner)).status, 200);
}

TEST_F(tenancy_test, a_member_by_a_role_of_before_is_told_so_and_can_be_given_another) {
    if (testing::service::on_postgres())
        GTEST_SKIP() << "only the owner of the tables may do this behind the service's back";
    client owner = service_.founder();
    client nurse = service_.member_of(owner, "member");
    client stranger = service_.founder();
    const std::string tenant = path_of(owner);
    make_role_unknown(nurse);
    const answer refused = nurse.post(tenant + "/switch");
    EXPECT_EQ(refused.status, 403) << refused.body;
    EXPECT_EQ(refused.at("/code"), "unknown_role");
    EXPECT_EQ(stranger.post(tenant + "/switch").status, 404);
    EXPECT_EQ(nurse.get("/v1/me").at("/workspaces/1/role"), "nurse");
    EXPECT_EQ(nurse.get("/v1/workspaces?sort=created_at").at("/items/0/role"), "nurse");
    EXPECT_EQ(role_of(owner, nurse), "nurse");
    EXPECT_EQ(owner.patch(member_path(owner, nurse), R"({"role":"member"})").status, 200);
    EXPECT_EQ(nurse.post(tenant + "/switch").status, 200);
    make_role_unknown(nurse);
    EXPECT_EQ(nurse.post(tenant + "/leave").status, 204);
    EXPECT_EQ(role_of(owner, nurse), "");
}

TEST_F(tenancy_test, removal_ends_the_members_tokens_for_this_tenant) {
    client owner = service_.founder();
    client member = service_.member_of(owner, "member");
    EXPECT_EQ(owner.remove(member_path(owner, member)).status, 204);
    EXPECT_EQ(member.get(path_of(owner)).status, 401);
    EXPECT_EQ(owner.remove(member_path(owner, member)).status, 404);
    EXPECT_EQ(role_of(owner, member), "");
}

TEST_F(tenancy_test, leaving_ends_the_membership) {
    client owner = service_.founder();
    client member = service_.member_of(owner, "member");
    EXPECT_EQ(member.post(path_of(owner) + "/leave").status, 204);
    EXPECT_EQ(role_of(owner, member), "");
}

TEST_F(tenancy_test, the_last_owner_stays) {
    client owner = service_.founder();
    client admin = service_.member_of(owner, "admin");
    EXPECT_EQ(owner.post(path_of(owner) + "/leave").at("/code"), "last_owner");
    EXPECT_EQ(owner.remove(member_path(owner, owner)).at("/code"), "last_owner");
    EXPECT_EQ(owner.patch(member_path(owner, owner), R"({"role":"admin"})").at("/code"), "last_owner");
    EXPECT_EQ(owner.patch(member_path(owner, owner), R"({"role":"owner"})").status, 200);
    EXPECT_EQ(owner.patch(member_path(owner, admin), R"({"role":"owner"})").status, 200);
    EXPECT_EQ(owner.post(path_of(owner) + "/leave").status, 204);
    EXPECT_EQ(admin.post(path_of(admin) + "/leave").at("/code"), "last_owner");
}

TEST_F(tenancy_test, one_owner_remains_when_all_leave_at_once) {
    for (int round = 0; round < 5; ++round) {
        client owner = service_.founder();
        std::vector<client> owners{owner};
        for (int i = 0; i < 3; ++i) owners.push_back(service_.member_of(owner, "owner"));
        client witness = service_.member_of(owner, "member");
        std::vector<std::future<int>> left;
        for (client& each : owners) {
            left.push_back(
                std::async(std::launch::async, [&each] { return each.post(path_of(each) + "/leave").status; }));
        }
        int refused = 0;
        for (auto& each : left) {
            const int status = each.get();
            EXPECT_TRUE(status == 204 || status == 409) << status;
            refused += status == 409 ? 1 : 0;
        }
        EXPECT_EQ(refused, 1);
        const answer rest = witness.get(path_of(witness) + "/members");
        EXPECT_EQ(rest.size_at("/items"), 2U) << rest.body;
    }
}

TEST_F(tenancy_test, two_owners_who_demote_each_other_leave_one) {
    client first = service_.founder();
    client second = service_.member_of(first, "owner");
    const std::string body = R"({"role":"member"})";
    auto a = std::async(std::launch::async, [&] { return first.patch(member_path(first, second), body).status; });
    auto b = std::async(std::launch::async, [&] { return second.patch(member_path(first, first), body).status; });
    const int one = a.get();
    const int two = b.get();
    EXPECT_EQ((one == 200) + (two == 200), 1) << one << " " << two;
    const bool first_stayed = one == 200;
    EXPECT_EQ(role_of(first, first_stayed ? first : second), "owner");
}

TEST_F(tenancy_test, members_are_paged_without_gaps) {
    client owner = service_.founder();
    for (int i = 0; i < 5; ++i) service_.member_of(owner, "member");
    std::set<std::string> seen;
    std::string cursor;
    for (int pages = 0; pages < 20; ++pages) {
        const answer page =
            owner.get(path_of(owner) + "/members?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor));
        ASSERT_EQ(page.status, 200) << page.body;
        for (std::size_t i = 0; i < page.size_at("/items"); ++i)
            EXPECT_TRUE(seen.insert(page.at("/items/" + std::to_string(i) + "/user_id")).second);
        cursor = page.at("/next_cursor");
        if (cursor.empty()) break;
    }
    EXPECT_EQ(seen.size(), 6U);
    EXPECT_EQ(owner.get(path_of(owner) + "/members?role=owner").status, 422) << "no such filter";
    ASSERT_EQ(owner.post("/v1/workspaces", R"({"name":"Second"})").status, 201);
    const std::string foreign = owner.get("/v1/workspaces?limit=1").at("/next_cursor");
    ASSERT_FALSE(foreign.empty());
    EXPECT_EQ(owner.get(path_of(owner) + "/members?cursor=" + foreign).status, 400) << "a cursor of another list";
}

}  // namespace
}  // namespace tenon::tenancy
