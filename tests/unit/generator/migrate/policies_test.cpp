// Who may do what with the rows of each table, tried with raw SQL as the role that serves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "generator/migrate/changes.hpp"
#include "generator/migrate/make_schema.hpp"
#include "generator/migrate/pairing.hpp"
#include "generator/migrate/postgres.hpp"
#include "tests/unit/generator/migrate/example_specs.hpp"
#include "tests/unit/generator/migrate/postgres_cluster.hpp"
#include "tests/unit/generator/migrate/postgres_session.hpp"
#include "tests/unit/generator/migrate/sample_migrations.hpp"

namespace tenon::gen {
namespace {

using namespace sample;
using ::testing::HasSubstr;

const std::string our_tenant = "00000000-0000-7000-8000-00000000000a";
const std::string their_tenant = "00000000-0000-7000-8000-00000000000b";
const std::string our_user = "00000000-0000-7000-8000-0000000000c1";
const std::string their_user = "00000000-0000-7000-8000-0000000000c2";
const std::string nobodys_id = "00000000-0000-7000-8000-0000000000ff";

/// The decisions about one table: which settings permit a command on a row of our tenant and user.
/// 't': app.tenant is that tenant; 'u': app.user is that user; 's': app.scope is 'service'.
struct decisions {
    std::string select, insert, update, erase;
    std::string row;                ///< The condition that finds that row.
    std::string of_another_tenant;  ///< The assignment that gives it away.
    std::string of_another_user;
};

decisions of_tenant(const std::string& column = "workspace_id") {
    return {"t", "t", "t", "t", column + " = '" + our_tenant + "'", column + " = '" + nobodys_id + "'", ""};
}

/// A table that is not in here has not been decided about.
const std::map<std::string, decisions>& decided() {
    static const std::map<std::string, decisions> out = {
        {"users", {"tus", "u", "u", "", "id = '" + our_user + "'", "", "id = '" + nobodys_id + "'"}},
        {"workspaces", {"tus", "t", "t", "", "id = '" + our_tenant + "'", "id = '" + nobodys_id + "'", ""}},
        {"memberships",
         {"tu", "t", "t", "t", "workspace_id = '" + our_tenant + "'", "workspace_id = '" + their_tenant + "'", ""}},
        {"auth_sessions",
         {"tus", "u", "tu", "u", "user_id = '" + our_user + "'", "workspace_id = '" + their_tenant + "'",
          "user_id = '" + their_user + "'"}},
        {"refresh_tokens",
         {"us", "u", "u", "u", "token_hash = 'of " + our_user + "'", "", "session_id = '" + their_user + "'"}},
        {"user_idempotency_keys",
         {"us", "us", "us", "us", "user_id = '" + our_user + "'", "", "user_id = '" + nobodys_id + "'"}},
        {"idempotency_keys", of_tenant()},
        {"limit_counters", of_tenant()},
        {"limit_leases", of_tenant()},
        {"limit_locks", of_tenant()},
        {"cache_entries", of_tenant()},
        {"projects", of_tenant()},
        {"tasks", of_tenant()},
    };
    return out;
}

/// A row of one tenant and one user in each table. The user's session is called like the user.
std::string rows_of(const std::string& tenant, const std::string& user) {
    const std::string t = "'" + tenant + "'", w = "'" + user + "'";
    const std::string answer = ", 'k', 'f', " + w + ", NULL, now(), now(), now());";
    const std::string made = w + ", now(), now());";
    return "INSERT INTO users VALUES (" + w + ", " + w + ", 'U', 'x', now(), now());" +
           "INSERT INTO workspaces VALUES (" + t + ", 'W', now(), now());" + "INSERT INTO memberships VALUES (" + t +
           ", " + w + ", 'owner', now());" + "INSERT INTO auth_sessions VALUES (" + w + ", " + w + ", " + t +
           ", now(), now(), NULL, now());" + "INSERT INTO refresh_tokens VALUES ('of " + user + "', " + w +
           ", NULL, NULL, NULL, NULL, now(), now());" + "INSERT INTO user_idempotency_keys VALUES (" + w + answer +
           "INSERT INTO idempotency_keys VALUES (" + t + answer + "INSERT INTO limit_counters VALUES (" + t +
           ", 'n', 1, 1, 1, 1);" + "INSERT INTO limit_leases VALUES (" + t + ", 'n', 'l', 1);" +
           "INSERT INTO limit_locks VALUES (" + t + ", 'n', 1, 'o', 1);" + "INSERT INTO cache_entries VALUES (" + t +
           ", 'n', 'v', 1, 1, 1);" +
           "INSERT INTO projects (id, workspace_id, name, code, owner_id, created_by, created_at, updated_at) VALUES "
           "(" +
           w + ", " + t + ", 'P', 'AA', " + w + ", " + made +
           "INSERT INTO tasks (id, workspace_id, title, project_id, tags, weight, created_by, created_at, updated_at) "
           "VALUES (" +
           w + ", " + t + ", 'T', " + w + ", '[]', 1.5, " + made;
}

struct setting {
    char letter = '-';  ///< As in the decisions; '-' permits nothing of this row.
    std::string name;
    std::string value;
};

const std::vector<setting>& settings() {
    static const std::vector<setting> out = {
        {'-', "app.other", "x"},           {'-', "app.tenant", ""}, {'t', "app.tenant", our_tenant},
        {'-', "app.tenant", their_tenant}, {'-', "app.user", ""},   {'u', "app.user", our_user},
        {'-', "app.user", their_user},     {'-', "app.scope", ""},  {'s', "app.scope", "service"},
    };
    return out;
}

class PostgresPolicies : public ::testing::Test {
  protected:
    static void SetUpTestSuite() { cluster = postgres_cluster::start(why); }
    static void TearDownTestSuite() { cluster.reset(); }

