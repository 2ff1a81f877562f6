// Deletions through more references and more levels than SQLite joins tables and follows cascades.
#include <gtest/gtest.h>

#include <tenon/records/deletion.hpp>

#include "db/tenant_access.hpp"
#include "notes_on_sqlite.hpp"
#include "postgres_server.hpp"
#include "test_product.hpp"

namespace tenon::records::test {
namespace {

/// What both databases are told; a fixture of each runs it.
class large_product : public test_product {
  public:
    explicit large_product(bool postgres) : postgres_(postgres) {}

    /// `INSERT` of one row, in the bin if its kind has one; `refs` are the columns that name `target`.
    std::string row(kind_number of, tenant_id whose, uuid id, const std::vector<std::string>& refs, uuid target,
                    bool in_bin) const {
        const std::string time = postgres_ ? "'2026-01-01'" : "0", text = "'" + id.to_string() + "'";
        std::string columns = "workspace_id, id, created_by, updated_at, version";
        std::string cells = "'" + whose.value.to_string() + "', " + text + ", " + text + ", " + time + ", 1";
        if (in_bin) columns += ", deleted_at", cells += ", " + time;
        for (const std::string& each : refs) {
            columns += ", " + each;
            cells += ", '" + target.to_string() + "'";
        }
        return "INSERT INTO " + std::string(all().kinds[of].table) + " (" + columns + ") VALUES (" + cells + ")";
    }

    /// `count` rows that name `above` by `ref`.
    std::string many_rows(kind_number of, tenant_id whose, int count, const std::string& ref, uuid above) const {
        const std::string time = postgres_ ? "'2026-01-01'" : "0", tenant = "'" + whose.value.to_string() + "'";
        // Ids of PostgreSQL must look like some.
        const std::string id =
            postgres_ ? "gen_random_uuid()" : "printf('%08x-0000-4000-8000-%012x', abs(random()) % 4294967296, n)";
        return "INSERT INTO " + std::string(all().kinds[of].table) +
               " (workspace_id, id, created_by, updated_at, version, " + ref +
               ") WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < " +
               std::to_string(count) + ") SELECT " + tenant + ", " + id + ", " + tenant + ", " + time + ", 1, '" +
               above.to_string() + "' FROM counted";
    }
    /// 20 tenants with 100 rows each, on PostgreSQL.
    std::string rows_of_others(kind_number of) const {
        return "INSERT INTO " + std::string(all().kinds[of].table) +
               " (workspace_id, id, created_by, updated_at, version) SELECT tenant, gen_random_uuid(), tenant, "
               "'2026-01-01', 1 FROM (SELECT gen_random_uuid() AS tenant FROM generate_series(1, 20) OFFSET 0) AS t, "
               "generate_series(1, 100)";
    }

