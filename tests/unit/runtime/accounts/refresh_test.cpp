// Refresh tokens (trap 8): rotation, the grace for lost answers, theft, and the race of many tabs.
#include <gtest/gtest.h>

#include <set>

#include <tenon/testing/clock.hpp>

#include "accounts/sample_settings.hpp"
#include "accounts/token_families.hpp"
#include "databases/open.hpp"
#include "loop_runner.hpp"
#include "migrations/migrate.hpp"
#include "sample_product.hpp"
#include "temporary_folder.hpp"
#include "tenants/directory.hpp"

namespace tenon::accounts {
namespace {

using namespace std::chrono_literals;

using test::soon;

class refresh_test : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(db::migrate_up(folder_.database_url(), test::sample_product().sqlite_migrations));
        database_ = std::move(*db::open(folder_.database_url()));
        directory_ = std::make_unique<tenants::directory>(test::sample_product().tenant, test::sample_product().policy,
                                                          *database_);
        authority_ = std::make_unique<authority>(sample_settings(), *database_);
        clock_.stop();
        db::own_session session(*database_, soon(), db::row_scope::of_user(user_));
        auto row = db::args(user_, "a@example.com", "A", "hash", instant::now());
        ASSERT_TRUE(
            runner_.wait(session.write("INSERT INTO users (id, email, name, password_hash, created_at, "
                                       "updated_at, version) VALUES ($1, $2, $3, $4, $5, $5, 1)",
                                       row)));
        auto opened = runner_.wait(open());
        ASSERT_TRUE(opened) << opened.error().message;
        first_ = *opened;
    }

    authority::parts& own() { return authority_->internals(); }
    task<result<token_set>> open() {
        db::own_session session(*database_, soon(), db::row_scope::of_user(user_));
        CO_TRY_ASSIGN(db::own_transaction open, co_await session.begin());
        CO_TRY_ASSIGN(token_set out, co_await open_family(own(), open, user_, std::nullopt));
        CO_TRY(co_await open.commit());
        co_return out;
    }
    result<token_set> rotate_now(const std::string& token) {
        return runner_.wait(rotate(own(), *directory_, token, soon()));
    }
    bool lives(const operation::principal& who) {
        return runner_.wait(directory_->standing_of(who.user, who.session, who.tenant, soon())).has_value();
    }
    result<db::rows> sql(std::string_view text) {
        db::own_session session(*database_, soon(), db::row_scope::of_user(user_));
        return runner_.wait(session.write(text, {}));
    }

    testing::clock clock_;
    user_id user_ = user_id::generate();
    test::temporary_folder folder_;
    test::loop_runner runner_;
    std::unique_ptr<db::backend> database_;
    std::unique_ptr<tenants::directory> directory_;
    std::unique_ptr<authority> authority_;
    token_set first_;
};

TEST_F(refresh_test, rotates_within_one_family) {
    auto second = rotate_now(first_.refresh_token);
    ASSERT_TRUE(second);
    EXPECT_NE(second->refresh_token, first_.refresh_token);
    EXPECT_EQ(second->who.session, first_.who.session);
    auto third = rotate_now(second->refresh_token);
    ASSERT_TRUE(third);
    EXPECT_NE(third->refresh_token, second->refresh_token);
}

TEST_F(refresh_test, a_replay_in_the_grace_answers_the_same_successor) {
    auto second = rotate_now(first_.refresh_token);
    clock_.step(30s);
    auto again = rotate_now(first_.refresh_token);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->refresh_token, second->refresh_token);
    EXPECT_TRUE(rotate_now(second->refresh_token)) << "nobody was logged out";
}

TEST_F(refresh_test, a_later_replay_ends_the_family) {
    auto second = rotate_now(first_.refresh_token);
    EXPECT_TRUE(lives(first_.who));
    clock_.step(30s + 1us);
    auto replay = rotate_now(first_.refresh_token);
    ASSERT_FALSE(replay);
    EXPECT_EQ(replay.error().code, errc::unauthorized);
    EXPECT_FALSE(rotate_now(second->refresh_token)) << "the thief, or the robbed: neither goes on";
    EXPECT_FALSE(lives(first_.who)) << "access tokens of the family end as well";
    auto other = runner_.wait(open());
    EXPECT_TRUE(lives(other->who));
    EXPECT_TRUE(rotate_now(other->refresh_token)) << "other families go on";
}

