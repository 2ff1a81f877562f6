// Who waits for whom while records go into the bin, come out of it, and are deleted for good.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include <tenon/records/deletion.hpp>

#include "db/tenant_access.hpp"
#include "notes_database.hpp"
#include "postgres_server.hpp"
#include "records/retention.hpp"
#include "test_product.hpp"

#include "tests/wait_until.hpp"

namespace tenon::records::test {
namespace {

class postgres_bin_lock : public db::postgres_server_test, protected db::notes_database {
  protected:
    void SetUp() override {
        postgres_server_test::SetUp();
        if (!IsSkipped()) open(server().url("reader"));
    }
    void TearDown() override { database_.reset(); }

    void run(const std::string& text) {
        const std::string said = server().run(text);
        ASSERT_EQ(said.find("ERROR"), std::string::npos) << said;
    }
    void make(const test_product& product) {
        for (const std::string& each : product.tables(true)) run(each);
    }
    /// `more` are the cells of the columns behind the version.
    uuid insert(const std::string& table, const std::string& more) {
        const uuid id = uuid::generate();
        run("INSERT INTO " + table + " VALUES ('" + tenant_.value.to_string() + "', '" + id.to_string() + "', '" +
            id.to_string() + "', now(), 1" + (more.empty() ? "" : ", " + more) + ")");
        return id;
    }
    db::tenant_session impatient() {
        return db::tenant_session(*database_, tenant_, std::chrono::steady_clock::now() + std::chrono::seconds(1));
    }

    /// What somebody who is about to refer to the record gets to know meanwhile.
    task<result<void>> looked_up(record what) {
        auto mine = session(tenant_);
        CO_TRY_ASSIGN(auto open, co_await mine.begin());
        const access::viewer nobody;
        CO_TRY(co_await put_into_bin(open, what, 1, nobody));

        auto theirs = impatient();
        CO_TRY_ASSIGN(auto other, co_await theirs.begin());
        const std::string look = "SELECT id FROM things WHERE {tenant_id} = $1 AND id = $2 FOR KEY SHARE";
        auto parameters = db::args(what.id);
        CO_TRY(co_await db::tenant_access::query(other, look, std::move(parameters)));
        co_return result<void>();
    }

    /// What becomes of a deletion of `target` while `back`, which refers to it, comes out of the bin.
    task<result<void>> deleted_meanwhile(record back, record target) {
        auto mine = session(tenant_);
        CO_TRY_ASSIGN(auto open, co_await mine.begin());
        const access::viewer nobody;
        CO_TRY(co_await restore(open, back, nobody));

        auto theirs = impatient();
        CO_TRY_ASSIGN(auto other, co_await theirs.begin());
        CO_TRY(co_await put_into_bin(other, target, 1, nobody));
        co_return result<void>();
    }

    enum class step { begun, written, may_commit };

    /// Somebody else changes `id`, and ends when told.
    task<result<void>> changed(std::string text, uuid id, std::shared_ptr<std::atomic<step>> at) {
        auto mine = session(tenant_);
        CO_TRY_ASSIGN(auto open, co_await mine.begin());
        auto parameters = db::args(id);
        CO_TRY(co_await db::tenant_access::query(open, text, std::move(parameters)));
        *at = step::written;
        while (*at != step::may_commit)
            co_await sleep_until(std::chrono::steady_clock::now() + std::chrono::milliseconds(2));
        co_return co_await open.commit();
    }
    task<result<void>> erased(record what) {
        auto mine = session(tenant_);
        CO_TRY_ASSIGN(auto open, co_await mine.begin());
        const access::viewer nobody;
        CO_TRY(co_await erase(open, what, 1, nobody));
        co_return co_await open.commit();
    }
    /// What `waiting` comes to, which has to wait for the change of `id` by `text`.
    template <class T>
    T result_after(std::string text, uuid id, task<T> waiting) {
        const auto at = std::make_shared<std::atomic<step>>(step::begun);
        auto change = runner_.start(changed(std::move(text), id, at));
        tenon::test::wait_until([&] { return *at == step::written; });
        auto other = runner_.start(std::move(waiting));
        tenon::test::wait_until([&] {
            return server().run("SELECT 'waits' FROM pg_locks WHERE NOT granted").find("waits") != std::string::npos;
        });
        *at = step::may_commit;
        const auto done = change.get();
        EXPECT_TRUE(done) << done.error().message;
        return other.get();
    }
    bool has(const std::string& table, uuid id) {
        const std::string text = "SELECT 'is there' FROM " + table + " WHERE id = '" + id.to_string() + "'";
        return server().run(text).find("is there") != std::string::npos;
    }
    task<result<purged>> passed(graph all) {
        places_in_bin places;
        time_of_run time;
        co_return co_await purge_expired(*database_, all, instant::now(), std::move(time), places);
    }
};

TEST_F(postgres_bin_lock, makes_those_wait_who_would_refer_to_it) {
    test_product product;
    const kind_number things = product.add_kind("things", true);
    make(product);
    const uuid id = insert("things", "NULL");
    const graph all = product.all();
    const auto seen = runner_.wait(looked_up(record(all, things, id)));
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().code, errc::deadline_exceeded) << seen.error().message;
}

TEST_F(postgres_bin_lock, makes_those_wait_who_would_delete_what_comes_back_to_it) {
    test_product product;
    const kind_number things = product.add_kind("things", true);
    const kind_number holders = product.add_kind("holders", true);
    product.add_reference(holders, things, on_delete::restrict_, true);
    make(product);
    const uuid target = insert("things", "NULL");
    const uuid back = insert("holders", "now(), '" + target.to_string() + "'");
    const graph all = product.all();
    const auto done = runner_.wait(deleted_meanwhile(record(all, holders, back), record(all, things, target)));
    ASSERT_FALSE(done) << "a live record would refer into the bin";
    EXPECT_EQ(done.error().code, errc::deadline_exceeded) << done.error().message;
}

TEST_F(postgres_bin_lock, keeps_what_is_deleted_anew_while_its_purge_waits) {
    test_product product;
    const kind_number things = product.add_kind("things", true);
    product.keep_for(things, std::chrono::hours(1));
    make(product);
    run("CREATE TABLE tenants (id uuid NOT NULL PRIMARY KEY)");
    run("INSERT INTO tenants VALUES ('" + tenant_.value.to_string() + "')");
    const uuid id = insert("things", "now() - interval '1 day'");
    const graph all = product.all();

    // As if it had been brought back and deleted again.
    const std::string again = "UPDATE things SET deleted_at = now() WHERE {tenant_id} = $1 AND id = $2";
    const auto done = result_after(again, id, passed(all));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->gone, 0);
    EXPECT_EQ(done->failed, 0);
    EXPECT_TRUE(has("things", id));
}

