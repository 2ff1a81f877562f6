// The migration runner: one transaction each, checksums, honest refusals.
#include <filesystem>
#include <fstream>

#include "databases/open.hpp"
#include "notes_on_sqlite.hpp"

namespace tenon::db {
namespace {

using list = std::vector<db::migration>;

const db::migration first{"0001_first", "CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY);", "DROP TABLE a;"};
const db::migration second{"0002_second",
                           "-- a comment; with a semicolon\n"
                           "CREATE TABLE b (a_id TEXT REFERENCES a(id), text TEXT DEFAULT 'x;y');\n"
                           "CREATE TRIGGER t AFTER INSERT ON b BEGIN UPDATE b SET text = 'a;b'; DELETE FROM a; END;\n"
                           "/* the end; */",
                           "DROP TABLE b;"};

class migrate_test : public testing::Test {
  protected:
    std::string url() const { return folder_.database_url(); }
    bool has_table(const std::string& name) {
        auto opened = db::open(url());
        if (!opened) return false;
        test::loop_runner runner;
        system_session all(**opened, soon());
        return runner.wait(all.read("SELECT * FROM \"" + name + "\"", {})).has_value();
    }
    test::temporary_folder folder_;
};

TEST_F(migrate_test, runs_what_is_missing_and_only_that) {
    auto ran = migrate_up(url(), list{first});
    ASSERT_TRUE(ran) << ran.error().message;
    EXPECT_EQ(*ran, std::vector<std::string>{"0001_first"});
    ran = migrate_up(url(), list{first, second});
    ASSERT_TRUE(ran) << ran.error().message;
    EXPECT_EQ(*ran, std::vector<std::string>{"0002_second"});
    ran = migrate_up(url(), list{first, second});
    ASSERT_TRUE(ran);
    EXPECT_TRUE(ran->empty());
    EXPECT_TRUE(has_table("b"));
}

TEST_F(migrate_test, goes_down_step_by_step_and_up_again) {
    const list both{first, second};
    ASSERT_TRUE(migrate_up(url(), both));
    auto down = migrate_down(url(), both, 1);
    ASSERT_TRUE(down) << down.error().message;
    EXPECT_EQ(*down, std::vector<std::string>{"0002_second"});
    EXPECT_FALSE(has_table("b"));
    EXPECT_TRUE(has_table("a"));
    down = migrate_down(url(), both, 5);
    ASSERT_TRUE(down);
    EXPECT_EQ(down->size(), 1U);
    auto up = migrate_up(url(), both);
    ASSERT_TRUE(up);
    EXPECT_EQ(up->size(), 2U);
}

TEST_F(migrate_test, looking_and_taking_back_make_nothing) {
    const list both{first, second};
    for (const bool has_file : {false, true}) {
        if (has_file) std::ofstream(folder_.path() + "/test.db").flush();
        const auto status = migration_status(url(), both);
        ASSERT_TRUE(status) << status.error().message;
        ASSERT_EQ(status->size(), 2U);
        EXPECT_FALSE((*status)[0].applied);
        const auto down = migrate_down(url(), both, 1);
        ASSERT_TRUE(down) << down.error().message;
        EXPECT_TRUE(down->empty());
        std::size_t bytes = 0;
        for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) bytes += entry.file_size() + 1;
        EXPECT_EQ(bytes, has_file ? 1U : 0U);
    }
    ASSERT_TRUE(migrate_up(url(), list{first}));
    const auto status = migration_status(url(), both);
    ASSERT_TRUE(status);
    EXPECT_TRUE((*status)[0].applied);
    EXPECT_FALSE((*status)[1].applied);
}

TEST_F(migrate_test, a_failing_migration_leaves_nothing_behind) {
    const db::migration broken{"0002_broken", "CREATE TABLE c (id TEXT); INSERT INTO nowhere VALUES (1);", ""};
    auto ran = migrate_up(url(), list{first, broken});
    ASSERT_FALSE(ran);
    EXPECT_NE(ran.error().message.find("0002_broken"), std::string::npos);
    EXPECT_TRUE(has_table("a")) << "the one before it stays";
    EXPECT_FALSE(has_table("c"));
    ASSERT_TRUE(migrate_up(url(), list{first, second}));
}

TEST_F(migrate_test, refuses_an_applied_migration_whose_text_changed) {
    ASSERT_TRUE(migrate_up(url(), list{first}));
    const db::migration edited{"0001_first", "CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY, more TEXT);", ""};
    auto ran = migrate_up(url(), list{edited, second});
    ASSERT_FALSE(ran);
    EXPECT_EQ(ran.error().code, errc::conflict);
    EXPECT_FALSE(has_table("b"));
    auto down = migrate_down(url(), list{edited}, 1);
    ASSERT_FALSE(down);
    EXPECT_EQ(down.error().code, errc::conflict);
    auto status = migration_status(url(), list{edited});
    ASSERT_TRUE(status);
    EXPECT_TRUE((*status)[0].changed);
}

TEST_F(migrate_test, refuses_to_take_back_what_is_irreversible) {
    const db::migration oneway{"0002_oneway", "CREATE TABLE d (id TEXT);", "-- irreversible: data is lost\n"};
    ASSERT_TRUE(migrate_up(url(), list{first, oneway}));
    auto down = migrate_down(url(), list{first, oneway}, 1);
    ASSERT_FALSE(down);
    EXPECT_EQ(down.error().code, errc::conflict);
    EXPECT_TRUE(has_table("d"));
}

TEST_F(migrate_test, says_why_there_is_no_way_back) {
    const db::migration oneway{"0001_oneway", "CREATE TABLE d (id TEXT);",
                               "-- Frozen: emitted once.\n-- irreversible: drops the column 'x' of 'd'\n"};
    ASSERT_TRUE(migrate_up(url(), list{oneway}));
    auto down = migrate_down(url(), list{oneway}, 1);
    ASSERT_FALSE(down);
    EXPECT_EQ(down.error().message, "Migration 0001_oneway cannot be taken back: it drops the column 'x' of 'd'.");
    const db::migration further_down{"0001_oneway", oneway.up, "DROP TABLE d;\n-- irreversible: not in the head\n"};
    EXPECT_TRUE(migrate_down(url(), list{further_down}, 1));
}

TEST_F(migrate_test, a_step_without_statements_is_a_step) {
    const db::migration empty{"0002_online", "-- Nothing to do here.\n", "-- Nothing to do here.\n"};
    ASSERT_TRUE(migrate_up(url(), list{first, empty}));
    auto down = migrate_down(url(), list{first, empty}, 1);
    ASSERT_TRUE(down) << down.error().message;
    EXPECT_EQ(*down, std::vector<std::string>{"0002_online"});
}

TEST_F(migrate_test, refuses_what_wants_no_transaction) {
    const db::migration alone{"0001_alone",
                              "-- Frozen.\n-- no-transaction: for another database\nCREATE TABLE d (id TEXT);",
                              "DROP TABLE d;"};
    auto up = migrate_up(url(), list{alone});
    ASSERT_FALSE(up);
    EXPECT_NE(up.error().message.find("0001_alone: it is marked no-transaction"), std::string::npos)
        << up.error().message;
    EXPECT_FALSE(has_table("d"));
}

TEST_F(migrate_test, a_newer_database_is_reported_and_kept) {
    ASSERT_TRUE(migrate_up(url(), list{first, second}));
    auto status = migration_status(url(), list{first});
    ASSERT_TRUE(status);
    ASSERT_EQ(status->size(), 2U);
    EXPECT_TRUE((*status)[1].unknown);
    EXPECT_TRUE(migrate_up(url(), list{first})) << "an older program has nothing to do";
    EXPECT_FALSE(migrate_down(url(), list{first}, 1)) << "and cannot take back what it does not know";
}

TEST_F(migrate_test, rebuilding_a_referenced_table_keeps_its_children) {
    // With foreign keys enforced, DROP TABLE would delete every row of b by cascade.
    const db::migration tables{"0001_tables",
                               "CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY);"
                               "CREATE TABLE b (a_id TEXT NOT NULL REFERENCES a(id) ON DELETE CASCADE);"
                               "INSERT INTO a VALUES ('1'); INSERT INTO b VALUES ('1');",
                               ""};
    const db::migration rebuild{
        "0002_rebuild",
        "CREATE TABLE a_new (id TEXT NOT NULL PRIMARY KEY, more TEXT);"
        "INSERT INTO a_new SELECT id, NULL FROM a; DROP TABLE a; ALTER TABLE a_new RENAME TO a;",
        ""};
    auto ran = migrate_up(url(), list{tables, rebuild});
    ASSERT_TRUE(ran) << ran.error().message;
    auto opened = db::open(url());
    test::loop_runner runner;
    system_session all(**opened, soon());
    auto found = runner.wait(all.read("SELECT count(*) FROM b", {}));
    EXPECT_EQ((*found)[0].get<std::int64_t>(0), 1);
}

TEST_F(migrate_test, refuses_to_leave_dangling_references) {
    const db::migration dangling{"0001_dangling",
                                 "CREATE TABLE a (id TEXT NOT NULL PRIMARY KEY);"
                                 "CREATE TABLE b (a_id TEXT NOT NULL REFERENCES a(id)); INSERT INTO b VALUES ('1');",
                                 ""};
    auto ran = migrate_up(url(), list{dangling});
    ASSERT_FALSE(ran);
    EXPECT_EQ(ran.error().code, errc::conflict);
    EXPECT_FALSE(has_table("b"));
}

TEST_F(migrate_test, refuses_texts_that_end_their_transaction) {
    const db::migration sly{"0001_sly", "CREATE TABLE a (id TEXT); COMMIT;", ""};
    EXPECT_FALSE(migrate_up(url(), list{sly}));
}

TEST_F(migrate_test, refuses_what_it_cannot_migrate) {
    for (const char* other : {"sqlite::memory:", "mysql://localhost/x", "", "sqlite:"})
        EXPECT_FALSE(migrate_up(other, list{first})) << other;
}

TEST_F(migrate_test, two_processes_at_once_apply_each_migration_once) {
    const list both{first, second};
    std::vector<std::future<result<std::vector<std::string>>>> all;
    for (int i = 0; i < 4; ++i) all.push_back(std::async(std::launch::async, [&] { return migrate_up(url(), both); }));
    std::size_t ran = 0;
    for (auto& each : all) {
        auto out = each.get();
        ASSERT_TRUE(out) << out.error().message;
        ran += out->size();
    }
    EXPECT_EQ(ran, 2U);
}

}  // namespace
}  // namespace tenon::db
