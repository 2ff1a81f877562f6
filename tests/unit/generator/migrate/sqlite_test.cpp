// The first migration on a real SQLite: constraints hold, and down leaves nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/generator/migrate/sample_migrations.hpp"
#include "tests/unit/generator/migrate/sqlite_database.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using ::testing::HasSubstr;

/// Two workspaces (a, b) with a user each, a project each, and tasks.
class SqliteMigration : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(made_.generate(projects_and_tasks()));
        ASSERT_EQ(database_.run_in_transaction(made_.sql("sqlite", "up")), "");
        for (const char* tenant : {"a", "b"}) {
            const std::string t = tenant;
            run("INSERT INTO users VALUES ('u" + t + "', '" + t + "@example.com', 'U', 'x', 1, 1, 1, NULL)");
            run("INSERT INTO workspaces VALUES ('" + t + "', 'W', 1, 1, 1)");
            run(project("p" + t, t, "NAME-" + t));
            run(task("t" + t, t, "p" + t));
        }
    }

    void run(const std::string& sql) { EXPECT_EQ(database_.run(sql), "") << sql; }
    std::string fails(const std::string& sql) {
        const std::string message = database_.run(sql);
        return message.empty() ? "it was accepted" : message;
    }
    static std::string project(const std::string& id, const std::string& tenant, const std::string& code) {
        return "INSERT INTO projects (id, workspace_id, name, code, owner_id, created_by, created_at, updated_at) "
               "VALUES ('" +
               id + "', '" + tenant + "', 'P', '" + code + "', 'u" + tenant + "', 'u" + tenant + "', 1, 1)";
    }
    static std::string task(const std::string& id, const std::string& tenant, const std::string& of,
                            const std::string& more_columns = "", const std::string& more_values = "") {
        return "INSERT INTO tasks (id, workspace_id, title, project_id, tags, weight, created_by, created_at, "
               "updated_at" +
               more_columns + ") VALUES ('" + id + "', '" + tenant + "', 'T" + id + "', '" + of + "', '[]', 1.5, 'u" +
               tenant + "', 1, 1" + more_values + ")";
    }

    sample::project made_;
    sqlite_database database_;
};

TEST_F(SqliteMigration, DefaultsAreFilledIn) {
    EXPECT_EQ(database_.ask("SELECT status, ratio, points, urgent, extra, version FROM tasks WHERE id = 'ta'"),
              "open|350|1|0|{}|1\n");
    EXPECT_EQ(database_.ask("SELECT typeof(starts), starts > 1000000000000000 FROM tasks WHERE id = 'ta'"),
              "integer|1\n");
}

TEST_F(SqliteMigration, ReferencesStayInsideTheTenant) {
    EXPECT_THAT(fails(task("x", "a", "pb")), HasSubstr("FOREIGN KEY"));
    EXPECT_THAT(fails(task("x", "a", "pa", ", blocked_by_id", ", 'tb'")), HasSubstr("FOREIGN KEY"));
    EXPECT_THAT(fails("UPDATE tasks SET project_id = 'pb' WHERE id = 'ta'"), HasSubstr("FOREIGN KEY"));
    EXPECT_THAT(fails(project("x", "c", "XX")), HasSubstr("FOREIGN KEY")) << "no such workspace";
    run(task("x", "a", "pa", ", blocked_by_id", ", 'ta'"));
}

TEST_F(SqliteMigration, DeletingATargetFollowsTheRule) {
    run(task("x", "a", "pa", ", blocked_by_id", ", 'ta'"));
    EXPECT_THAT(fails("DELETE FROM tasks WHERE id = 'ta'"), HasSubstr("FOREIGN KEY")) << "restrict";
    run("DELETE FROM tasks WHERE id = 'x'");
    run("UPDATE projects SET lead_task_id = 't' || workspace_id");
    run("DELETE FROM tasks WHERE id = 'ta'");
    EXPECT_EQ(database_.ask("SELECT id, workspace_id, lead_task_id FROM projects ORDER BY id"), "pa|a|NULL\npb|b|tb\n")
        << "set_null clears the reference, and neither the tenant nor another tenant's row";
    run("DELETE FROM projects WHERE id = 'pb'");
    EXPECT_EQ(database_.ask("SELECT count(*) FROM tasks"), "0\n") << "cascade";
    EXPECT_THAT(fails("DELETE FROM users WHERE id = 'ua'"), HasSubstr("FOREIGN KEY")) << "the project's owner";
}

TEST_F(SqliteMigration, CreatorsStayWhileTheirRowsDo) {
    run("UPDATE tasks SET created_by = 'ub' WHERE id = 'ta'");
    run("DELETE FROM tasks WHERE workspace_id = 'b'");
    run("DELETE FROM projects WHERE workspace_id = 'b'");
    EXPECT_THAT(fails("DELETE FROM users WHERE id = 'ub'"), HasSubstr("FOREIGN KEY"));
    run("DELETE FROM tasks WHERE id = 'ta'");
    run("DELETE FROM users WHERE id = 'ub'");
}

TEST_F(SqliteMigration, DeletingATenantTakesEverythingOfItsOwn) {
    run("UPDATE projects SET lead_task_id = 't' || workspace_id");
    run("INSERT INTO memberships VALUES ('a', 'ua', 'owner', 1), ('b', 'ub', 'owner', 1)");
    run("DELETE FROM workspaces WHERE id = 'a'");
    EXPECT_EQ(database_.ask("SELECT (SELECT group_concat(id) FROM projects), (SELECT group_concat(id) FROM tasks), "
                            "(SELECT group_concat(user_id) FROM memberships)"),
              "pb|tb|ub\n");
}