/// Those are passing states of one record; a database that is away ends the run.
TEST_F(postgres_bin_lock, goes_on_behind_a_purge_that_gives_way_to_others) {
    test_product product;
    const kind_number things = product.add_kind("things", true);
    product.keep_for(things, std::chrono::hours(1));
    make(product);
    run("CREATE TABLE tenants (id uuid NOT NULL PRIMARY KEY)");
    run("INSERT INTO tenants VALUES ('" + tenant_.value.to_string() + "')");
    run("CREATE TABLE states (id uuid, state text)");
    run("CREATE FUNCTION give_way() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ DECLARE s text; BEGIN "
        "SELECT state INTO s FROM states WHERE id = OLD.id; "
        "IF s IS NOT NULL THEN RAISE EXCEPTION USING ERRCODE = s; END IF; RETURN OLD; END $$");
    run("CREATE TRIGGER give_way BEFORE DELETE ON things FOR EACH ROW EXECUTE FUNCTION give_way()");
    for (const std::string state : {"40P01", "40001", "55P03"}) {
        const uuid id = insert("things", "now() - interval '3 days'");
        run("INSERT INTO states VALUES ('" + id.to_string() + "', '" + state + "')");
    }
    const uuid behind = insert("things", "now() - interval '2 days'");
    const graph all = product.all();
    const auto done = runner_.wait(passed(all));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->failed, 3);
    EXPECT_EQ(done->gone, 1);
    EXPECT_FALSE(has("things", behind));

    run("UPDATE states SET state = '57P01'");
    EXPECT_FALSE(runner_.wait(passed(all))) << "the server is shutting down";
}

TEST_F(postgres_bin_lock, spares_what_moves_away_while_a_deletion_waits_for_it) {
    test_product product;
    const kind_number things = product.add_kind("things");
    const kind_number parts = product.add_kind("parts");
    const kind_number screws = product.add_kind("screws");
    product.add_reference(parts, things, on_delete::cascade, false);
    product.add_reference(screws, parts, on_delete::cascade, false);
    make(product);
    const uuid gone = insert("things", "");
    const uuid kept = insert("things", "");
    const uuid part = insert("parts", "'" + gone.to_string() + "'");
    const uuid screw = insert("screws", "'" + part.to_string() + "'");
    const graph all = product.all();
    const std::string move = "UPDATE parts SET r0 = '" + kept.to_string() + "' WHERE {tenant_id} = $1 AND id = $2";
    const auto done = result_after(move, part, erased(record(all, things, gone)));
    EXPECT_TRUE(done) << done.error().message;
    EXPECT_FALSE(has("things", gone));
    EXPECT_TRUE(has("parts", part));
    EXPECT_TRUE(has("screws", screw)) << "it goes with its part, and that has stayed";
}

TEST_F(postgres_bin_lock, spares_what_comes_back_while_a_deletion_waits_for_it) {
    test_product product;
    const kind_number things = product.add_kind("things");
    const kind_number holders = product.add_kind("holders", true);
    product.add_reference(holders, things, on_delete::restrict_, false);
    make(product);
    const uuid target = insert("things", "");
    const uuid holder = insert("holders", "now(), '" + target.to_string() + "'");
    const graph all = product.all();
    const std::string back = "UPDATE holders SET deleted_at = NULL WHERE {tenant_id} = $1 AND id = $2";
    const auto done = result_after(back, holder, erased(record(all, things, target)));
    ASSERT_FALSE(done) << "a live record refers to it";
    EXPECT_EQ(done.error().kind, "reference") << done.error().message;
    EXPECT_TRUE(has("holders", holder));
    EXPECT_TRUE(has("things", target));
}

}  // namespace
}  // namespace tenon::records::test
