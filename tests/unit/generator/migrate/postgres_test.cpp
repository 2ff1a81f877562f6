// Both migrations on a real PostgreSQL: constraints, row-level security, down and up again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/generator/migrate/example_specs.hpp"
#include "tests/unit/generator/migrate/postgres_cluster.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using ::testing::HasSubstr;

const std::string user = "00000000-0000-7000-8000-000000000001";
const std::string a = "00000000-0000-7000-8000-00000000000a";
const std::string b = "00000000-0000-7000-8000-00000000000b";
const std::string project_a = "10000000-0000-7000-8000-00000000000a";
const std::string project_b = "10000000-0000-7000-8000-00000000000b";
const std::string task_a = "20000000-0000-7000-8000-00000000000a";
const std::string task_b = "20000000-0000-7000-8000-00000000000b";

/// One cluster for all tests; each begins with the first migration and rows of two tenants.
class PostgresMigration : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { cluster = postgres_cluster::start(why); }
    static void TearDownTestSuite() { cluster.reset(); }

    void SetUp() override {
        ASSERT_NE(cluster, nullptr) << why;
        cluster->recreate();
        ASSERT_TRUE(made_.generate(projects_and_tasks()));
        ASSERT_EQ(cluster->run(made_.sql("postgres", "up")), "");
        accepts(as_service() + "INSERT INTO users VALUES ('" + user +
                "', 'u@example.com', 'U', 'x', now(), now());"
                "INSERT INTO workspaces VALUES ('" +
                a + "', 'A', now(), now()), ('" + b + "', 'B', now(), now());");
        accepts(as(a) + project(project_a, a, "AA") + task(task_a, a, project_a));
        accepts(as(b) + project(project_b, b, "BB") + task(task_b, b, project_b));
    }

    static std::string as(const std::string& tenant) {
        return "SET LOCAL client_min_messages = warning; SET LOCAL app.tenant = '" + tenant + "';";
    }
    static std::string as_service() { return "SET LOCAL app.scope = 'service';"; }
    static std::string project(const std::string& id, const std::string& tenant, const std::string& code) {
        return "INSERT INTO projects (id, workspace_id, name, code, owner_id, created_by, created_at, updated_at) "
               "VALUES ('" +
               id + "', '" + tenant + "', 'P', '" + code + "', '" + user + "', '" + user + "', now(), now());";
    }
    static std::string task(const std::string& id, const std::string& tenant, const std::string& of) {
        return "INSERT INTO tasks (id, workspace_id, title, project_id, tags, weight, created_by, created_at, "
               "updated_at) VALUES "
               "('" +
               id + "', '" + tenant + "', 'T', '" + of + "', '[]', 1.5, '" + user + "', now(), now());";
    }
    static void accepts(const std::string& sql) { EXPECT_EQ(cluster->run(sql), "") << sql; }
    static std::string ask(const std::string& sql, const std::string& role = "owner") {
        return cluster->run(sql, role);
    }

    static std::unique_ptr<postgres_cluster> cluster;
    static std::string why;
    sample::project made_;
};

std::unique_ptr<postgres_cluster> PostgresMigration::cluster;
std::string PostgresMigration::why;

TEST_F(PostgresMigration, RowsAreSeenAndTakenByTheirTenantOnly) {
    for (const char* role : {"owner", "reader"}) {
        EXPECT_EQ(ask("SELECT count(*) FROM tasks", role), "0\n") << "no tenant set, as " << role;
        EXPECT_EQ(ask(as(a) + "SELECT id FROM tasks", role), task_a + "\n");
        EXPECT_EQ(ask(as(a) + "UPDATE tasks SET points = 9 WHERE id = '" + task_b + "' RETURNING id", role), "");
        EXPECT_EQ(ask(as(a) + "DELETE FROM tasks WHERE id = '" + task_b + "' RETURNING id", role), "");
        EXPECT_THAT(ask(as(a) + project("10000000-0000-7000-8000-0000000000ff", b, "CC"), role),
                    HasSubstr("row-level security"));
        EXPECT_THAT(ask(as(a) + "UPDATE tasks SET workspace_id = '" + b + "'", role), HasSubstr("row-level security"));
        EXPECT_EQ(ask("SET LOCAL app.tenant = ''; SELECT count(*) FROM tasks", role), "0\n") << "the empty setting";
    }
}

TEST_F(PostgresMigration, ReferencesStayInsideTheTenant) {
    EXPECT_THAT(ask(as(a) + "UPDATE tasks SET project_id = '" + project_b + "'"), HasSubstr("tasks_project_id_fkey"));
    EXPECT_THAT(ask(as(a) + "UPDATE projects SET lead_task_id = '" + task_b + "'"),
                HasSubstr("projects_lead_task_id_fkey"));
}

TEST_F(PostgresMigration, DeletingATargetFollowsTheRule) {
    accepts(as(a) + "UPDATE projects SET lead_task_id = '" + task_a + "'");
    accepts(as(a) + "DELETE FROM tasks");
    EXPECT_EQ(ask(as(a) + "SELECT workspace_id, lead_task_id IS NULL FROM projects"), a + "|t\n");
    accepts(as(b) + "DELETE FROM projects");
    EXPECT_EQ(ask(as(b) + "SELECT count(*) FROM tasks"), "0\n");
    EXPECT_THAT(ask(as_service() + "DELETE FROM users"), HasSubstr("projects_owner_id_fkey"));
    accepts(as_service() + "DELETE FROM workspaces WHERE id = '" + a + "'");
    EXPECT_EQ(ask(as(a) + "SELECT count(*) FROM projects"), "0\n");
}

