// Migrations that rows stand in the way of: they fail without losing anything, say why, and run once the rows fit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/migrate/make_schema.hpp"
#include "generator/read/read.hpp"
#include "tests/unit/generator/migrate/evolutions.hpp"
#include "tests/unit/generator/migrate/proof_database.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using ::testing::HasSubstr;

spec task_with(const std::string& fields) {
    const std::string text = spec_text("  Task: {fields: {title: \"string(1..40)\", " + fields +
                                       "}}\n  Plan: {fields: {name: \"string(1..9)\"}}\n");
    const auto made = read_spec({"spec.yaml", text});
    EXPECT_TRUE(made) << text;
    return *made;
}

struct refusal {
    std::string name;
    std::string before;
    std::string after;
    std::string sqlite_says;
    std::string postgres_says;
    std::string mend;
};

std::vector<refusal> refusals() {
    return {
        {"too_long", "s: \"string(1..9)\"", "s: \"string(1..3)\"", "tasks_s_length", "tasks_s_length",
         "UPDATE tasks SET s = 'abc'"},
        {"value_gone", "e: \"enum [a, b]\"", "e: \"enum [a]\"", "tasks_e_values", "tasks_e_values",
         "UPDATE tasks SET e = 'a'"},
        {"item_gone", "l: \"enum [a, b][]\"", "l: \"enum [a][]\"", "malformed JSON", "tasks_l: rows have b",
         "UPDATE tasks SET l = '[]'"},
        {"no_value", "n: \"int?\"", "n: int", "NOT NULL", "tasks_n_not_null", "UPDATE tasks SET n = 1"},
        {"not_unique", "n: int", "n: {type: int, unique: true}", "UNIQUE", "could not create unique index",
         "DELETE FROM tasks WHERE id <> (SELECT CAST(min(CAST(id AS text)) AS uuid) FROM tasks)"},
        {"dangling", "plan_id: \"uuid?\"", "plan: {type: \"ref Plan?\", was: plan_id}", "refers to nothing",
         "tasks_plan_id_fkey: rows refer to nothing in plans", "UPDATE tasks SET plan_id = NULL"},
    };
}

/// From `before` with rows to `after`, as far as it goes.
class stopped {
  public:
    stopped(const refusal& one, proof_database& database) : one_(one), database_(database) {}

    void run() {
        ASSERT_TRUE(made_.generate(task_with(one_.before)));
        database_.empty();
        ASSERT_EQ(up(), "");
        ASSERT_EQ(database_.change(insert_rows(make_schema(resolve(task_with(one_.before))), database_.kind())), "");
        if (one_.name == "item_gone") {
            ASSERT_EQ(database_.change("UPDATE tasks SET l = '[\"a\",\"b\"]'"), "");
        }
        if (one_.name == "not_unique") {
            ASSERT_EQ(database_.change("UPDATE tasks SET n = 5"), "");
        }
        const std::string rows = database_.ask("SELECT * FROM tasks ORDER BY id");
        const std::string first = database_.shape();
        ASSERT_TRUE(made_.generate(task_with(one_.after), {true}));

        const bool sqlite = database_.kind() == dialect::sqlite;
        EXPECT_THAT(up(), HasSubstr(sqlite ? one_.sqlite_says : one_.postgres_says));
        EXPECT_EQ(database_.ask("SELECT * FROM tasks ORDER BY id"), rows);
        go_back_half_way(first, sqlite);
        mend_and_go_on(sqlite);
    }

  private:
    /// The failure; empty when all of it ran. PostgreSQL's first part stays when the second fails.
    std::string up() {
        for (const std::string& name : made_.last.names) {
            if (done_.contains(name)) continue;
            std::string failed = database_.migrate(made_.sql_of(name, database_.folder(), "up"));
            if (!failed.empty()) return failed;
            done_.insert(name);
        }
        return {};
    }

