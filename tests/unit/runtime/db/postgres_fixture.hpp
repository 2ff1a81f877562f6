// A PostgreSQL database with one tenant table under row-level security, used by a role that owns nothing.
#pragma once

#include "fixture.hpp"
#include "postgres_server.hpp"

namespace tenon::db {

class postgres_database_test : public postgres_server_test {
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

    void reopen() {
        auto opened = db::open(server().url("reader"));
        ASSERT_TRUE(opened) << opened.error().message;
        database_ = std::move(*opened);
        app::tenant_names names;
        names.column = "workspace_id";
        database_->name_tenants(names);
    }
    tenant_session session(tenant_id tenant) { return tenant_session(*database_, tenant, soon()); }
    result<rows> system(std::string text, values parameters = {}) {
        return runner_.wait(system_session(*database_, soon()).query(std::move(text), std::move(parameters)));
    }
    result<rows> insert(tenant_id tenant, uuid id, std::string title, std::optional<std::int64_t> rank = {}) {
        auto session_of = session(tenant);
        return runner_.wait(session_of.query(
            "INSERT INTO notes (workspace_id, id, title, rank) VALUES ($1, $2, $3, $4)", args(id, title, rank)));
    }
    std::int64_t count(tenant_id tenant) {
        auto session_of = session(tenant);
        auto found = runner_.wait(session_of.query("SELECT count(*) FROM notes WHERE workspace_id = $1", args()));
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

    test::loop_runner runner_;
    std::unique_ptr<backend> database_;
    tenant_id tenant_ = tenant_id::generate();
};

}  // namespace tenon::db
