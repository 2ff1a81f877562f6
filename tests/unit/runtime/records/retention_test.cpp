// What the retention does with records that it cannot purge: it goes on behind them.
#include "records/retention.hpp"

#include <algorithm>
#include <chrono>
#include <vector>

#include <gtest/gtest.h>

#include "notes_on_sqlite.hpp"
#include "test_product.hpp"

namespace tenon::records::test {
namespace {

class retention : public db::database_test {
  protected:
    void SetUp() override {
        database_test::SetUp();
        things_ = product_.add_kind("things", true);
        product_.keep_for(things_, std::chrono::hours(1));
        product_.add_reference(product_.add_kind("holders"), things_, on_delete::restrict_, true);
        for (const std::string& each : product_.tables(false)) run(each);
        run("CREATE TABLE tenants (id TEXT NOT NULL PRIMARY KEY)");
    }

    void run(const std::string& text) {
        const auto done = change(text);
        ASSERT_TRUE(done) << done.error().message << " " << text;
    }
    tenant_id found_tenant() {
        const tenant_id out = tenant_id::generate();
        run("INSERT INTO tenants VALUES ('" + out.value.to_string() + "')");
        return out;
    }
    /// In the order in which a run comes to them.
    std::vector<tenant_id> found_tenants(std::size_t count) {
        std::vector<tenant_id> out;
        while (out.size() < count) out.push_back(found_tenant());
        std::sort(out.begin(), out.end(), [](tenant_id a, tenant_id b) { return a.value < b.value; });
        return out;
    }
    /// Each purge of a thing for which `when` holds takes longer than a run waits for it.
    void let_purges_take_long(const std::string& when) {
        run("CREATE VIEW forever AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT i FROM n");
        run("CREATE TRIGGER take_long BEFORE DELETE ON things WHEN " + when +
            " BEGIN SELECT count(*) FROM forever; END");
    }
    /// Numbers `first` to `last`, deleted in this order.
    void delete_things(tenant_id whose, int first, int last) {
        run("WITH RECURSIVE n(i) AS (SELECT " + std::to_string(first) + " UNION ALL SELECT i + 1 FROM n WHERE i < " +
            std::to_string(last) + ") INSERT INTO things (workspace_id, id, created_by, updated_at, version, " +
            "deleted_at) SELECT '" + whose.value.to_string() + "', " + id_of("i") + ", " + id_of("i") +
            ", 0, 1, i FROM n");
    }
    /// Live ones, each of which refers to one of them.
    void hold_things(tenant_id whose) {
        run("INSERT INTO holders (workspace_id, id, created_by, updated_at, version, r0) SELECT workspace_id, id, id, "
            "0, 1, id FROM things WHERE workspace_id = '" +
            whose.value.to_string() + "'");
    }
    static std::string id_of(const std::string& number) {
        return "format('00000000-0000-7000-8000-%012d', " + number + ")";
    }
    std::int64_t things(tenant_id whose) {
        const auto found = system("SELECT count(*) FROM things WHERE workspace_id = '" + whose.value.to_string() + "'");
        return found ? (*found)[0].get<std::int64_t>(0) : -1;
    }
    purged pass(std::chrono::milliseconds time = std::chrono::minutes(5)) {
        const auto done = runner_.wait(passed(time));
        EXPECT_TRUE(done) << done.error().message;
        return done ? *done : purged();
    }
    task<result<purged>> passed(std::chrono::milliseconds time) {
        const graph all = product_.all();
        time_of_run given;
        given.end = std::chrono::steady_clock::now() + time;
        co_return co_await purge_expired(*database_, all, instant::now(), std::move(given), places_);
    }

    test_product product_;
    kind_number things_ = 0;
    places_in_bin places_;
};

TEST_F(retention, goes_on_behind_a_record_and_a_tenant_that_fail) {
    const std::vector<tenant_id> all = found_tenants(2);
    for (const tenant_id each : all) delete_things(each, 1, 3);
    run("CREATE TRIGGER fail BEFORE DELETE ON things WHEN OLD.deleted_at = 2 AND OLD.workspace_id = '" +
        all[0].value.to_string() + "' BEGIN SELECT RAISE(ABORT, 'it does not go'); END");
    const purged done = pass();
    EXPECT_EQ(done.gone, 5);
    EXPECT_EQ(done.failed, 1);
    EXPECT_EQ(things(all[0]), 1);
    EXPECT_EQ(things(all[1]), 0);
}

TEST_F(retention, leaves_a_purge_that_takes_long_and_goes_on_in_the_next_run) {
    const tenant_id whose = found_tenant();
    delete_things(whose, 1, 3);
    let_purges_take_long("OLD.deleted_at = 1");
    const auto begin = std::chrono::steady_clock::now();
    const purged first = pass();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15)) << "it holds the only writer";
    EXPECT_EQ(first.failed, 1);
    EXPECT_EQ(first.gone, 0) << "the next ones might take as long";
    EXPECT_EQ(pass().gone, 2);
    EXPECT_EQ(things(whose), 1);
}

TEST_F(retention, purges_so_many_in_a_run_and_walks_past_those_that_are_blocked) {
    const tenant_id whose = found_tenant();
    constexpr int held = static_cast<int>(purged_at_most) + 50;
    delete_things(whose, 1, held);
    hold_things(whose);
    delete_things(whose, held + 1, held + 1);

    const purged first = pass();
    EXPECT_EQ(first.blocked, held);
    EXPECT_EQ(first.gone, 1) << "those in front keep none back, also of a process that has just begun";
    EXPECT_TRUE(places_.left_off.empty());

    run("DELETE FROM holders");
    EXPECT_EQ(pass().gone, purged_at_most) << "it begins at the front again";
    EXPECT_EQ(pass().gone, 50);
}

TEST_F(retention, goes_on_behind_rows_that_cannot_be_read) {
    const tenant_id whose = found_tenant();
    delete_things(whose, 1, 150);
    run("UPDATE things SET id = 'no id ' || deleted_at WHERE deleted_at <= 120");
    const purged done = pass();
    EXPECT_EQ(done.failed, 120) << "more than are looked for at once";
    EXPECT_EQ(done.gone, 30);
    EXPECT_TRUE(places_.left_off.empty());
}

TEST_F(retention, ends_when_its_time_is_over_and_goes_on_with_the_next_tenant) {
    const std::vector<tenant_id> all = found_tenants(3);
    for (const tenant_id each : all) delete_things(each, 1, 1);
    let_purges_take_long("OLD.workspace_id = '" + all[1].value.to_string() + "'");
    const purged first = pass(std::chrono::seconds(2));
    EXPECT_EQ(first.gone, 1);
    EXPECT_EQ(first.failed, 1) << "all the time that there was";
    EXPECT_EQ(things(all[2]), 1);

    run("DROP TRIGGER take_long");
    delete_things(all[0], 2, 2);
    EXPECT_EQ(pass().gone, 2) << "where it ended, and behind";
    EXPECT_EQ(things(all[0]), 1) << "it has had its turn";
    EXPECT_EQ(pass().gone, 1) << "then all have a turn again";
    EXPECT_EQ(pass(std::chrono::seconds(0)).gone, 0);
}

}  // namespace
}  // namespace tenon::records::test
