// What has to be right when transactions run side by side: each race is run at two services on one PostgreSQL.
#include <set>
#include <thread>
#include <vector>

#include "replicas.hpp"

namespace tenon::tenancy {
namespace {

class postgres_races_test : public postgres_replicas_test {
  protected:
    /// Runs all of them at once, each with a client of one of the replicas.
    void race(std::size_t count, const std::function<void(client&, std::size_t)>& work) {
        std::vector<std::thread> all;
        for (std::size_t i = 0; i < count; ++i) {
            all.emplace_back([&, i] {
                client out(replicas_[i % 2]->port());
                work(out, i);
            });
        }
        for (std::thread& each : all) each.join();
    }
};

TEST_F(postgres_races_test, trap_8_all_who_refresh_at_once_get_the_same_successor) {
    for (int round = 0; round < 3; ++round) {
        client user = founder();
        std::vector<answer> got(8);
        race(8, [&](client& c, std::size_t i) {
            got[i] = c.post("/v1/auth/refresh", R"({"refresh_token":")" + refresh_token_ + "\"}");
        });
        std::set<std::string> successors;
        for (const answer& each : got) {
            ASSERT_EQ(each.status, 200) << each.body;
            successors.insert(each.at("/refresh_token"));
        }
        EXPECT_EQ(successors.size(), 1U);
    }
}

TEST_F(postgres_races_test, of_two_owners_who_leave_at_once_one_stays) {
    for (int round = 0; round < 3; ++round) {
        client first = founder();
        client second = member_of(first, "owner");
        const std::string path = path_of(first) + "/leave";
        int status[2] = {};
        race(2, [&](client& c, std::size_t i) {
            c.use_token((i == 0 ? first : second).token());
            status[i] = c.post(path).status;
        });
        EXPECT_EQ(std::set<int>(status, status + 2), (std::set<int>{204, 409}));
    }
}

TEST_F(postgres_races_test, of_two_owners_who_demote_each_other_one_stays) {
    for (int round = 0; round < 3; ++round) {
        client first = founder();
        client second = member_of(first, "owner");
        const std::string paths[2] = {member_path(first, second),
                                      path_of(first) + "/members/" + testing::service::user_of(first)};
        int status[2] = {};
        race(2, [&](client& c, std::size_t i) {
            c.use_token((i == 0 ? first : second).token());
            status[i] = c.patch(paths[i], R"({"role":"member"})").status;
        });
        // The loser is a member by the time that its turn comes.
        EXPECT_EQ(std::set<int>(status, status + 2), (std::set<int>{200, 403}));
    }
}

TEST_F(postgres_races_test, no_session_begun_with_the_old_password_outlives_its_change) {
    client user = founder();
    const std::string login = R"({"email":")" + email_ + R"(","password":"correct horse"})";
    std::vector<std::string> tokens(6);
    int changed = 0;
    race(7, [&](client& c, std::size_t i) {
        if (i == 6) {
            c.use_token(user.token());
            changed =
                c.post("/v1/auth/password", R"({"current_password":"correct horse","new_password":"another horse"})")
                    .status;
            return;
        }
        const answer got = c.post("/v1/auth/login", login);
        if (got.status == 200) {
            tokens[i] = got.at("/refresh_token");
        } else {
            EXPECT_EQ(got.status, 401) << got.body;
        }
    });
    ASSERT_EQ(changed, 204);
    client anybody(replicas_[0]->port());
    for (const std::string& each : tokens) {
        if (each.empty()) continue;
        EXPECT_EQ(anybody.post("/v1/auth/refresh", R"({"refresh_token":")" + each + "\"}").status, 401);
    }
}

TEST_F(postgres_races_test, no_session_that_a_switch_begins_outlives_the_removal_of_its_member) {
    std::size_t begun = 0;
    for (int round = 0; round < 8; ++round) {
        client owner = founder();
        client user = founder();  // at home in a workspace of their own, whose session goes on
        const std::string added = R"({"email":")" + email_ + R"(","role":"member"})";
        ASSERT_EQ(owner.post(path_of(owner) + "/members", added).status, 201);
        std::vector<std::string> tokens(6);
        int removed = 0;
        race(7, [&](client& c, std::size_t i) {
            if (i == 6) {
                c.use_token(owner.token());
                removed = c.remove(member_path(owner, user)).status;
                return;
            }
            c.use_token(user.token());
            const answer got = c.post(path_of(owner) + "/switch");
            if (got.status == 200) tokens[i] = got.at("/refresh_token");
        });
        ASSERT_EQ(removed, 204);
        ASSERT_EQ(owner.post(path_of(owner) + "/members", added).status, 201);
        client anybody(replicas_[0]->port());
        for (const std::string& each : tokens) {
            if (each.empty()) continue;
            ++begun;
            EXPECT_EQ(anybody.post("/v1/auth/refresh", R"({"refresh_token":")" + each + "\"}").status, 401);
        }
    }
    EXPECT_GT(begun, 0U);
}

TEST_F(postgres_races_test, of_all_who_sign_up_with_one_address_one_succeeds) {
    std::vector<int> status(4);
    race(4, [&](client& c, std::size_t i) {
        status[i] = c.post("/v1/auth/sign-up", R"({"email":"same@example.com","password":"correct horse","name":"A",)"
                                               R"("workspace":"W"})")
                        .status;
    });
    EXPECT_EQ(std::multiset<int>(status.begin(), status.end()), (std::multiset<int>{201, 409, 409, 409}));
}

}  // namespace
}  // namespace tenon::tenancy
