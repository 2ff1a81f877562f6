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

spec task_with(const std::string& fields, const std::string& more = {}) {
    const std::string text = spec_text("  Task: {fields: {title: \"string(1..40)\", " + fields +
                                       "}}\n  Plan: {fields: {name: \"string(1..9)\"}}\n" + more);
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
    std::string spoil;  ///< Makes the rows stand in the way, if they do not as they are.
    bool late = false;  ///< Rows may come to stand in the way while the online part is still to come.
};

std::vector<refusal> refusals() {
    const std::string apart = "UPDATE tasks SET n = CAST(substr(CAST(id AS text), 36) AS integer)";
    return {
        {"too_long", "s: \"string(1..9)\"", "s: \"string(1..3)\"", "tasks_s_length", "tasks_s_length",
         "UPDATE tasks SET s = 'abc'", ""},
        {"value_gone", "e: \"enum [a, b]\"", "e: \"enum [a]\"", "tasks_e_values", "tasks_e_values",
         "UPDATE tasks SET e = 'a'", ""},
        {"item_gone", "l: \"enum [a, b][]\"", "l: \"enum [a][]\"", "tasks_l: rows have b", "tasks_l: rows have b",
         "UPDATE tasks SET l = '[]'", "UPDATE tasks SET l = '[\"a\",\"b\"]'", true},
        {"no_value", "n: \"int?\"", "n: int", "NOT NULL", "tasks_n_not_null", "UPDATE tasks SET n = 1",
         "UPDATE tasks SET n = NULL", true},
        {"not_unique", "n: int", "n: {type: int, unique: true}", "UNIQUE", "tasks_n_key", apart,
         "UPDATE tasks SET n = 5", true},
        {"values_joined", "e: {type: \"enum [a, b, c]\", unique: true}",
         "e: {type: \"enum [a (was b), c]\", unique: true}", "UNIQUE", "tasks_e_key", "DELETE FROM tasks WHERE e = 'b'",
         ""},
        {"filled_alike", "n: {type: \"int?\", unique: true}", "n: {type: int = 14, unique: true}", "UNIQUE",
         "tasks_n_key", apart, ""},
        {"dangling", "plan_id: \"uuid?\"", "plan: {type: \"ref Plan?\", was: plan_id}", "refers to nothing",
         "tasks_plan_id_fkey: rows refer to nothing in plans", "UPDATE tasks SET plan_id = NULL",
         "UPDATE tasks SET plan_id = '50000000-0000-7000-8000-000000000000'", true},
    };
}

/// From `before` with rows to `after`, as far as it goes.
class stopped {
  public:
    stopped(const refusal& one, proof_database& database) : one_(one), database_(database) {}

    /// In one step with what does not come back: it stops before that.
    void run() {
        const std::string gone = "  Old: {fields: {name: \"string(1..9)\"}}\n";
        start(gone);
        ASSERT_EQ(database_.change(one_.spoil), "");
        const std::string rows = all_rows();
        const std::string old_rows = database_.ask("SELECT * FROM olds ORDER BY id");
        const std::string first = database_.shape();
        ASSERT_TRUE(made_.generate(task_with(one_.after), {true}));
        EXPECT_THAT(up(), HasSubstr(database_.kind() == dialect::sqlite ? one_.sqlite_says : one_.postgres_says));
        EXPECT_THAT(done_, testing::Not(testing::Contains(made_.last.names.front()))) << "half done";
        EXPECT_EQ(database_.shape(), first);
        EXPECT_EQ(all_rows(), rows);
        EXPECT_EQ(database_.ask("SELECT * FROM olds ORDER BY id"), old_rows);
        mend_and_go_on();
    }

    /// PostgreSQL's first part stays when the rows come to stand in the way of the second between the two.
    void run_late() {
        start("");
        ASSERT_EQ(database_.change(one_.mend), "");
        const std::string first = database_.shape();
        ASSERT_TRUE(made_.generate(task_with(one_.after), {true}));
        ASSERT_EQ(database_.migrate(made_.sql("postgres", "up")), "");
        ASSERT_EQ(database_.change(one_.spoil), "");
        const std::string rows = all_rows();
        EXPECT_NE(database_.migrate(made_.online()), "");
        EXPECT_EQ(all_rows(), rows);
        EXPECT_EQ(database_.migrate(made_.sql("postgres", "down")), "");
        EXPECT_EQ(database_.shape(), first) << "the first part is taken back, whatever the second left";
        mend_and_go_on();
    }

  private:
    void start(const std::string& more) {
        const spec before = task_with(one_.before, more);
        ASSERT_TRUE(made_.generate(before));
        database_.empty();
        ASSERT_EQ(up(), "");
        ASSERT_EQ(database_.change(insert_rows(make_schema(resolve(before)), database_.kind())), "");
    }

    std::string all_rows() { return database_.ask("SELECT * FROM tasks ORDER BY id"); }

    /// The failure; empty when all of it ran.
    std::string up() {
        for (const std::string& name : made_.last.names) {
            if (done_.contains(name)) continue;
            std::string failed = database_.migrate(made_.sql_of(name, database_.folder(), "up"));
            if (!failed.empty()) return failed;
            done_.insert(name);
        }
        return {};
    }

    void mend_and_go_on() {
        ASSERT_EQ(database_.change(one_.mend), "");
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
    EXPECT_THAT(database.migrate(up), HasSubstr(database.kind() == dialect::sqlite
                                                    ? "UNIQUE constraint failed"
                                                    : "tasks_n_key: rows share a value, the deleted ones included"));
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

template <class Try>
void on_postgres(Try attempt) {
    std::string why;
    const auto cluster = postgres_cluster::start(why);
    ASSERT_NE(cluster, nullptr) << why;
    const auto database = postgres_proof(*cluster);
    for (const refusal& one : refusals()) {
        SCOPED_TRACE(one.name);
        attempt(one, *database);
    }
}

TEST(PostgresRefusingRows, StopAMigrationBeforeItChangesAnything) {
    on_postgres([](const refusal& one, auto& database) { stopped(one, database).run(); });
}

TEST(PostgresRefusingRows, StopTheOnlinePart) {
    on_postgres([](const refusal& one, auto& database) {
        if (one.late) stopped(one, database).run_late();
    });
}

}  // namespace
}  // namespace tenon::gen
