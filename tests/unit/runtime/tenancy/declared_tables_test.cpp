// Every table that a feature declares, on PostgreSQL, in the role that serves: nobody gets at rows that the declaration
// does not give them. A table that is declared tomorrow is tested as it is. SQLite has no policies: there only the
// conditions of statements count (db::row_scope), which tests of operations see to, and nothing follows from here.
#include <gmock/gmock.h>

#include "declared_session.hpp"
#include "migrations/migrate.hpp"
#include "postgres_server.hpp"
#include "sample_product.hpp"

namespace tenon::test {
namespace {

using feature::command;
using ::testing::IsEmpty;

constexpr command commands[] = {command::select, command::insert, command::update, command::delete_};

// Two tenants, a user of each, and what either has outside of tenants.
const std::vector<owners> apart = {{'A', 'a'}, {'B', 'b'}, {nobody, 'a'}, {nobody, 'b'}};

class postgres_declared_tables_test : public db::postgres_server_test {
  protected:
    void SetUp() override {
        postgres_server_test::SetUp();
        if (IsSkipped()) return;
        // What the reader may do comes from the migration run alone.
        server().run("ALTER DEFAULT PRIVILEGES FOR ROLE owner REVOKE ALL ON TABLES FROM reader", "tests");
        ASSERT_TRUE(db::migrate_up(server().url(), sample_product().postgres_migrations, server().url("reader")));
    }
    static void fill(const declared_rows& rows) { ASSERT_EQ(server().run(rows.insert_all(), "tests"), ""); }
    static declared_session session(const char* role = "reader") {
        return declared_session(server().address("product", role));
    }

    /// Remembers what was not as it should be.
    void expect(verdict wanted, verdict got, const std::string& what) {
        if (wanted != got) wrong.push_back(what + " is " + word_of(got) + ", not " + word_of(wanted));
    }
    void expect_nothing(verdict got, const std::string& what) {
        if (got == verdict::touched) wrong.push_back(what);
    }

