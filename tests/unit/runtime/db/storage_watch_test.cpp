// A SQLite database that has no room for changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "db/storage_watch.hpp"
#include "notes_database.hpp"
#include "observe/log_sink.hpp"
#include "temporary_folder.hpp"

#include "tests/wait_until.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

class storage_watch_test : public testing::Test, protected notes_database {
  protected:
    void SetUp() override {
        observe::capture_log([this](std::string_view line) { log.emplace_back(line); });
        open(folder.database_url());
        ASSERT_TRUE(change("CREATE TABLE schema_migrations (name TEXT)"));
        ASSERT_TRUE(change("INSERT INTO schema_migrations VALUES ('0001')"));
        ASSERT_TRUE(change("CREATE TABLE texts (body BLOB)"));
    }
    void TearDown() override {
        database_.reset();
        observe::capture_log(nullptr);
    }
    result<void> can_store() { return runner_.wait(database_->can_store(soon())); }

    const test::temporary_folder folder;
    std::vector<std::string> log;
};

TEST_F(storage_watch_test, a_full_database_is_told_of_until_a_change_is_stored) {
    EXPECT_TRUE(can_store());
    ASSERT_TRUE(change("PRAGMA max_page_count = 8"));
    for (int i = 0; i < 3; ++i) {
        auto refused = change("INSERT INTO texts VALUES (zeroblob(100000))");
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, errc::unavailable);
    }
    EXPECT_THAT(log, ElementsAre(HasSubstr("cannot store changes\",\"what\":\"database or disk is full\"")));
    EXPECT_TRUE(system("SELECT count(*) FROM texts"));
    ASSERT_TRUE(change("PRAGMA max_page_count = 1000"));
    ASSERT_TRUE(change("INSERT INTO texts VALUES (zeroblob(100000))"));
    EXPECT_TRUE(can_store());
    EXPECT_THAT(log, testing::Contains(HasSubstr("stores changes again")));
}

TEST_F(storage_watch_test, asking_tries_a_change_of_its_own) {
    ASSERT_TRUE(change("PRAGMA max_page_count = 8"));
    ASSERT_FALSE(change("INSERT INTO texts VALUES (zeroblob(100000))"));
    // What is asked for needs no page more.
    EXPECT_TRUE(can_store());
    EXPECT_THAT(log, testing::Contains(HasSubstr("stores changes again")));
}

TEST(storage_watch, is_logged_once_a_minute_with_the_number_of_failures) {
    std::vector<std::string> log;
    observe::capture_log([&](std::string_view line) { log.emplace_back(line); });
    storage_watch storage;
    const auto begun = storage_watch::clock::now();
    for (int i = 0; i < 10; ++i) storage.failed("full", begun + i * 1s);
    storage.failed("full", begun + 61s);
    observe::capture_log(nullptr);
    EXPECT_THAT(log, ElementsAre(HasSubstr("\"failures\":1}"), HasSubstr("\"failures\":10}")));
    EXPECT_TRUE(storage.is_failing());
    EXPECT_TRUE(storage.may_probe(begun));
    EXPECT_FALSE(storage.may_probe(begun + 999ms));
    EXPECT_TRUE(storage.may_probe(begun + 1s));
}

}  // namespace
}  // namespace tenon::db
