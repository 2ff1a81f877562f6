// The migration runner on a real PostgreSQL: transactions, statements one by one, and one runner at a time.
#include <gmock/gmock.h>

#include <future>

#include "migrations/migrate.hpp"
#include "postgres_server.hpp"
#include "tests/unit/generator/migrate/postgres_session.hpp"

namespace tenon::db {
namespace {

using list = std::vector<db::migration>;
using names = std::vector<std::string>;
using testing::HasSubstr;
using testing::Not;

class postgres_migrate_test : public postgres_server_test {
  protected:
    static constexpr db::migration first{"0001_first", "CREATE TABLE a (id text PRIMARY KEY);", "DROP TABLE a;"};
    static constexpr db::migration second{"0002_second",
                                          "-- a comment; with a semicolon\n"
                                          "SET LOCAL lock_timeout = '5s';\n\n"
                                          "CREATE TABLE b (a_id text REFERENCES a (id), text text DEFAULT 'x;y');\n"
                                          "DO $$ BEGIN PERFORM 1; END $$;\n"
                                          "/* the end; */",
                                          "DROP TABLE b;"};
    /// CREATE INDEX CONCURRENTLY waits for every transaction of the database, and for whoever waits in one.
    static constexpr db::migration online{"0003_online",
                                          "-- no-transaction: looks at rows\n\n"
                                          "DROP INDEX CONCURRENTLY IF EXISTS b_text;\n"
                                          "   \n"
                                          "CREATE UNIQUE INDEX CONCURRENTLY b_text ON b (text);\n\n\n"
                                          "-- the end\n",
                                          "-- Nothing to do here.\n"};