    std::vector<std::string> wrong;
};

/// A statement that gives a row to other owners.
std::string moved(const declared_rows& rows, const feature::table& table, const declared_row& row,
                  const declared_row& to) {
    std::string changes;
    for (const std::string_view column : rows.belonging(table)) {
        const auto text = to.find(column);
        changes += (changes.empty() ? "" : ", ") + sql_name(column) + " = ";
        changes += text == to.end() ? "NULL" : "'" + text->second + "'";
    }
    return "UPDATE " + sql_name(table.name) + " SET " + changes + declared_rows::where(table, row);
}

std::string unchanged(const feature::table& table) {
    const std::string column = sql_name(table.columns.front().name);
    return "UPDATE " + sql_name(table.name) + " SET " + column + " = " + column;
}

TEST_F(postgres_declared_tables_test, are_all_that_there_are) {
    std::string names;
    const auto tables = declared_tables();
    ASSERT_GE(tables.size(), 10U);
    for (const feature::table& each : tables)
        names += (names.empty() ? "(" : "), (") + ("'" + sql_name(each.name)) + "'";
    EXPECT_EQ(
        server().run("SELECT coalesce(quote_ident(relname), name) FROM (SELECT * FROM pg_class WHERE relkind = 'r' "
                     "AND relnamespace = 'public'::regnamespace AND relname <> 'schema_migrations') there "
                     "FULL JOIN (VALUES " +
                     names +
                     ")) declared (name) ON name = '\"' || relname || '\"' WHERE relname IS NULL OR name IS NULL "
                     "OR NOT (relrowsecurity AND relforcerowsecurity) OR relowner <> 'owner'::regrole"),
        "")
        << "what a feature declares is not what the migration made";
}

TEST_F(postgres_declared_tables_test, give_nothing_to_a_session_that_sets_nothing) {
    const declared_rows rows(declared_tables(), apart);
    fill(rows);
    declared_session reader = session();
    const asker anybody{"nobody"};
    for (int round = 0; round < 2; ++round) {
        for (const feature::table& table : rows.tables()) {
            const std::string name = sql_name(table.name);
            ASSERT_FALSE(rows.of(table.name).empty()) << name;
            expect_nothing(reader.reads(anybody, name), "rows of " + name);
            expect_nothing(reader.writes(anybody, unchanged(table)), "a change of " + name);
            expect_nothing(reader.writes(anybody, "DELETE FROM " + name), "a deletion from " + name);
            for (const owners whose : apart) {
                const auto row = rows.make(table, whose, 1);
                if (row)
                    expect(verdict::refused, reader.writes(anybody, rows.insert(table, *row)), "a row for " + name);
            }
        }
        // From now on the settings are there, and empty.
        reader.reads({"a user in a tenant and the service", 'A', 'a', true}, "users");
    }
    EXPECT_THAT(wrong, IsEmpty());
}

// row: IP-11.isolation in runtime_tenancy_postgres_1
TEST_F(postgres_declared_tables_test, keep_rows_of_other_tenants_and_users_out_of_reach) {
    const declared_rows rows(declared_tables(), apart);
    fill(rows);
    declared_session reader = session();
    const asker askers[] = {{"a tenant", 'A'},
                            {"a user", nobody, 'a'},
                            {"a user in a tenant", 'A', 'a'},
                            {"a stranger", nobody, whole_service},
                            {"the whole service", whole_service}};
    std::size_t tried = 0;
    for (const feature::table& table : rows.tables()) {
        for (const owners whose : {owners{'B', 'b'}, owners{nobody, 'b'}}) {
            const auto theirs = rows.make(table, whose), more = rows.make(table, whose, 1);
            if (!theirs) continue;
            const std::string where = declared_rows::where(table, *theirs), name = sql_name(table.name);
            for (const asker& who : askers) {
                const std::string what = name + ": " + who.name + " ";
                expect(verdict::nothing, reader.reads(who, name + where), what + "reads another's row, which");
                expect_nothing(reader.writes(who, unchanged(table) + where), what + "changes another's row");
                expect_nothing(reader.writes(who, "DELETE FROM " + name + where), what + "deletes another's row");
                expect(verdict::refused, reader.writes(who, rows.insert(table, *more)),
                       what + "adds for another, which");
                for (const declared_row& mine : rows.of(table.name))
                    expect_nothing(reader.writes(who, moved(rows, table, mine, *theirs)), what + "gives a row away");
                ++tried;
            }
        }
    }
    EXPECT_GE(tried, rows.tables().size() * std::size(askers));
    EXPECT_THAT(wrong, IsEmpty());
}

/// Everybody who may ask, and rows of owners that mix: a user in two tenants, tenants without a user.
class postgres_declared_accesses_test : public postgres_declared_tables_test {
  protected:
    void SetUp() override {
        postgres_declared_tables_test::SetUp();
        if (!IsSkipped()) fill(rows);
    }

    /// Where the command may not be given at all it is refused, whatever the row.
    verdict wanted(const asker& who, const feature::table& table, command what, bool permitted) const {
        if (!who.owner && !declared_accesses::may_be_given(table, what)) return verdict::refused;
        if (permitted) return verdict::touched;
        return what == command::insert ? verdict::refused : verdict::nothing;
    }
    /// A statement that names its rows reads them too.
    verdict wanted(const asker& who, const feature::table& table, command what, const declared_row& row) const {
        const bool seen = what == command::insert || allowed.permits(who, table, row, command::select);
        return wanted(who, table, what, seen && allowed.permits(who, table, row, what));
    }
    verdict wanted_of_move(const asker& who, const feature::table& table, const declared_row& from,
                           const declared_row& to) const {
        const verdict at_first = wanted(who, table, command::update, from);
        if (at_first != verdict::touched) return at_first;
        return wanted(who, table, command::update, to) == verdict::touched ? verdict::touched : verdict::refused;
    }