    void go_back_half_way(const std::string& first, bool sqlite) {
        if (sqlite) {
            EXPECT_EQ(database_.shape(), first) << "one transaction";
            return;
        }
        EXPECT_EQ(database_.migrate(made_.sql("postgres", "down")), "");
        EXPECT_EQ(database_.shape(), first) << "the first part is taken back, whatever the second left";
        EXPECT_EQ(database_.migrate(made_.sql("postgres", "up")), "");
    }

    void mend_and_go_on(bool sqlite) {
        std::string mend = one_.mend;
        if (sqlite && mend.starts_with("DELETE")) mend = "DELETE FROM tasks WHERE id <> (SELECT min(id) FROM tasks)";
        ASSERT_EQ(database_.change(mend), "");
        EXPECT_EQ(up(), "");
        project fresh;
        ASSERT_TRUE(fresh.generate(task_with(one_.after)));
        const std::string now = database_.shape();
        database_.empty();
        EXPECT_EQ(database_.migrate(fresh.sql(database_.folder(), "up")), "");
        EXPECT_EQ(now, database_.shape());
    }

    const refusal& one_;
    proof_database& database_;
    project made_;
    std::set<std::string> done_;
};

/// Deleted softly, a row may share its value with another. When rows are deleted for good from now on, both come back:
/// that is told before deleted_at, which told them apart, is gone.
void keep_what_is_deleted_apart(proof_database& database) {
    const auto product = [](const std::string& rest) {
        const auto made = read_spec({"spec.yaml", spec_text("  Task: {fields: {n: {type: int, unique: true}, m: "
                                                            "\"int?\"}, unique: [[n, m]]" +
                                                            rest + "}\n")});
        EXPECT_TRUE(made);
        return *made;
    };
    project made;
    ASSERT_TRUE(made.generate(product(", soft_delete: true")));
    database.empty();
    ASSERT_EQ(database.migrate(made.sql(database.folder(), "up")), "");
    ASSERT_EQ(database.change(insert_rows(make_schema(resolve(product(", soft_delete: true"))), database.kind())), "");
    ASSERT_EQ(database.change("UPDATE tasks SET deleted_at = created_at, n = 5 WHERE n <> 14"), "");
    ASSERT_EQ(database.change("UPDATE tasks SET n = 5 WHERE n = 14"), "");
    const std::string rows = database.ask("SELECT * FROM tasks ORDER BY id");
    const std::string shape = database.shape();
    ASSERT_TRUE(made.generate(product(""), {true}));
    const std::string up = made.sql(database.folder(), "up");
    EXPECT_THAT(database.migrate(up),
                HasSubstr(database.kind() == dialect::sqlite ? "UNIQUE constraint failed" : "tasks_n_key: rows share"));
    EXPECT_EQ(database.ask("SELECT * FROM tasks ORDER BY id"), rows);
    EXPECT_EQ(database.shape(), shape);

    // Rows of two tenants share nothing, and no value is like another.
    ASSERT_EQ(database.change("UPDATE tasks SET n = CAST(substr(CAST(id AS text), 36) AS integer)"), "");
    for (const std::string& name : made.last.names)
        EXPECT_EQ(database.migrate(made.sql_of(name, database.folder(), "up")), "");
    EXPECT_EQ(database.ask("SELECT count(*) FROM tasks"), "6\n");
}

TEST(RefusingRows, KeepWhatIsDeletedApartOnSqlite) {
    keep_what_is_deleted_apart(*sqlite_proof());
}

TEST(PostgresRefusingRows, KeepWhatIsDeletedApart) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    keep_what_is_deleted_apart(*postgres_proof(*cluster));
}

TEST(RefusingRows, StopSqlite) {
    for (const refusal& one : refusals()) {
        SCOPED_TRACE(one.name);
        stopped(one, *sqlite_proof()).run();
    }
}

TEST(PostgresRefusingRows, StopTheOnlinePart) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    const auto database = postgres_proof(*cluster);
    for (const refusal& one : refusals()) {
        SCOPED_TRACE(one.name);
        stopped(one, *database).run();
    }
}

}  // namespace
}  // namespace tenon::gen