    void SetUp() override {
        ASSERT_NE(cluster, nullptr) << why;
        cluster->recreate();
        ASSERT_TRUE(made_.generate(projects_and_tasks()));
        ASSERT_EQ(cluster->run(made_.sql("postgres", "up")), "");
        session_ = std::make_unique<postgres_session>(cluster->address("product", "tests"));
        ASSERT_EQ(ask("SET session_replication_role = replica"), "") << "foreign keys have tests of their own";
        ASSERT_EQ(ask(rows_of(our_tenant, our_user) + rows_of(their_tenant, their_user)), "");
    }
    void TearDown() override { session_.reset(); }

    std::string ask(const std::string& sql) { return session_->run(sql); }
    void work_as(const std::string& role, const setting& with) {
        ASSERT_EQ(ask("SET LOCAL ROLE " + role), "");
        ASSERT_EQ(ask("SELECT set_config('" + with.name + "', '" + with.value + "', true)"), with.value + "\n");
    }
    /// Whether `command`, about every row that it can get at, gets at the row of our tenant and user.
    bool permits(const std::string& table, const std::string& command, const setting& with,
                 const std::string& role = "reader") {
        const std::string row = " FROM " + table + " WHERE " + decided().at(table).row;
        EXPECT_EQ(ask("BEGIN"), "");
        const std::string text = ask("SELECT to_jsonb(one)" + row_alias(row));
        EXPECT_THAT(text, ::testing::StartsWith("{"));
        if (command == "insert") {
            EXPECT_EQ(ask("DELETE" + row), "");
        }
        work_as(role, with);
        std::string done = ask(statement(command, table, text));
        if (command != "select") {
            EXPECT_TRUE(done.empty() || (command == "insert" && done.find("row-level security") != std::string::npos))
                << done;
            if (done.empty()) {
                EXPECT_EQ(ask("RESET ROLE"), "");
                done = ask("SELECT count(*)" + row +
                           (command == "update" ? " AND xmin::text = (pg_current_xact_id()::xid)::text" : ""));
                if (command == "delete") done = done == "0\n" ? "1\n" : "0\n";
            }
        } else {
            EXPECT_TRUE(done == "0\n" || done == "1\n") << done;
        }
        ask("ROLLBACK");
        return done == "1\n";
    }
    /// What an UPDATE of every row says.
    std::string updated(const std::string& table, const std::string& assignment, const setting& with) {
        EXPECT_EQ(ask("BEGIN"), "");
        work_as("reader", with);
        std::string out = ask("UPDATE " + table + " SET " + assignment);
        ask("ROLLBACK");
        return out;
    }