    void ask_all(declared_session& database, const asker& who, const feature::table& table) {
        const std::string name = sql_name(table.name), what = name + ": by " + who.name + ", ";
        for (const declared_row& row : rows.of(table.name)) {
            const std::string where = declared_rows::where(table, row), of = where.substr(7);
            expect(wanted(who, table, command::select, row), database.reads(who, name + where), what + "reading " + of);
            expect(wanted(who, table, command::update, row), database.writes(who, unchanged(table) + where),
                   what + "changing " + of);
            expect(wanted(who, table, command::delete_, row), database.writes(who, "DELETE FROM " + name + where),
                   what + "deleting " + of);
            for (const declared_row& to : rows.of(table.name))
                expect(wanted_of_move(who, table, row, to), database.writes(who, moved(rows, table, row, to)),
                       what + "moving " + of + " to" + declared_rows::where(table, to));
        }
        for (const owners whose : mixed) {
            const auto row = rows.make(table, whose, 1);
            if (!row) continue;
            expect(wanted(who, table, command::insert, *row), database.writes(who, rows.insert(table, *row)),
                   what + "adding of " + whose.tenant + whose.user);
        }
        // Without a condition nothing is read, and the policies of reading do not help.
        int permitted = 0;
        for (const declared_row& row : rows.of(table.name))
            permitted += allowed.permits(who, table, row, command::delete_) ? 1 : 0;
        if (wanted(who, table, command::delete_, permitted > 0) == verdict::refused) permitted = -1;
        const int deleted = database.written(who, "DELETE FROM " + name);
        if (deleted != permitted)
            wrong.push_back(what + std::to_string(deleted) + " rows deleted, not " + std::to_string(permitted));
    }

    const std::vector<owners> mixed = {{'A', 'a'},    {'B', 'b'},           {'A', 'b'},
                                       {nobody, 'b'}, {whole_service, 'a'}, {nobody, whole_service}};
    const declared_rows rows{declared_tables(), mixed};
    const declared_accesses allowed{rows};
    const std::vector<asker> askers = {{"nobody"},
                                       {"a tenant", 'A'},
                                       {"another tenant", 'B'},
                                       {"a user", nobody, 'a'},
                                       {"a user of two tenants", nobody, 'b'},
                                       {"a user in a tenant", 'A', 'a'},
                                       {"another's user in a tenant", 'B', 'a'},
                                       {"the whole service", whole_service},
                                       {"a stranger", nobody, whole_service},
                                       {"the service", nobody, nobody, true},
                                       {"the service in a tenant", 'A', nobody, true},
                                       {"the owner", nobody, nobody, false, true},
                                       {"the owner in a tenant", 'A', nobody, false, true},
                                       {"the owner at work", nobody, nobody, true, true}};
};

TEST_F(postgres_declared_accesses_test, are_permitted_and_nothing_else_is) {
    declared_session reader = session(), owner = session("owner");
    for (const feature::table& table : rows.tables()) {
        for (const asker& who : askers) ask_all(who.owner ? owner : reader, who, table);
    }
    const std::size_t shown = std::min<std::size_t>(wrong.size(), 30);
    EXPECT_THAT(std::vector<std::string>(wrong.begin(), wrong.begin() + static_cast<std::ptrdiff_t>(shown)), IsEmpty())
        << wrong.size() << " in all";
}

/// What nobody here makes use of, the test above says nothing about.
TEST_F(postgres_declared_accesses_test, are_each_made_use_of) {
    for (const feature::table& table : rows.tables()) {
        for (const feature::access& by : table.accesses) {
            for (const command what : commands) {
                const auto covers = [what](command each) { return each == command::every || each == what; };
                if (std::none_of(by.commands.begin(), by.commands.end(), covers)) continue;
                const auto uses = [&](const asker& who) {
                    const auto& there = rows.of(table.name);
                    return std::any_of(there.begin(), there.end(),
                                       [&](const declared_row& row) { return allowed.permits(who, by, row, what); });
                };
                EXPECT_TRUE(std::any_of(askers.begin(), askers.end(), uses))
                    << table.name << " for " << by.column << ": no row is seen by it";
            }
        }
    }
}

TEST_F(postgres_declared_accesses_test, cannot_be_changed_by_the_role_that_serves) {
    declared_session reader = session();
    const asker service{"the service", 'A', 'a', true};
    for (const feature::table& table : rows.tables()) {
        const std::string name = sql_name(table.name);
        for (const std::string& statement :
             {"TRUNCATE " + name + " CASCADE", "DROP TABLE " + name, "CREATE POLICY mine ON " + name + " USING (true)",
              "ALTER TABLE " + name + " DISABLE ROW LEVEL SECURITY", "ALTER TABLE " + name + " OWNER TO reader",
              "SET LOCAL row_security = off; SELECT count(*) FROM " + name}) {
            if (reader.count(service, statement) != -1) wrong.push_back(statement);
        }
    }
    EXPECT_THAT(wrong, IsEmpty());
}

}  // namespace
}  // namespace tenon::test