  private:
    bool postgres_;
};

enum class way { erase, bin, bin_and_purge };

task<result<void>> deleted(db::tenant_session session, record what, way how) {
    const access::viewer nobody;
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    if (how == way::erase) CO_TRY(co_await erase(open, what, 1, nobody));
    if (how != way::erase) CO_TRY(co_await put_into_bin(open, what, 1, nobody));
    if (how == way::bin_and_purge) CO_TRY(co_await purge(open, what, nobody));
    co_return co_await open.commit();
}

task<result<void>> brought_back(db::tenant_session session, record what) {
    const access::viewer nobody;
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    CO_TRY(co_await restore(open, what, nobody));
    co_return co_await open.commit();
}

task<result<void>> inserted(db::tenant_session session, const std::vector<std::string>& rows) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    for (const std::string& each : rows) CO_TRY(co_await db::tenant_access::query_without_tenant(open, each));
    co_return co_await open.commit();
}

/// `Database` makes tables, and gives sessions.
template <class Database>
void delete_from(Database& database, const large_product& product, const std::vector<std::string>& rows, uuid root,
                 way how) {
    database.make(product.tables(database.is_postgres()));
    database.make(product.indexes());
    const result<void> made = database.wait(inserted(database.of_tenant(), rows));
    ASSERT_TRUE(made) << made.error().message;
    const graph graph = product.all();
    const result<void> done = database.wait(deleted(database.of_tenant(), record(graph, 0, root), how));
    EXPECT_TRUE(done) << done.error().message;
    for (const kind& each : graph.kinds) EXPECT_EQ(database.count(each.table), 0) << each.table;
}

constexpr int many = 100;
constexpr int deep = 1500;

/// Each kind of the chain must name a row of the one before.
template <class Database>
void delete_through_a_chain_of_kinds(Database& database) {
    large_product product(database.is_postgres());
    std::vector<std::string> rows;
    uuid above;
    const uuid root = uuid::generate();
    for (int i = 0; i <= many; ++i) {
        const kind_number one = product.add_kind("chain" + std::to_string(i));
        if (i > 0) product.add_reference(one, static_cast<kind_number>(one - 1), on_delete::cascade, false);
        const uuid id = i == 0 ? root : uuid::generate();
        const std::vector<std::string> refs(i == 0 ? 0 : 1, "r" + std::to_string(i - 1));
        rows.push_back(product.row(one, database.whose(), id, refs, above, false));
        above = id;
    }
    // What could stand in the way is looked for.
    product.add_reference(product.add_kind("holders"), many, on_delete::restrict_, true);
    delete_from(database, product, rows, root, way::erase);
}

/// Each kind must name a row of the first, and is in the bin.
template <class Database>
void delete_what_is_in_many_bins(Database& database) {
    large_product product(database.is_postgres());
    const uuid root = uuid::generate();
    std::vector<std::string> rows{product.row(product.add_kind("star"), database.whose(), root, {}, root, false)};
    for (int i = 0; i < many; ++i) {
        const kind_number one = product.add_kind("star" + std::to_string(i), true);
        product.add_reference(one, 0, on_delete::restrict_, false);
        rows.push_back(product.row(one, database.whose(), uuid::generate(), {"r" + std::to_string(i)}, root, true));
    }
    delete_from(database, product, rows, root, way::erase);
}

/// A tree that is a chain: each row has one below it.
template <class Database>
void delete_a_deep_tree(Database& database, bool soft) {
    large_product product(database.is_postgres());
    const kind_number tree = product.add_kind("tree", soft);
    product.add_reference(tree, tree, on_delete::cascade, true);
    std::vector<std::string> rows;
    const uuid root = uuid::generate();
    uuid above = root;
    for (int i = 0; i < deep; ++i) {
        const uuid id = i == 0 ? root : uuid::generate();
        const std::vector<std::string> refs(i == 0 ? 0 : 1, "r0");
        rows.push_back(product.row(tree, database.whose(), id, refs, above, false));
        above = id;
    }
    delete_from(database, product, rows, root, soft ? way::bin_and_purge : way::erase);
}

constexpr int wide = 10'001;  // more than are looked at in one step

/// `wide` rows below the root, and below the first of them as many again, go into the bin and come back; as many may
/// name one that goes, or hold one that stays. With `others`, after the statistics of PostgreSQL were made of other
/// tenants alone.
template <class Database>
void delete_wide_levels(Database& database, bool others) {
    large_product product(database.is_postgres());
    const kind_number tree = product.add_kind("wide", true), notes = product.add_kind("wide_notes", true),
                      holders = product.add_kind("wide_holders", true);
    product.add_reference(tree, tree, on_delete::cascade, true);
    product.add_reference(tree, tree, on_delete::set_null, true);
    product.add_reference(tree, holders, on_delete::restrict_, true);
    product.add_reference(notes, tree, on_delete::set_null, true);
    product.add_reference(holders, tree, on_delete::restrict_, true);
    const uuid root = uuid::generate(), first = uuid::generate(), other = uuid::generate();
    database.make(product.tables(database.is_postgres()));
    database.make(product.indexes());
    for (const kind_number of : {tree, notes, holders}) {
        if (others)
            database.make({product.rows_of_others(of), "ANALYZE " + std::string(product.all().kinds[of].table)});
    }
    std::vector<std::string> rows;
    for (const uuid one : {root, other}) rows.push_back(product.row(tree, database.whose(), one, {}, one, false));
    rows.push_back(product.row(tree, database.whose(), first, {"r0"}, root, false));
    for (const uuid above : {root, first}) rows.push_back(product.many_rows(tree, database.whose(), wide, "r0", above));
    rows.push_back(product.many_rows(notes, database.whose(), wide, "r3", root));
    rows.push_back(product.many_rows(holders, database.whose(), wide, "r4", other));
    const result<void> made = database.wait(inserted(database.of_tenant(), rows));
    ASSERT_TRUE(made) << made.error().message;
    const graph graph = product.all();
    const result<void> done = database.wait(deleted(database.of_tenant(), record(graph, 0, root), way::bin));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(database.count("wide WHERE deleted_at IS NOT NULL"), 2 * wide + 2);
    EXPECT_EQ(database.count("wide_notes WHERE r3 IS NULL AND version = 2"), wide);
    const result<void> back = database.wait(brought_back(database.of_tenant(), record(graph, 0, root)));
    EXPECT_TRUE(back) << back.error().message;
    EXPECT_EQ(database.count("wide WHERE deleted_at IS NOT NULL"), 0);
}

class large_deletions : public db::database_test {
  public:
    static bool is_postgres() { return false; }
    tenant_id whose() const { return tenant_; }
    db::tenant_session of_tenant() { return session(tenant_); }
    result<void> wait(task<result<void>> done) { return runner_.wait(std::move(done)); }
    void make(const std::vector<std::string>& tables) {
        for (const std::string& each : tables) {
            const auto done = change(each);
            ASSERT_TRUE(done) << done.error().message << " " << each;
        }
    }
    std::int64_t count(std::string_view table) {
        const auto found = system("SELECT count(*) FROM " + std::string(table));
        return found ? (*found)[0].get<std::int64_t>(0) : -1;
    }
};

TEST_F(large_deletions, go_through_a_chain_of_kinds) {
    delete_through_a_chain_of_kinds(*this);
}
TEST_F(large_deletions, take_from_many_bins) {
    delete_what_is_in_many_bins(*this);
}
TEST_F(large_deletions, go_down_a_deep_tree) {
    delete_a_deep_tree(*this, false);
}
TEST_F(large_deletions, go_down_a_deep_tree_in_the_bin) {
    delete_a_deep_tree(*this, true);
}

TEST_F(large_deletions, take_wide_levels_and_bring_them_back) {
    delete_wide_levels(*this, false);
}

class postgres_large_deletions : public db::postgres_server_test, protected db::notes_database {
  public:
    static bool is_postgres() { return true; }
    tenant_id whose() const { return tenant_; }
    db::tenant_session of_tenant() { return session(tenant_); }
    result<void> wait(task<result<void>> done) { return runner_.wait(std::move(done)); }
    void make(const std::vector<std::string>& tables) {
        std::string all;
        for (const std::string& each : tables) all += each + ";\n";
        const std::string done = server().run(all);
        ASSERT_EQ(done.find("ERROR"), std::string::npos) << done;
    }
    std::int64_t count(std::string_view table) {
        const auto found = system("SELECT count(*) FROM " + std::string(table));
        return found ? (*found)[0].get<std::int64_t>(0) : -1;
    }

  protected:
    void SetUp() override {
        postgres_server_test::SetUp();
        if (!IsSkipped()) open(server().url("reader"));
    }
    void TearDown() override { database_.reset(); }
};

TEST_F(postgres_large_deletions, go_through_a_chain_of_kinds) {
    delete_through_a_chain_of_kinds(*this);
}
TEST_F(postgres_large_deletions, take_from_many_bins) {
    delete_what_is_in_many_bins(*this);
}
TEST_F(postgres_large_deletions, go_down_a_deep_tree) {
    delete_a_deep_tree(*this, false);
}
TEST_F(postgres_large_deletions, go_down_a_deep_tree_in_the_bin) {
    delete_a_deep_tree(*this, true);
}
TEST_F(postgres_large_deletions, take_wide_levels_and_bring_them_back) {
    delete_wide_levels(*this, false);
}
// A plan that takes the tenant for one without rows would take minutes.
TEST_F(postgres_large_deletions, take_wide_levels_of_a_tenant_that_statistics_do_not_know_and_bring_them_back) {
    delete_wide_levels(*this, true);
}

}  // namespace
}  // namespace tenon::records::test
