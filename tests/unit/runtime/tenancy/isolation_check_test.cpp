// What /ready says about the policies of a database.
#include <gmock/gmock.h>

#include "app/isolation_check.hpp"
#include "databases/open.hpp"
#include "loop_runner.hpp"
#include "migrations/migrate.hpp"
#include "postgres_server.hpp"
#include "sample_product.hpp"

namespace tenon::app {
namespace {

using ::testing::HasSubstr;

class postgres_isolation_check_test : public db::postgres_server_test {
  protected:
    void SetUp() override {
        postgres_server_test::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(db::migrate_up(server().url(), test::sample_product().postgres_migrations, server().url("reader")));
    }
    /// After `change`, by the owner.
    std::string problem(const std::string& change = "") {
        EXPECT_EQ(server().run("SET client_min_messages = error;" + change), "");
        auto database = db::open(server().url("reader"));
        EXPECT_TRUE(database) << database.error().message;
        isolation_check check(test::sample_product(), **database);
        auto found = runner_.wait(check.problem(test::soon()));
        EXPECT_TRUE(found) << found.error().message;
        return found ? *found : "nothing";
    }

    test::loop_runner runner_;
};

TEST_F(postgres_isolation_check_test, finds_nothing_wrong_with_the_first_migration) {
    EXPECT_EQ(problem(), "");
}

TEST_F(postgres_isolation_check_test, finds_accounts_without_row_level_security) {
    EXPECT_THAT(problem("ALTER TABLE users NO FORCE ROW LEVEL SECURITY"), HasSubstr("not enabled and forced on users"));
}

TEST_F(postgres_isolation_check_test, finds_a_policy_that_asks_nothing) {
    EXPECT_THAT(problem("CREATE POLICY all_of_it ON memberships FOR DELETE USING (true)"),
                HasSubstr("a policy of memberships"));
}

TEST_F(postgres_isolation_check_test, finds_a_policy_for_sessions_that_set_nothing) {
    EXPECT_THAT(problem("CREATE POLICY early ON refresh_tokens USING (nullif(current_setting('app.user', true), '') IS "
                        "NULL)"),
                HasSubstr("a policy of refresh_tokens"));
}

TEST_F(postgres_isolation_check_test, takes_the_policies_of_migrations_from_before) {
    std::string former;
    for (const char* table : {"users", "refresh_tokens", "user_idempotency_keys"})
        former += std::string("ALTER TABLE ") + table + " DISABLE ROW LEVEL SECURITY;";
    former +=
        "DO $$ DECLARE one record; BEGIN FOR one IN SELECT policyname, tablename FROM pg_policies WHERE tablename IN "
        "('workspaces', 'memberships', 'auth_sessions') LOOP EXECUTE format('DROP POLICY %I ON %I', one.policyname, "
        "one.tablename); END LOOP; END $$;";
    for (const char* table : {"workspaces", "memberships", "auth_sessions"}) {
        const std::string own = std::string(table) == "workspaces" ? "id" : "workspace_id";
        const std::string setting = "(SELECT nullif(current_setting('app.tenant', true), '')::uuid)";
        former += std::string("CREATE POLICY rows ON ") + table +
                  " USING (true); CREATE POLICY own_tenant_or_none ON " + table + " AS RESTRICTIVE USING (" + own +
                  " = " + setting + " OR " + setting + " IS NULL);";
    }
    EXPECT_EQ(problem(former), "");
    EXPECT_THAT(problem("DROP POLICY own_tenant_or_none ON memberships"), HasSubstr("a policy of memberships"));
}

}  // namespace
}  // namespace tenon::app
