// What PostgreSQL itself allows the service's role: asked by raw SQL, on every table of a {{tenant.lower_title}}.
#include <tenon/testing/raw_sql.hpp>

#include "support/resources.hpp"

namespace {{service.space}}::tests {

namespace {

using tenon::testing::raw_sql;
using tenon::testing::tenant_reference;
using tenon::testing::tenant_table;

constexpr const char* refused = "ERROR 42501";

/// Some tables give no rows for a command; others do not let the role give the command.
bool is_nothing(const std::string& touched) {
    return touched == "0" || touched == refused;
}

/// Two {{tenant.name.plural_lower_title}} with one record of each kind, and one without any.
class row_security : public service_test {
  protected:
    void SetUp() override {
        if (!tenon::testing::service::on_postgres()) GTEST_SKIP() << "SQLite has no row-level security";
        sql = std::make_unique<raw_sql>(service());
        tables = sql->tenant_tables();
        for (tenant* home : {&ours, &theirs}) {
            home->as(default_role);
            maker make(*home);
            for (const resource* kind : all_resources()) {
                if (kind->can_be_made && make.left(*kind) > 0) make.make(*kind, make.full(*kind));
            }
        }
    }

    std::string count(const tenant_table& table) { return "SELECT count(*) FROM " + table.name; }
    std::string of(const tenant_table& table, const std::string& id) {
        return " WHERE " + table.tenant + " = '" + id + "'";
    }
    /// A statement that puts a row like one of theirs into the table; it belongs to `id`.
    std::string copy_of_theirs(const tenant_table& table, const std::string& id) {
        const std::string row = sql->ask_as(theirs.id(), "SELECT to_jsonb(t) FROM " + table.name + " t LIMIT 1");
        if (row.empty()) return {};
        return "INSERT INTO " + table.name + " SELECT (jsonb_populate_record(NULL::" + table.name + ", $row$" + row +
               "$row$::jsonb || jsonb_build_object('" + table.tenant + "', '" + id + "'))).*";
    }