TEST_F(refresh_test, the_grace_does_not_grow_when_the_clock_is_set_back) {
    auto second = rotate_now(first_.refresh_token);
    clock_.step(-4s);
    EXPECT_TRUE(rotate_now(first_.refresh_token)) << "clocks of replicas differ";
    clock_.step(-1h);
    EXPECT_FALSE(rotate_now(first_.refresh_token));
    EXPECT_FALSE(rotate_now(second->refresh_token)) << "its session has ended";
}

TEST_F(refresh_test, fifty_at_once_get_one_successor_and_nobody_is_logged_out) {
    test::loop_runner second_loop;
    std::vector<std::future<result<token_set>>> all;
    for (int i = 0; i < 50; ++i) {
        test::loop_runner& where = i % 2 == 0 ? runner_ : second_loop;
        all.push_back(where.start(rotate(own(), *directory_, first_.refresh_token, soon())));
    }
    std::set<std::string> successors;
    for (auto& each : all) {
        auto out = each.get();
        ASSERT_TRUE(out) << out.error().message;
        successors.insert(out->refresh_token);
    }
    EXPECT_EQ(successors.size(), 1U);
    EXPECT_TRUE(rotate_now(*successors.begin()));
    auto count = sql("SELECT count(*) FROM refresh_tokens");
    EXPECT_EQ((*count)[0].get<std::int64_t>(0), 3) << "the first, its one successor, and that one's";
}

TEST_F(refresh_test, expires_but_lives_on_while_used) {
    clock_.step(29 * 24h);
    auto second = rotate_now(first_.refresh_token);
    ASSERT_TRUE(second);
    clock_.step(29 * 24h);
    auto third = rotate_now(second->refresh_token);
    ASSERT_TRUE(third);
    clock_.step(30 * 24h + 1s);
    auto late = rotate_now(third->refresh_token);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, errc::unauthorized);
}

TEST_F(refresh_test, what_has_run_out_is_forgotten) {
    ASSERT_TRUE(rotate_now(first_.refresh_token));
    clock_.step(31 * 24h);
    ASSERT_TRUE(runner_.wait(open()));
    auto sessions = sql("SELECT count(*) FROM auth_sessions");
    auto tokens = sql("SELECT count(*) FROM refresh_tokens");
    EXPECT_EQ((*sessions)[0].get<std::int64_t>(0), 1) << "the fresh one";
    EXPECT_EQ((*tokens)[0].get<std::int64_t>(0), 1);
}

TEST_F(refresh_test, unknown_and_malformed_tokens_are_refused) {
    for (const std::string& token :
         {std::string(), std::string("a"), std::string(46, 'A'), std::string(1 << 20, 'A'), first_.refresh_token + "A",
          first_.refresh_token.substr(1), std::string("' OR 1=1 --                                ")}) {
        auto out = rotate_now(token);
        ASSERT_FALSE(out);
        EXPECT_EQ(out.error().code, errc::unauthorized);
    }
}

TEST_F(refresh_test, deleted_users_and_ended_families_get_nothing) {
    ASSERT_TRUE(sql("UPDATE users SET deleted_at = 1"));
    EXPECT_FALSE(rotate_now(first_.refresh_token));
    ASSERT_TRUE(sql("UPDATE users SET deleted_at = NULL"));
    ASSERT_TRUE(sql("UPDATE auth_sessions SET revoked_at = 1"));
    EXPECT_FALSE(rotate_now(first_.refresh_token));
}

TEST_F(refresh_test, the_database_holds_no_token_that_works) {
    auto second = rotate_now(first_.refresh_token);
    auto found = sql("SELECT token_hash, parent_hash, successor_hash, successor_sealed FROM refresh_tokens");
    for (std::size_t i = 0; i < found->size(); ++i) {
        for (std::size_t column = 0; column < 4; ++column) {
            const auto text = (*found)[i].get<std::optional<std::string>>(column).value_or("");
            EXPECT_NE(text, first_.refresh_token);
            EXPECT_NE(text, second->refresh_token);
            EXPECT_FALSE(rotate_now(text).has_value());
        }
    }
}

}  // namespace
}  // namespace tenon::accounts