    static std::string url() { return server().url(); }
    static bool has(const std::string& relation) {
        return server().run("SELECT to_regclass('" + relation + "') IS NOT NULL") == "t\n";
    }
    static result<names> up(const list& all) { return migrate_up(url(), all); }
    static result<names> down(const list& all, std::size_t steps = 1) { return migrate_down(url(), all, steps); }
    static std::string message(const result<names>& ran) { return ran ? "it ran" : ran.error().message; }
    /// "applied 0001_first" …
    static names status(const list& all) {
        const auto states = migration_status(url(), all);
        if (!states) return {states.error().message};
        names out;
        for (const migration_state& each : *states)
            out.push_back((each.unknown   ? "unknown "
                           : each.changed ? "changed "
                           : each.applied ? "applied "
                                          : "pending ") +
                          each.name);
        return out;
    }
};

TEST_F(postgres_migrate_test, goes_up_and_down_and_up) {
    const list all{first, second, online};
    auto ran = up({first});
    ASSERT_TRUE(ran) << message(ran);
    EXPECT_EQ(*ran, names{"0001_first"});
    ran = up(all);
    ASSERT_TRUE(ran) << message(ran);
    EXPECT_EQ(*ran, (names{"0002_second", "0003_online"}));
    EXPECT_TRUE(has("b_text"));
    ran = up(all);
    ASSERT_TRUE(ran) << message(ran);
    EXPECT_EQ(*ran, names{});

    ran = down(all, 2);
    ASSERT_TRUE(ran) << message(ran);
    EXPECT_EQ(*ran, (names{"0003_online", "0002_second"}));
    EXPECT_FALSE(has("b"));
    EXPECT_TRUE(has("a"));
    ran = down(all, 5);
    ASSERT_TRUE(ran) << message(ran);
    EXPECT_EQ(*ran, names{"0001_first"});
    ran = up(all);
    ASSERT_TRUE(ran) << message(ran);
    EXPECT_EQ(ran->size(), 3U);
}

TEST_F(postgres_migrate_test, status_tells_each_and_makes_nothing) {
    EXPECT_EQ(status({first, second}), (names{"pending 0001_first", "pending 0002_second"}));
    EXPECT_FALSE(has("schema_migrations"));
    ASSERT_TRUE(up({first, second}));
    const db::migration edited{"0001_first", "CREATE TABLE a (id text PRIMARY KEY, more text);", ""};
    EXPECT_EQ(status({edited, online}), (names{"changed 0001_first", "pending 0003_online", "unknown 0002_second"}));
}

TEST_F(postgres_migrate_test, a_failing_statement_leaves_nothing_and_its_line_is_told) {
    const db::migration broken{"0002_broken", "-- Größe\nCREATE TABLE c (id text);\nINSERT INTO nowhere VALUES (1);",
                               ""};
    const auto ran = up({first, broken});
    EXPECT_EQ(message(ran), "0002_broken: line 3: relation \"nowhere\" does not exist (42P01)");
    EXPECT_TRUE(has("a")) << "the one before it stays";
    EXPECT_FALSE(has("c"));
    EXPECT_EQ(status({first, broken}), (names{"applied 0001_first", "pending 0002_broken"}));
    EXPECT_TRUE(up({first, second}));
}

TEST_F(postgres_migrate_test, rows_in_the_way_are_a_conflict_and_not_quoted) {
    const db::migration rows{"0002_rows", "INSERT INTO a VALUES ('a secret'), ('another');", "DELETE FROM a;"};
    const db::migration unique{"0003_unique", "ALTER TABLE a ADD one int DEFAULT 1; ALTER TABLE a ADD UNIQUE (one);",
                               ""};
    const auto ran = up({first, rows, unique});
    ASSERT_FALSE(ran);
    EXPECT_EQ(ran.error().code, errc::conflict);
    EXPECT_THAT(ran.error().message, HasSubstr("(23505)"));
    EXPECT_THAT(ran.error().message, Not(HasSubstr("secret")));
}

TEST_F(postgres_migrate_test, an_interrupted_migration_without_transaction_runs_again) {
    const list all{first, second, online};
    ASSERT_TRUE(up({first, second}));
    server().run("INSERT INTO b (text) VALUES ('same'), ('same')");
    auto ran = up(all);
    ASSERT_FALSE(ran);
    EXPECT_EQ(ran.error().code, errc::conflict);
    EXPECT_THAT(message(ran), HasSubstr("0003_online: "));
    EXPECT_TRUE(has("b_text")) << "PostgreSQL leaves an index that is not valid";
    EXPECT_EQ(status(all).back(), "pending 0003_online");

    server().run("DELETE FROM b");
    ran = up(all);
    ASSERT_TRUE(ran) << message(ran);
    EXPECT_EQ(server().run("SELECT indisvalid FROM pg_index WHERE indexrelid = 'b_text'::regclass"), "t\n");
}

TEST_F(postgres_migrate_test, lines_are_counted_from_the_head_of_the_text) {
    const db::migration broken{"0001_broken", "-- no-transaction: why not\n\nSELECT 1;\n\nSELECT\n  nothing;\n", ""};
    EXPECT_EQ(message(up({broken})), "0001_broken: line 6: column \"nothing\" does not exist (42703)");
}

TEST_F(postgres_migrate_test, settings_of_a_migration_do_not_reach_the_next) {
    const db::migration sets{"0001_sets", "-- no-transaction: it sets\n\nSET lock_timeout = '7s';\n", ""};
    const db::migration sees{"0002_sees", "CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS it;", ""};
    const auto ran = up({sets, sees});
    ASSERT_TRUE(ran) << message(ran);
    EXPECT_EQ(server().run("SELECT it FROM seen"), "0\n");
}

TEST_F(postgres_migrate_test, refuses_to_take_back_what_is_irreversible) {
    const db::migration oneway{"0002_oneway", "CREATE TABLE d (id text);", "-- irreversible: drops the column 'x'\n"};
    ASSERT_TRUE(up({first, oneway}));
    const auto ran = down({first, oneway});
    EXPECT_EQ(message(ran), "Migration 0002_oneway cannot be taken back: it drops the column 'x'.");
    EXPECT_TRUE(has("d"));
}

TEST_F(postgres_migrate_test, refuses_histories_that_it_cannot_continue) {
    ASSERT_TRUE(up({first, second}));
    const db::migration edited{"0001_first", "CREATE TABLE a (id text PRIMARY KEY, more text);", ""};
    EXPECT_THAT(message(up({edited, second, online})), HasSubstr("applied with another text"));
    const db::migration between{"0001_first_and_more", "CREATE TABLE c (id text);", "DROP TABLE c;"};
    EXPECT_EQ(message(up({first, between, second})), "Migration 0002_second was applied before an earlier one.");
    EXPECT_FALSE(has("c"));
    EXPECT_THAT(message(down({first})), HasSubstr("not one that this program knows"));
    EXPECT_TRUE(up({first})) << "an older program has nothing to do";
}

TEST_F(postgres_migrate_test, refuses_texts_that_end_or_keep_their_transaction) {
    const db::migration sly{"0001_sly", "CREATE TABLE a (id text); COMMIT;", ""};
    EXPECT_THAT(message(up({sly})), HasSubstr("ends the transaction"));
    const db::migration open{"0001_open", "-- no-transaction: why not\n\nBEGIN;\n\nCREATE TABLE c (id text);\n", ""};
    EXPECT_THAT(message(up({open})), HasSubstr("leaves a transaction open"));
    EXPECT_FALSE(has("c"));
    const db::migration copies{"0001_copies", "CREATE TABLE c (id text); COPY c FROM STDIN;", ""};
    EXPECT_THAT(message(up({copies})), HasSubstr("COPY"));
    EXPECT_FALSE(has("c"));
    const db::migration zero{"0001_zero", std::string_view("CREATE TABLE c (id text);\0DROP", 30), ""};
    EXPECT_THAT(message(up({zero})), HasSubstr("zero byte"));
}

TEST_F(postgres_migrate_test, several_runners_at_once_apply_each_migration_once) {
    const list all{first, second, online};
    std::vector<std::future<result<names>>> running;
    for (int i = 0; i < 4; ++i) running.push_back(std::async(std::launch::async, [&] { return up(all); }));
    std::size_t ran = 0;
    for (auto& each : running) {
        const auto out = each.get();
        ASSERT_TRUE(out) << message(out);
        ran += out->size();
    }
    EXPECT_EQ(ran, 3U);
}

TEST_F(postgres_migrate_test, waits_for_a_runner_and_status_does_not) {
    ASSERT_TRUE(up({first}));
    gen::postgres_session other(server().address("product", "owner"));
    other.run("SELECT pg_advisory_lock(499917942638)");
    auto waiting = std::async(std::launch::async, [] { return up({first, second}); });
    EXPECT_EQ(status({first, second}), (names{"applied 0001_first", "pending 0002_second"}));
    EXPECT_EQ(waiting.wait_for(std::chrono::milliseconds(300)), std::future_status::timeout);
    other.run("SELECT pg_advisory_unlock_all()");
    const auto ran = waiting.get();
    ASSERT_TRUE(ran) << message(ran);
    EXPECT_EQ(*ran, names{"0002_second"});
}

TEST_F(postgres_migrate_test, a_role_without_rights_is_told_so) {
    const auto ran = migrate_up(server().url("reader"), list{first});
    EXPECT_EQ(message(ran), "0001_first: line 1: permission denied for schema public (42501)");
}

TEST_F(postgres_migrate_test, says_why_the_server_does_not_let_us_in) {
    const auto nobody = migrate_up(server().url("nobody"), list{first});
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().code, errc::unavailable);
    EXPECT_THAT(nobody.error().message, HasSubstr("role \"nobody\" does not exist"));
    const auto nothing = migration_status("postgres://me:s3cr3t-words@127.0.0.1:1/x", list{first});
    ASSERT_FALSE(nothing);
    EXPECT_EQ(nothing.error().code, errc::unavailable);
    EXPECT_THAT(nothing.error().message, HasSubstr("port 1 failed: Connection refused"));
    EXPECT_THAT(nothing.error().message, Not(HasSubstr("s3cr3t")));
}

}  // namespace
}  // namespace tenon::db