    static std::unique_ptr<postgres_cluster> cluster;
    static std::string why;
    sample::project made_;

  private:
    static std::string row_alias(std::string row) { return row.insert(row.find(" WHERE"), " AS one"); }
    static std::string statement(const std::string& command, const std::string& table, const std::string& row) {
        if (command == "select") return "SELECT count(*) FROM " + table + " WHERE " + decided().at(table).row;
        if (command == "delete") return "DELETE FROM " + table;
        const bool token = table == "refresh_tokens";
        const std::string column = token                                                   ? "parent_hash"
                                   : table.find("limit_") == 0 || table == "cache_entries" ? "name"
                                   : table.find("idempotency") != std::string::npos        ? "fingerprint"
                                                                                           : "created_at";
        if (command == "update") return "UPDATE " + table + " SET " + column + " = " + column;
        return "INSERT INTO " + table + " SELECT (jsonb_populate_record(NULL::" + table + ", $row$" + row + "$row$)).*";
    }

    std::unique_ptr<postgres_session> session_;
};

std::unique_ptr<postgres_cluster> PostgresPolicies::cluster;
std::string PostgresPolicies::why;

TEST(Policies, EveryTableHasBeenDecidedAbout) {
    std::set<std::string> tables, known;
    for (const schema_table& table : make_schema(resolve(projects_and_tasks())).tables) tables.insert(table.name);
    for (const auto& [table, each] : decided()) known.insert(table);
    EXPECT_EQ(tables, known) << "a new table needs a line in decided(), and policies that keep it";
}

TEST_F(PostgresPolicies, PermitEachCommandToTheSettingsThatWereDecided) {
    for (const auto& [table, wanted] : decided()) {
        const std::map<std::string, std::string> commands = {
            {"select", wanted.select}, {"insert", wanted.insert}, {"update", wanted.update}, {"delete", wanted.erase}};
        for (const auto& [command, letters] : commands) {
            for (const setting& with : settings()) {
                const bool wants = letters.find(with.letter) != std::string::npos;
                EXPECT_EQ(permits(table, command, with), wants)
                    << command << " of " << table << " with " << with.name << " = '" << with.value << "'";
            }
        }
    }
}

TEST_F(PostgresPolicies, LetNobodyGiveARowAway) {
    for (const auto& [table, wanted] : decided()) {
        for (const setting& with : settings()) {
            const std::string& away = with.letter == 't'   ? wanted.of_another_tenant
                                      : with.letter == 'u' ? wanted.of_another_user
                                                           : std::string();
            if (away.empty() || wanted.update.find(with.letter) == std::string::npos) continue;
            EXPECT_THAT(updated(table, away, with), HasSubstr("row-level security")) << table << " with " << with.name;
        }
    }
}

// A role of another tenant would be taken for the one here by a statement that forgets its filter.
TEST_F(PostgresPolicies, HideFromWithinATenantWhatItsUserIsElsewhere) {
    const std::string both =
        "SET LOCAL ROLE reader; SET LOCAL app.\"user\" = '" + our_user + "'; SET LOCAL app.tenant = '";
    for (const char* table : {"memberships", "workspaces"}) {
        const std::string row = "SELECT count(*) FROM " + std::string(table) + " WHERE " + decided().at(table).row;
        EXPECT_EQ(ask("BEGIN; " + both + their_tenant + "'; " + row), "0\n") << table;
        EXPECT_EQ(ask("ROLLBACK; BEGIN; " + both + our_tenant + "'; " + row), "1\n") << table;
        EXPECT_EQ(ask("ROLLBACK"), "");
    }
}

TEST_F(PostgresPolicies, LetTheOwnerDoEverythingThatTheServiceDoesNot) {
    const setting none{'-', "app.other", "x"}, service{'s', "app.scope", "service"};
    for (const char* table : {"users", "workspaces", "memberships", "auth_sessions", "refresh_tokens"}) {
        for (const char* command : {"select", "insert", "update", "delete"}) {
            EXPECT_TRUE(permits(table, command, service, "owner")) << command << " of " << table;
            EXPECT_FALSE(permits(table, command, none, "owner")) << command << " of " << table;
        }
    }
}

/// What the first migration made before each command was decided about.
schema of_before() {
    schema out = make_schema(resolve(projects_and_tasks()));
    for (schema_table& table : out.tables) {
        const bool of_a_tenant =
            table.name == "workspaces" || table.name == "memberships" || table.name == "auth_sessions";
        const bool of_nobody =
            table.name == "users" || table.name == "refresh_tokens" || table.name == "user_idempotency_keys";
        if (of_nobody) table.row_security = false;
        if (of_nobody || of_a_tenant) table.policies.clear();
        if (!of_a_tenant) continue;
        const std::string own = own_tenant_rule(table.name == "workspaces" ? "id" : "workspace_id");
        const std::string setting = own.substr(own.find('('));
        table.policies = {{"rows", false, "true"}, {"own_tenant_or_none", true, own + " OR " + setting + " IS NULL"}};
    }
    return out;
}

// Together with a change of values, which both directions look for tenant by tenant.
TEST_F(PostgresPolicies, ComeToADatabaseFromBefore) {
    cluster->recreate();
    migration_history history;
    history.leads_to = of_before();
    history.last = "0001_initial";
    history.names = {history.last};
    const auto first = compare_schemas({}, history.leads_to, pair_schemas({}, history.leads_to));
    ASSERT_EQ(cluster->run(postgres::up_sql(first).at_once), "");
    ASSERT_EQ(cluster->run("SET session_replication_role = replica;" + rows_of(our_tenant, our_user) +
                               rows_of(their_tenant, their_user),
                           "tests"),
              "");
    const std::string before = cluster->shape();
    spec renamed = projects_and_tasks();
    field_spec& status = renamed.entities[1].fields[4];
    ASSERT_EQ(status.field_name.value, "status");
    status.type = enum_type({"begun", "done"});
    status.type.renamed = {{0, word("open")}};
    status.initial->text = "begun";
    const auto made = migrate(resolve(renamed), history);
    ASSERT_TRUE(made);
    ASSERT_EQ(made->names.size(), 2U);
    const auto sql = [&](std::size_t part, const std::string& file) {
        return made->files.files.at(sql_path(made->names.at(part), file)).content;
    };
    const auto statuses = [&] { return cluster->run("SELECT count(*), min(status) FROM tasks", "tests"); };
    ASSERT_EQ(cluster->run(sql(0, "postgres.up")), "");
    ASSERT_EQ(cluster->run_one_by_one(sql(1, "postgres.up")), "");
    EXPECT_EQ(statuses(), "2|begun\n");
    EXPECT_EQ(cluster->run("DELETE FROM workspaces RETURNING id", "reader"), "");
    ASSERT_EQ(cluster->run(sql(0, "postgres.down")), "");
    EXPECT_EQ(statuses(), "2|open\n");
    EXPECT_EQ(cluster->shape(), before);
}

// Tables of entities are all made alike; the examples have every kind of field and reference.
TEST_F(PostgresPolicies, AreForcedOnEveryTableOfEveryExample) {
    for (const auto& [example, sql] : example_migrations("postgres")) {
        SCOPED_TRACE(example);
        cluster->recreate();
        ASSERT_EQ(cluster->run(sql.at("up")), "");
        EXPECT_EQ(cluster->run("SELECT relname FROM pg_class c WHERE relkind = 'r' AND relnamespace = "
                               "'public'::regnamespace AND NOT (relrowsecurity AND relforcerowsecurity AND EXISTS "
                               "(SELECT FROM pg_policy WHERE polrelid = c.oid))"),
                  "");
        EXPECT_EQ(cluster->run("SELECT relname FROM pg_class c WHERE relkind = 'r' AND relnamespace = "
                               "'public'::regnamespace AND EXISTS (SELECT FROM pg_policy p WHERE polrelid = c.oid AND "
                               "polpermissive AND pg_get_expr(polqual, polrelid) = 'true') AND NOT EXISTS (SELECT FROM "
                               "pg_policy p WHERE polrelid = c.oid AND NOT polpermissive AND polcmd = '*')"),
                  "")
            << "what is open to all must be restricted for all commands";
    }
}

}  // namespace
}  // namespace tenon::gen
