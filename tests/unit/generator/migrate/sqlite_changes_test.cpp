// The second migration on a real SQLite, with rows in the tables.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/generator/migrate/sample_migrations.hpp"
#include "tests/unit/generator/migrate/sqlite_database.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using ::testing::HasSubstr;

class SqliteChanges : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(made_.generate(projects_and_tasks()));
        ASSERT_EQ(database_.run_in_transaction(made_.sql("sqlite", "up")), "");
        run("INSERT INTO users VALUES ('u', 'u@example.com', 'U', 'x', 1, 1, 1, NULL)");
        run("INSERT INTO workspaces VALUES ('a', 'W', 1, 1, 1), ('b', 'W', 1, 1, 1)");
        run("INSERT INTO projects (id, workspace_id, name, code, owner_id, created_by, created_at, updated_at) VALUES "
            "('pa', 'a', 'P', 'AA', 'u', 'u', 1, 1), ('pb', 'b', 'P', 'BB', 'u', 'u', 1, 1)");
        run("INSERT INTO tasks (id, workspace_id, title, project_id, tags, weight, created_by, created_at, updated_at) "
            "VALUES "
            "('ta', 'a', 'T', 'pa', '[]', 1, 'u', 1, 1), ('tb', 'b', 'T', 'pb', '[]', 1, 'u', 1, 1)");
        first_ = database_.shape();
        ASSERT_TRUE(made_.generate(projects_and_tasks_grown())) << made_.refused.items.at(0).message;
        ASSERT_EQ(database_.run_in_transaction(made_.sql("sqlite", "up")), "") << made_.sql("sqlite", "up");
    }
    void run(const std::string& sql) { EXPECT_EQ(database_.run(sql), "") << sql; }
    std::string fails(const std::string& sql) {
        const std::string message = database_.run(sql);
        return message.empty() ? "it was accepted" : message;
    }

    project made_;
    sqlite_database database_;
    std::string first_;
};

TEST_F(SqliteChanges, RowsThatWereThereGetTheDefaults) {
    EXPECT_EQ(database_.ask("SELECT priority, estimate, level, seen > 1000000000000000, deleted_at FROM tasks"),
              "3|NULL|low|1|NULL\n3|NULL|low|1|NULL\n");
}

TEST_F(SqliteChanges, RulesAreWider) {
    run("UPDATE tasks SET status = 'it''s blocked'");
    run("UPDATE projects SET name = '" + std::string(200, 'x') + "'");
    EXPECT_THAT(fails("UPDATE tasks SET status = 'lost'"), HasSubstr("tasks_status_values"));
    EXPECT_THAT(fails("UPDATE tasks SET level = 'medium'"), HasSubstr("tasks_level_values"));
    EXPECT_THAT(fails("UPDATE projects SET name = '" + std::string(201, 'x') + "'"), HasSubstr("projects_name_length"));
}

TEST_F(SqliteChanges, ReferencesAddedLaterStayInsideTheTenantToo) {
    EXPECT_THAT(fails("UPDATE tasks SET epic_id = 'pb' WHERE id = 'ta'"), HasSubstr("FOREIGN KEY"));
    EXPECT_THAT(fails("UPDATE tasks SET epic_id = 'none' WHERE id = 'ta'"), HasSubstr("FOREIGN KEY"));
    run("UPDATE tasks SET epic_id = 'pa' WHERE id = 'ta'");
    run("INSERT INTO milestones (id, workspace_id, name, due, project_id, created_by, created_at, updated_at) VALUES "
        "('m', 'a', 'M', '2026-01-31', 'pa', 'u', 1, 1)");
    EXPECT_THAT(fails("UPDATE tasks SET milestone_id = 'm' WHERE id = 'tb'"), HasSubstr("FOREIGN KEY"));
    run("UPDATE tasks SET milestone_id = 'm' WHERE id = 'ta'");
    run("DELETE FROM milestones WHERE id = 'm'");
    EXPECT_EQ(database_.ask("SELECT milestone_id, workspace_id FROM tasks WHERE id = 'ta'"), "NULL|a\n") << "set_null";
    run("DELETE FROM projects WHERE id = 'pa'");
    EXPECT_EQ(database_.ask("SELECT id FROM tasks"), "tb\n") << "cascade";
}

TEST_F(SqliteChanges, UniqueAmongTheLivingOnceSoftDeletionIsOn) {
    run("UPDATE tasks SET deleted_at = 1 WHERE id = 'ta'");
    run("INSERT INTO tasks (id, workspace_id, title, project_id, tags, weight, created_by, created_at, updated_at) "
        "VALUES "
        "('tc', 'a', 'T', 'pa', '[]', 1, 'u', 1, 1)");
    run("UPDATE tasks SET slug = 'one' WHERE id IN ('ta', 'tb')");
    run("UPDATE tasks SET slug = 'one' WHERE id = 'tc'");
    EXPECT_THAT(fails("UPDATE tasks SET deleted_at = NULL WHERE id = 'ta'"), HasSubstr("UNIQUE"));
}

TEST_F(SqliteChanges, DownAndUpAgainWithRows) {
    const std::string second = database_.shape();
    run("UPDATE tasks SET epic_id = project_id");
    ASSERT_EQ(database_.run_in_transaction(made_.sql("sqlite", "down")), "");
    EXPECT_EQ(database_.shape(), first_);
    EXPECT_EQ(database_.ask("SELECT count(*) FROM tasks"), "2\n");
    ASSERT_EQ(database_.run_in_transaction(made_.sql("sqlite", "up")), "");
    EXPECT_EQ(database_.shape(), second);
    EXPECT_EQ(database_.ask("PRAGMA foreign_key_check"), "");
    EXPECT_EQ(database_.ask("PRAGMA integrity_check"), "ok\n");
}

TEST_F(SqliteChanges, AThirdMigrationKeepsTheRulesOfTheSecond) {
    spec third = projects_and_tasks_grown();
    third.entities[1].fields[4].type = enum_type({"open", "done", "it's blocked", "gone"});
    ASSERT_TRUE(made_.generate(third));
    EXPECT_EQ(made_.name(), "0004_widen_tasks_status");
    const std::string second = database_.shape();
    ASSERT_EQ(database_.run_in_transaction(made_.sql("sqlite", "up")), "");
    EXPECT_THAT(fails("UPDATE tasks SET epic_id = 'pb' WHERE id = 'ta'"), HasSubstr("FOREIGN KEY"));
    run("UPDATE tasks SET status = 'gone'");
    EXPECT_THAT(database_.run_in_transaction(made_.sql("sqlite", "down")), HasSubstr("tasks_status_values"))
        << "a row has the new value";
    run("UPDATE tasks SET status = 'done'");
    EXPECT_EQ(database_.run_in_transaction(made_.sql("sqlite", "down")), "");
    EXPECT_EQ(database_.shape(), second);
}

}  // namespace
}  // namespace tenon::gen
