// Two services on one PostgreSQL: what was taken from somebody at one of them is refused by the other, once answered.
#include <atomic>
#include <thread>

#include "replicas.hpp"

namespace tenon::tenancy {
namespace {

/// Keeps asking until told to stop, so that the replica's answer is always fresh and always under way.
class busy {
  public:
    busy(client who, std::string path)
        : thread_([this, who, path = std::move(path)]() mutable {
              while (!stop_) who.get(path);
          }) {}
    ~busy() {
        stop_ = true;
        thread_.join();
    }

  private:
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

TEST_F(postgres_replicas_test, a_demotion_holds_everywhere_once_it_is_answered) {
    client owner = founder();
    client member = member_of(owner, "admin");
    client elsewhere = at(1, member);
    const busy here(member, path_of(owner));
    const busy there(elsewhere, path_of(owner));
    for (int round = 0; round < 3; ++round) {
        ASSERT_EQ(elsewhere.patch(path_of(owner), R"({"name":"By admin"})").status, 200);
        ASSERT_EQ(owner.patch(member_path(owner, member), R"({"role":"member"})").status, 200);
        EXPECT_EQ(elsewhere.patch(path_of(owner), R"({"name":"Late"})").status, 403);
        EXPECT_EQ(member.patch(path_of(owner), R"({"name":"Late"})").status, 403);
        ASSERT_EQ(owner.patch(member_path(owner, member), R"({"role":"admin"})").status, 200);
    }
    EXPECT_EQ(elsewhere.patch(path_of(owner), R"({"name":"Again"})").status, 200) << "and so does a promotion";
}

TEST_F(postgres_replicas_test, a_removed_member_is_refused_everywhere) {
    client owner = founder();
    client member = member_of(owner, "member");
    client elsewhere = at(1, member);
    const busy there(elsewhere, path_of(owner));
    ASSERT_EQ(elsewhere.get(path_of(owner)).status, 200);
    ASSERT_EQ(owner.remove(member_path(owner, member)).status, 204);
    EXPECT_EQ(elsewhere.get(path_of(owner)).status, 401);
    EXPECT_EQ(member.get(path_of(owner)).status, 401);
}

TEST_F(postgres_replicas_test, who_has_left_is_out_everywhere) {
    client owner = founder();
    client member = member_of(owner, "member");
    client elsewhere = at(1, member);
    const busy there(elsewhere, path_of(owner));
    ASSERT_EQ(elsewhere.get(path_of(owner)).status, 200);
    ASSERT_EQ(member.post(path_of(owner) + "/leave").status, 204);
    EXPECT_EQ(elsewhere.get(path_of(owner)).status, 401);
}

TEST_F(postgres_replicas_test, an_ended_session_is_refused_everywhere_and_after_a_restart) {
    client user = founder();
    client elsewhere = at(1, user);
    const busy there(elsewhere, "/v1/me");
    ASSERT_EQ(elsewhere.get("/v1/me").status, 200);
    ASSERT_EQ(user.post("/v1/auth/logout").status, 204);
    EXPECT_EQ(elsewhere.get("/v1/me").status, 401);
    EXPECT_EQ(elsewhere.get(path_of(user)).status, 401);
    replicas_[0] = started();
    EXPECT_EQ(at(0, user).get("/v1/me").status, 401);
}

TEST_F(postgres_replicas_test, a_new_password_ends_the_others_everywhere) {
    client user = founder();
    client other(replicas_[1]->port());
    const answer login = other.post("/v1/auth/login", R"({"email":")" + email_ + R"(","password":"correct horse"})");
    ASSERT_EQ(login.status, 200) << login.body;
    other.use_token(login.at("/access_token"));
    const busy there(other, "/v1/me");
    ASSERT_EQ(other.get("/v1/me").status, 200);
    const std::string body = R"({"current_password":"correct horse","new_password":"battery staple"})";
    ASSERT_EQ(user.post("/v1/auth/password", body).status, 204);
    EXPECT_EQ(other.get("/v1/me").status, 401);
    EXPECT_EQ(at(1, user).get("/v1/me").status, 200);
}

}  // namespace
}  // namespace tenon::tenancy
