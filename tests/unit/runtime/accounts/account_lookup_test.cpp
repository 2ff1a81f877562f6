// Who has no account is treated as somebody who has one.
#include <gtest/gtest.h>

#include <set>

#include <tenon/app/configuration.hpp>

#include "accounts/account_lookup.hpp"
#include "accounts/sample_settings.hpp"
#include "databases/open.hpp"
#include "db/own_session.hpp"
#include "loop_runner.hpp"
#include "migrations/migrate.hpp"
#include "sample_product.hpp"
#include "temporary_folder.hpp"

namespace tenon::accounts {
namespace {

using test::soon;

class account_lookup : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(db::migrate_up(folder_.database_url(), test::sample_product().sqlite_migrations));
        database_ = std::move(*db::open(folder_.database_url()));
        authority_ = std::make_unique<authority>(sample_settings(), *database_);
    }
    void add(const std::string& email, const std::string& hash) {
        db::own_session session(*database_, soon(), db::row_scope::of_service());
        auto row = db::args(user_id::generate(), email, "A", hash, instant::now());
        ASSERT_TRUE(
            runner_.wait(session.write("INSERT INTO users (id, email, name, password_hash, created_at, "
                                       "updated_at, version) VALUES ($1, $2, $3, $4, $5, $5, 1)",
                                       row)));
    }
    stored_account find(const std::string& email) {
        auto out = runner_.wait(find_account(authority_->internals(), email_address(email), soon()));
        EXPECT_TRUE(out);
        return out ? std::move(*out) : stored_account();
    }

    test::temporary_folder folder_;
    test::loop_runner runner_;
    std::unique_ptr<db::backend> database_;
    std::unique_ptr<authority> authority_;
};

TEST_F(account_lookup, somebody_stands_in_for_nobody) {
    EXPECT_EQ(find("nobody@example.com").stand_in, "") << "while there is nobody";
    add("ada@example.com", "hash of ada");
    EXPECT_EQ(find("nobody@example.com").password_hash, "");
    EXPECT_EQ(find("nobody@example.com").stand_in, "hash of ada");
    EXPECT_EQ(find("ada@example.com").password_hash, "hash of ada");
}

TEST_F(account_lookup, always_the_same_one_and_by_turns_all_of_them) {
    const std::string letters = "abcdefghijklmnopqrstuvwxyz";
    for (const char letter : letters) add(letter + std::string("@example.com"), std::string("hash of ") + letter);
    std::set<std::string> all;
    for (int i = 0; i < 300; ++i) {
        const std::string email = "nobody" + std::to_string(i) + "@example.com";
        const std::string once = find(email).stand_in;
        EXPECT_EQ(find(email).stand_in, once);
        all.insert(once);
    }
    EXPECT_GT(all.size(), letters.size() / 2) << "as many kinds of hashes as there are";
}

}  // namespace
}  // namespace tenon::accounts
