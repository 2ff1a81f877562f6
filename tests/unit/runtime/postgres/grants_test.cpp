// What a migration run lets the serving role do, and what not (RF-3): on a real PostgreSQL.
#include <gmock/gmock.h>

#include "migrations/migrate.hpp"
#include "postgres_server.hpp"

namespace tenon::db {
namespace {

using list = std::vector<db::migration>;
using testing::HasSubstr;

class postgres_grants_test : public postgres_server_test {
  protected:
    static constexpr db::migration first{
        "0001_first",
        "CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text);"
        "CREATE VIEW texts AS SELECT text FROM notes;",
        "DROP VIEW texts; DROP TABLE notes;"};

    void SetUp() override {
        postgres_server_test::SetUp();
        if (IsSkipped()) return;
        // Without the fixture's default privileges: what the reader may do comes from the run alone.
        server().run(
            "ALTER DEFAULT PRIVILEGES FOR ROLE owner REVOKE ALL ON TABLES FROM reader;"
            "REVOKE ALL ON SCHEMA public FROM PUBLIC;");
    }
    static std::string as_reader(const std::string& sql) { return server().run(sql, "reader"); }
    static auto up(const list& all) { return migrate_up(server().url(), all, server().url("reader")); }
};

TEST_F(postgres_grants_test, let_the_serving_role_read_and_write_rows) {
    ASSERT_TRUE(up({first}));
    EXPECT_EQ(as_reader("INSERT INTO notes (text) VALUES ('a') RETURNING id"), "1\n");
    EXPECT_EQ(as_reader("UPDATE notes SET text = 'b' RETURNING text"), "b\n");
    EXPECT_EQ(as_reader("TABLE texts"), "b\n");
    EXPECT_EQ(as_reader("DELETE FROM notes RETURNING text"), "b\n");
    EXPECT_EQ(as_reader("SELECT name FROM schema_migrations"), "0001_first\n");
}

TEST_F(postgres_grants_test, allow_nothing_else) {
    ASSERT_TRUE(up({first}));
    for (const char* sql :
         {"TRUNCATE notes", "DROP TABLE notes", "ALTER TABLE notes DISABLE ROW LEVEL SECURITY", "CREATE TABLE b ()",
          "CREATE TRIGGER t BEFORE INSERT ON notes EXECUTE FUNCTION suppress_redundant_updates_trigger()",
          "INSERT INTO schema_migrations (name, checksum) VALUES ('x', 'y')", "DELETE FROM schema_migrations",
          "UPDATE schema_migrations SET checksum = ''", "SET ROLE owner", "SET SESSION AUTHORIZATION owner"})
        EXPECT_THAT(as_reader(sql), HasSubstr("ERROR")) << sql;
}

TEST_F(postgres_grants_test, leave_out_commands_that_no_policy_permits) {
    const db::migration secured{"0001_first",
                                "CREATE TABLE notes (text text); ALTER TABLE notes ENABLE ROW LEVEL SECURITY;"
                                "CREATE POLICY reads ON notes FOR SELECT USING (true);"
                                "CREATE POLICY adds ON notes FOR INSERT WITH CHECK (true);"
                                "CREATE POLICY limits ON notes AS RESTRICTIVE FOR UPDATE USING (true);"
                                "CREATE POLICY owner ON notes TO CURRENT_USER USING (true);",
                                "DROP TABLE notes;"};
    ASSERT_TRUE(up({secured}));
    EXPECT_EQ(as_reader("INSERT INTO notes VALUES ('a')"), "");
    EXPECT_EQ(as_reader("TABLE notes"), "a\n");
    for (const char* sql : {"UPDATE notes SET text = 'b'", "DELETE FROM notes", "TRUNCATE notes"})
        EXPECT_THAT(as_reader(sql), HasSubstr("permission denied")) << sql;
}

TEST_F(postgres_grants_test, are_mended_by_a_run_that_finds_nothing_to_migrate) {
    ASSERT_TRUE(migrate_up(server().url(), list{first}));
    server().run("GRANT ALL ON ALL TABLES IN SCHEMA public TO reader; REVOKE SELECT ON notes FROM reader");
    EXPECT_THAT(as_reader("TABLE notes"), HasSubstr("ERROR"));
    ASSERT_TRUE(up({first}));
    EXPECT_EQ(as_reader("TABLE notes"), "");
    EXPECT_THAT(as_reader("TRUNCATE notes"), HasSubstr("ERROR"));
    EXPECT_THAT(as_reader("DELETE FROM schema_migrations"), HasSubstr("ERROR"));
}

TEST_F(postgres_grants_test, know_a_role_by_asking_for_it) {
    const auto away = migrate_up(server().url(), list{first}, "postgresql://nobody@127.0.0.1:1/none");
    ASSERT_FALSE(away);
    EXPECT_EQ(away.error().code, errc::unavailable);
    EXPECT_EQ(server().run("SELECT to_regclass('notes') IS NULL"), "t\n") << "nothing is done by half";
}

}  // namespace
}  // namespace tenon::db
