// A PostgreSQL database with one tenant table under row-level security, used by a role that owns nothing.
#pragma once

#include "notes_database.hpp"
#include "postgres_server.hpp"

namespace tenon::db {

class postgres_database_test : public postgres_server_test, protected notes_database {
  protected:
    void SetUp() override {
        postgres_server_test::SetUp();
        if (IsSkipped()) return;
        const std::string made = server().run(
            "CREATE TABLE owners (id uuid PRIMARY KEY);"
            "CREATE TABLE notes (workspace_id uuid NOT NULL, id uuid NOT NULL, title text NOT NULL, rank bigint, "
            "owner uuid REFERENCES owners(id), body text, deleted_at timestamptz, "
            "PRIMARY KEY (workspace_id, id), UNIQUE (workspace_id, title));"
            "CREATE TABLE every (a boolean, b bigint, c double precision, d text, e uuid, f timestamptz, g date, "
            "h numeric(14, 2), i text, j jsonb, k integer, l numeric(9, 0));"
            "ALTER TABLE notes ENABLE ROW LEVEL SECURITY; ALTER TABLE notes FORCE ROW LEVEL SECURITY;"
            "CREATE POLICY rows ON notes USING (true) WITH CHECK (true);"
            "CREATE POLICY own ON notes AS RESTRICTIVE"
            " USING (workspace_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid))"
            " WITH CHECK (workspace_id = (SELECT nullif(current_setting('app.tenant', true), '')::uuid));");
        ASSERT_EQ(made.find("ERROR"), std::string::npos) << made;
        reopen();
    }
    void TearDown() override { database_.reset(); }

    void reopen() { open(server().url("reader")); }
    std::int64_t count(tenant_id tenant) {
        auto session_of = session(tenant);
        auto found = runner_.wait(session_of.read("SELECT count(*) FROM notes WHERE workspace_id = $1", args()));
        EXPECT_TRUE(found) << found.error().message;
        return found ? (*found)[0].get<std::int64_t>(0) : -1;
    }
    /// Ends every connection of the role, as a restart of the server does.
    void break_connections() {
        server().run(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = 'reader' AND pid <> "
            "pg_backend_pid()",
            "reader");
    }
};

}  // namespace tenon::db
