// Reads on the thread that asks: the short ones, and those alone.
#include "sqlite/quick_reads.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "notes_database.hpp"
#include "sqlite/no_wait.hpp"
#include "temporary_folder.hpp"

namespace tenon::db {
namespace {

class sqlite_quick_reads_test : public testing::Test {
  protected:
    void SetUp() override {
        if (!no_wait::available()) GTEST_SKIP() << "this SQLite has no system calls to replace";
        auto writer = sqlite_connection::open(folder_.path() + "/test.db", sqlite_connection::purpose::writing);
        ASSERT_TRUE(writer);
        ASSERT_TRUE(
            (*writer)->script("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT);"
                              "INSERT INTO t VALUES (1, 'one'), (2, 'two')",
                              soon()));
        writer_ = std::move(*writer);
        std::vector<std::unique_ptr<sqlite_connection>> connections;
        auto reader = sqlite_connection::open(folder_.path() + "/test.db", sqlite_connection::purpose::reading);
        ASSERT_TRUE(reader);
        connections.push_back(std::move(*reader));
        quick_ = std::make_unique<quick_reads>(std::move(connections));
    }
    static statement reading(std::string text) {
        return statement(std::move(text), args(), tenant_id::generate(), soon());
    }
    std::optional<rows> run(std::string text) { return quick_->run(reading(std::move(text)), list_budget()); }

    const test::temporary_folder folder_;
    std::unique_ptr<sqlite_connection> writer_;
    std::unique_ptr<quick_reads> quick_;
};

constexpr auto short_text = "SELECT body FROM t WHERE $1 <> '' AND id = 1";
constexpr auto endless_text =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE $1 <> ''";

TEST_F(sqlite_quick_reads_test, run_what_is_short) {
    const auto found = run(short_text);
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)[0].get<std::string>(0), "one");
}

TEST_F(sqlite_quick_reads_test, see_what_has_just_been_committed) {
    ASSERT_TRUE(run(short_text));
    ASSERT_TRUE(writer_->script("UPDATE t SET body = 'new'", soon()));
    EXPECT_EQ((*run(short_text))[0].get<std::string>(0), "new");
}

TEST_F(sqlite_quick_reads_test, give_up_what_takes_long_and_do_not_try_it_again_soon) {
    EXPECT_FALSE(run(endless_text));
    ASSERT_TRUE(run(short_text)) << "others go on";
    EXPECT_FALSE(run(endless_text));
}

TEST_F(sqlite_quick_reads_test, give_up_large_pages) {
    ASSERT_TRUE(writer_->script("UPDATE t SET body = hex(zeroblob(50000))", soon()));
    auto page = reading("SELECT body FROM t WHERE $1 <> ''");
    page.is_page = true;
    EXPECT_FALSE(quick_->run(page, list_budget()));
}

TEST_F(sqlite_quick_reads_test, are_not_for_searches_and_not_for_the_service_itself) {
    auto search = reading(short_text);
    search.is_search = true;
    EXPECT_FALSE(quick_->run(search, list_budget()));
    statement of_nobody("SELECT 1", values(), row_scope::of_service(), soon());
    EXPECT_FALSE(quick_->run(of_nobody, list_budget()));
}

TEST_F(sqlite_quick_reads_test, let_others_of_their_thread_go_on_now_and_then) {
    int done = 0;
    for (int i = 0; i < 1'000; ++i) done += run(short_text) ? 1 : 0;
    EXPECT_GT(done, 900);
    EXPECT_LT(done, 1'000);
}

TEST_F(sqlite_quick_reads_test, who_finds_all_connections_in_use_asks_a_thread) {
    quick_reads none({});
    EXPECT_FALSE(none.run(reading(short_text), list_budget()));
}

}  // namespace
}  // namespace tenon::db