    tenant ours, theirs, nobodys;
    std::unique_ptr<raw_sql> sql;
    std::vector<tenant_table> tables;
};

}  // namespace

TEST_F(row_security, without_a_{{tenant.name.snake}}_no_record_is_seen_or_written) {
    EXPECT_GT(tables.size(), all_resources().size());
    for (const tenant_table& table : tables) {
        SCOPED_TRACE(table.name);
        EXPECT_EQ(sql->ask(count(table)), "0");
        EXPECT_EQ(sql->ask("WITH x AS (UPDATE " + table.name + " SET " + table.tenant + " = " + table.tenant +
                           " RETURNING 1) SELECT count(*) FROM x"),
            "0");
        EXPECT_TRUE(
            is_nothing(sql->ask("WITH x AS (DELETE FROM " + table.name + " RETURNING 1) SELECT count(*) FROM x")));
        if (const std::string insert = copy_of_theirs(table, theirs.id()); !insert.empty()) {
            EXPECT_EQ(sql->ask(insert), refused);
        }
    }
}

TEST_F(row_security, accounts_are_seen_by_their_{{tenant.name.snake}}_and_changed_by_nobody_else) {
    const std::string one = " WHERE id = '" + theirs.member_id(0) + "'";
    EXPECT_EQ(sql->ask("SELECT count(*) FROM users"), "0");
    EXPECT_EQ(sql->ask_as(ours.id(), "SELECT count(*) FROM users" + one), "0");
    EXPECT_EQ(sql->ask_as(theirs.id(), "SELECT count(*) FROM users" + one), "1");
    for (const std::string& id : {ours.id(), theirs.id()}) {
        EXPECT_EQ(sql->touched_as(id, "UPDATE users SET name = name"), "0");
        EXPECT_EQ(sql->touched_as(id, "DELETE FROM users"), refused);
        EXPECT_EQ(sql->ask_as(id, "SELECT count(*) FROM refresh_tokens"), "0");
        EXPECT_EQ(sql->touched_as(id, "DELETE FROM refresh_tokens"), "0");
    }
}

TEST_F(row_security, rows_of_another_{{tenant.name.snake}}_are_out_of_reach) {
    for (const tenant_table& table : tables) {
        SCOPED_TRACE(table.name);
        const std::string mine = sql->ask_as(ours.id(), count(table));
        EXPECT_EQ(sql->ask_as(ours.id(), count(table) + of(table, theirs.id())), "0");
        EXPECT_EQ(sql->ask_as(ours.id(), count(table) + of(table, ours.id())), mine);
        EXPECT_EQ(sql->touched_as(ours.id(),
                      "UPDATE " + table.name + " SET " + table.tenant + " = " + table.tenant + of(table, theirs.id())),
            "0");
        EXPECT_EQ(
            sql->touched_as(ours.id(), "UPDATE " + table.name + " SET " + table.tenant + " = " + table.tenant), mine);
        EXPECT_TRUE(is_nothing(sql->touched_as(ours.id(), "DELETE FROM " + table.name + of(table, theirs.id()))));
        if (mine != "0") {
            const std::string give_away = "UPDATE " + table.name + " SET " + table.tenant + " = '" + theirs.id() + "'";
            EXPECT_EQ(sql->touched_as(ours.id(), give_away), refused);
        }
        if (const std::string insert = copy_of_theirs(table, theirs.id()); !insert.empty()) {
            EXPECT_EQ(sql->ask_as(ours.id(), insert), refused);
        }
    }
}

TEST_F(row_security, no_reference_leads_to_another_{{tenant.name.snake}}) {
    for (const tenant_table& table : tables) {
        for (const tenant_reference& key : table.references) {
            SCOPED_TRACE(table.name + ": " + key.name);
            // Foreign keys pass by row-level security, so the {{tenant.lower_title}} has to be a part of them.
            EXPECT_TRUE(key.with_tenant);
            const std::string id = sql->ask_as(theirs.id(), "SELECT id FROM " + key.target + " LIMIT 1");
            if (id.empty() || sql->ask_as(ours.id(), count(table)) == "0") continue;
            const std::string one = " WHERE ctid = (SELECT ctid FROM " + table.name + " LIMIT 1)";
            EXPECT_EQ(
                sql->touched_as(ours.id(), "UPDATE " + table.name + " SET " + key.column + " = '" + id + "'" + one),
                "ERROR 23503");
        }
    }
}

TEST_F(row_security, no_unique_value_tells_what_another_{{tenant.name.snake}}_has) {
    for (const tenant_table& table : tables) {
        if (table.open_without_tenant) continue;
        SCOPED_TRACE(table.name);
        EXPECT_EQ(table.unique_without_tenant, std::vector<std::string>());
        const std::string insert = copy_of_theirs(table, nobodys.id());
        if (insert.empty()) continue;
        const std::string got = sql->ask_as(nobodys.id(), insert);
        EXPECT_TRUE(got.empty() || got == "ERROR 23503")
            << got << ": it may refer to what only they have, but never collide";
    }
}

TEST_F(row_security, a_transaction_leaves_no_{{tenant.name.snake}}_behind) {
    const char* const current = "SELECT coalesce(current_setting('app.tenant', true), '')";
    for (const char* end : {"COMMIT", "ROLLBACK"}) {
        for (tenant* home : {&ours, &theirs}) {
            EXPECT_EQ(sql->ask("BEGIN"), "");
            EXPECT_EQ(sql->ask("SELECT set_config('app.tenant', '" + home->id() + "', true)"), home->id());
            for (const tenant_table& table : tables) {
                EXPECT_EQ(sql->ask(count(table)), sql->ask(count(table) + of(table, home->id()))) << table.name;
            }
            EXPECT_EQ(sql->ask(end), "");
            EXPECT_EQ(sql->ask(current), "");
            for (const tenant_table& table : tables) EXPECT_EQ(sql->ask(count(table)), "0") << table.name;
        }
    }
}

TEST_F(row_security, the_role_that_serves_cannot_switch_it_off) {
    EXPECT_EQ(sql->ask("DELETE FROM schema_migrations"), refused);
    EXPECT_EQ(sql->ask("CREATE TABLE of_its_own ()"), refused);
    const std::string owner = sql->ask("SELECT relowner::regrole FROM pg_class WHERE oid = 'users'::regclass");
    EXPECT_EQ(sql->ask("SET ROLE " + owner), refused);
    for (const tenant_table& table : tables) {
        SCOPED_TRACE(table.name);
        EXPECT_EQ(sql->ask("ALTER TABLE " + table.name + " DISABLE ROW LEVEL SECURITY"), refused);
        EXPECT_EQ(sql->ask("CREATE POLICY everything ON " + table.name + " USING (true)"), refused);
        EXPECT_EQ(sql->ask("TRUNCATE " + table.name), refused);
        EXPECT_EQ(sql->ask("SET row_security = off"), "");
        EXPECT_EQ(sql->ask(count(table)), refused);
        EXPECT_EQ(sql->ask("RESET row_security"), "");
    }
}

}  // namespace {{service.space}}::tests