TEST_F(SqliteMigration, UniqueIsPerTenantAndAmongTheLiving) {
    EXPECT_THAT(fails(project("x", "a", "NAME-a")), HasSubstr("UNIQUE"));
    run(project("x", "b", "NAME-a"));
    run("UPDATE projects SET deleted_at = 1 WHERE id = 'pa'");
    run(project("y", "a", "NAME-a"));
    EXPECT_THAT(fails("UPDATE projects SET deleted_at = NULL WHERE id = 'pa'"), HasSubstr("UNIQUE"));
    EXPECT_THAT(fails("INSERT INTO tasks SELECT * FROM tasks"), HasSubstr("UNIQUE"));
}

TEST_F(SqliteMigration, RulesRefuseBadValues) {
    const auto set = [&](const std::string& what) { return fails("UPDATE tasks SET " + what + " WHERE id = 'ta'"); };
    EXPECT_THAT(set("status = 'lost'"), HasSubstr("tasks_status_values"));
    EXPECT_THAT(set("title = '" + std::string(201, 'x') + "'"), HasSubstr("tasks_title_length"));
    EXPECT_THAT(set("budget = 1, budget_currency = 'DOLLAR'"), HasSubstr("tasks_budget_currency_length"));
    EXPECT_THAT(set("urgent = 2"), HasSubstr("CHECK"));
    EXPECT_THAT(set("extra = '{oops'"), HasSubstr("CHECK"));
    EXPECT_THAT(set("tags = 'none'"), HasSubstr("CHECK"));
    EXPECT_THAT(set("ratio = 100000000000000"), HasSubstr("CHECK"));
    EXPECT_THAT(set("points = 'many'"), HasSubstr("cannot store TEXT"));
    EXPECT_THAT(set("title = NULL"), HasSubstr("NOT NULL"));
    EXPECT_THAT(fails(task("x", "a", "pa", ", status", ", 'lost'")), HasSubstr("tasks_status_values"));
    run("UPDATE tasks SET title = '" + std::string(200, 'x') + "', status = 'done', notes = NULL WHERE id = 'ta'");
    std::string umlauts;
    for (int i = 0; i < 200; ++i) umlauts += "\xC3\xBC";
    run("UPDATE tasks SET title = '" + umlauts + "' WHERE id = 'ta'");
}

TEST_F(SqliteMigration, DownLeavesNothingEvenWithRowsThatReferInCircles) {
    run("UPDATE projects SET lead_task_id = 't' || workspace_id");
    run("UPDATE tasks SET blocked_by_id = id");
    const std::string before = database_.shape();
    ASSERT_EQ(database_.run_in_transaction(made_.sql("sqlite", "down")), "");
    EXPECT_EQ(database_.shape(), "");
    ASSERT_EQ(database_.run_in_transaction(made_.sql("sqlite", "up")), "");
    EXPECT_EQ(database_.shape(), before);
}

TEST(SqliteWords, NamesAndTextsAreQuoted) {
    sample::project made;
    ASSERT_TRUE(made.generate(words_of_sql()));
    sqlite_database database;
    ASSERT_EQ(database.run_in_transaction(made.sql("sqlite", "up")), "");
    ASSERT_EQ(database.run(
                  "INSERT INTO users VALUES ('u', 'u@example.com', 'U', 'x', 1, 1, 1, NULL);"
                  "INSERT INTO groups VALUES ('g', 'G', 1, 1, 1);"
                  "INSERT INTO constraints (id, group_id, \"check\", created_by, created_at, updated_at) VALUES "
                  "('c', 'g', 1, 'u', 1, 1);"
                  "INSERT INTO orders (id, group_id, \"select\", table_id, created_by, created_at, updated_at) VALUES "
                  "('o', 'g', 's', 'c', 'u', 1, 1)"),
              "");
    EXPECT_EQ(database.ask("SELECT \"where\", \"values\", \"json\" FROM orders"),
              "it's|'; DROP TABLE \"orders\"; -- $1 \\|\"it's\"\n");
    EXPECT_EQ(database.run("UPDATE orders SET \"where\" = 'a \"b\"'; UPDATE orders SET \"where\" = 'back\\slash'"), "");
    EXPECT_THAT(database.run("UPDATE orders SET \"where\" = 'b'"), HasSubstr("orders_where_values"));
    ASSERT_EQ(database.run_in_transaction(made.sql("sqlite", "down")), "");
    EXPECT_EQ(database.shape(), "");
}

TEST_F(SqliteMigration, ListsUseTheirIndexes) {
    const auto plan = [&](const std::string& rest) {
        return database_.ask("EXPLAIN QUERY PLAN SELECT * FROM tasks " + rest);
    };
    EXPECT_THAT(plan("WHERE workspace_id = 'a' ORDER BY created_at DESC, id DESC LIMIT 20"),
                HasSubstr("tasks_created_at_id_idx"));
    EXPECT_THAT(plan("WHERE workspace_id = 'a' AND project_id = 'pa'"), HasSubstr("tasks_project_id"));
    EXPECT_THAT(plan("WHERE workspace_id = 'a' AND id = 'ta'"), HasSubstr("sqlite_autoindex_tasks_1"));
}

}  // namespace
}  // namespace tenon::gen