TEST_F(PostgresMigration, RulesRefuseBadValues) {
    const auto set = [](const std::string& what) { return ask(as(a) + "UPDATE tasks SET " + what); };
    EXPECT_THAT(set("status = 'lost'"), HasSubstr("tasks_status_values"));
    EXPECT_THAT(set("title = repeat('x', 201)"), HasSubstr("tasks_title_length"));
    EXPECT_THAT(set("extra = '{oops'"), HasSubstr("json"));
    EXPECT_THAT(set("ratio = 1000000000000"), HasSubstr("overflow"));
    EXPECT_THAT(ask(as(a) + project("10000000-0000-7000-8000-0000000000ff", a, "AA")), HasSubstr("projects_code_key"));
    accepts(as(a) + "UPDATE tasks SET title = repeat('\xC3\xBC', 200), status = 'done'");
    accepts(as(a) + "UPDATE projects SET deleted_at = now();" +
            project("10000000-0000-7000-8000-0000000000ff", a, "AA"));
    EXPECT_EQ(ask(as(b) + "SELECT status, ratio, points, urgent, extra, starts <= now() FROM tasks"),
              "open|3.50|1|f|{}|t\n");
}

TEST_F(PostgresMigration, NamesAndTextsAreQuoted) {
    cluster->recreate();
    sample::project made;
    ASSERT_TRUE(made.generate(words_of_sql()));
    ASSERT_EQ(cluster->run(made.sql("postgres", "up")), "");
    accepts(as_service() + "INSERT INTO users VALUES ('" + user + "', 'u@example.com', 'U', 'x', now(), now());");
    accepts("SET LOCAL app.tenant = '" + a + "'; INSERT INTO groups VALUES ('" + a + "', 'G', now(), now());" +
            "INSERT INTO constraints (id, group_id, \"check\", created_by, created_at, updated_at) VALUES ('" + task_a +
            "', '" + a + "', true, '" + user + "', now(), now());" +
            "INSERT INTO orders (id, group_id, \"select\", table_id, created_by, created_at, updated_at) VALUES ('" +
            task_b + "', '" + a + "', 's', '" + task_a + "', '" + user + "', now(), now());" +
            "UPDATE orders SET \"where\" = 'back\\slash'");
    EXPECT_EQ(ask("SET LOCAL app.tenant = '" + a + "'; SELECT \"where\", \"values\", \"json\" FROM orders"),
              "back\\slash|'; DROP TABLE \"orders\"; -- $1 \\|\"it's\"\n");
    EXPECT_EQ(cluster->run(made.sql("postgres", "down")), "");
    EXPECT_EQ(cluster->shape(), "");
}

TEST_F(PostgresMigration, EveryExampleGoesUpAndDown) {
    for (const auto& [example, sql] : example_migrations("postgres")) {
        SCOPED_TRACE(example);
        cluster->recreate();
        ASSERT_EQ(cluster->run(sql.at("up")), "");
        ASSERT_EQ(cluster->run(sql.at("down")), "");
        EXPECT_EQ(cluster->shape(), "");
    }
}

TEST_F(PostgresMigration, DownLeavesNothingAndUpMakesTheSame) {
    accepts(as(a) + "UPDATE projects SET lead_task_id = '" + task_a + "'");
    const std::string before = cluster->shape();
    EXPECT_EQ(cluster->run(made_.sql("postgres", "down")), "");
    EXPECT_EQ(cluster->shape(), "");
    EXPECT_EQ(cluster->run(made_.sql("postgres", "up")), "");
    EXPECT_EQ(cluster->shape(), before);
}

TEST_F(PostgresMigration, TheSecondMigrationKeepsRowsAndGoesBack) {
    const std::string first = cluster->shape();
    ASSERT_TRUE(made_.generate(projects_and_tasks_grown()));
    ASSERT_EQ(cluster->run(made_.sql("postgres", "up")), "") << made_.sql("postgres", "up");
    ASSERT_EQ(cluster->run_one_by_one(made_.online()), "") << made_.online();
    EXPECT_EQ(ask(as(a) + "SELECT priority, estimate, level, seen <= now() FROM tasks"), "3||low|t\n");
    accepts(as(a) + "UPDATE tasks SET status = 'it''s blocked', epic_id = project_id");
    EXPECT_THAT(ask(as(a) + "UPDATE tasks SET epic_id = '" + project_b + "'"), HasSubstr("tasks_epic_id_fkey"));
    EXPECT_EQ(ask(as(a) + "SELECT count(*) FROM milestones"), "0\n");
    accepts(as(a) + "UPDATE tasks SET status = 'open'");
    const std::string second = cluster->shape();
    ASSERT_EQ(cluster->run(made_.sql("postgres", "down")), "");
    EXPECT_EQ(cluster->shape(), first);
    ASSERT_EQ(cluster->run(made_.sql("postgres", "up")), "");
    ASSERT_EQ(cluster->run_one_by_one(made_.online()), "");
    EXPECT_EQ(cluster->shape(), second);
}

}  // namespace
}  // namespace tenon::gen
