// Keys of programs, on SQLite and on PostgreSQL: what is made under one is made once.
#include <gtest/gtest.h>

#include <future>

#include <tenon/operation/once.hpp>
#include <tenon/testing/clock.hpp>

#include "crypto/digest.hpp"
#include "databases/open.hpp"
#include "limits/limiter_parts.hpp"
#include "loop_runner.hpp"
#include "migrations/migrate.hpp"
#include "operation/surroundings.hpp"
#include "sample_product.hpp"
#include "shared_cluster.hpp"
#include "temporary_folder.hpp"

namespace tenon::operation {
namespace {

using namespace std::chrono_literals;

struct thing {
    tenon::id<thing> id;
    std::string name;
};
using things = once<thing>;

enum class ending { commit, refuse, drop_behind_the_key };

/// As a generated operation goes about it.
task<result<thing>> make_thing(const context& who, std::string name, keeper<thing>* kept, ending how = ending::commit) {
    thing made;
    made.id = tenon::id<thing>::generate();
    made.name = std::move(name);
    auto database = who.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    auto row = db::args(made.id.value, made.name);
    CO_TRY(co_await open.query("INSERT INTO things (workspace_id, id, name) VALUES ($1, $2, $3)", std::move(row)));
    if (how == ending::refuse) co_return error(errc::invalid, "No.");
    if (how == ending::drop_behind_the_key) {
        CO_TRY(co_await kept->keep(open, made));
        co_return error(errc::unavailable, "killed");
    }
    CO_TRY(co_await commit(open, made, kept));
    co_return made;
}

/// As a program goes about it: the id, and whether it is of now.
task<result<tenon::id<thing>>> make_once(const context& who, std::string key, std::string name,
                                         ending how = ending::commit) {
    things own(who, "make_thing", key, name);
    CO_TRY_ASSIGN(const auto before, co_await own.take());
    if (before) co_return *before;
    const auto made = co_await make_thing(who, name, &own, how);
    if (how != ending::drop_behind_the_key) co_await own.end();
    if (!made) co_return made.error();
    co_return made->id;
}

task<bool> ended(things& own) {
    co_await own.end();
    co_return true;
}

/// The parameter says whether the database is PostgreSQL.
class once_test : public ::testing::TestWithParam<bool> {
  protected:
    void SetUp() override {
        if (GetParam() && !test::cluster()) GTEST_SKIP() << test::shared_cluster::get().missing;
        if (GetParam()) test::cluster()->recreate();
        const std::string url = GetParam() ? test::cluster()->url() : folder_.database_url();
        const app::product& sample = test::sample_product();
        std::vector<db::migration> migrations = {
            GetParam() ? sample.postgres_migrations[0] : sample.sqlite_migrations[0],
            {"0002_things",
             GetParam() ? "CREATE TABLE things (workspace_id uuid NOT NULL, id uuid NOT NULL, name text NOT NULL);"
                        : "CREATE TABLE things (workspace_id TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL) "
                          "STRICT;",
             "-- irreversible: a test"}};
        ASSERT_TRUE(db::migrate_up(url, migrations));
        auto opened = db::open(url);
        ASSERT_TRUE(opened) << opened.error().message;
        database_ = std::move(*opened);
        database_->name_tenants(sample.tenant);
        limits_.emplace(limits::make_parts(limits::settings(), *database_, nullptr, metrics_));
        claims::settings wanted;
        wanted.tenant = sample.tenant;
        wanted.token_secret = secret(std::string(32, 's'));
        keys_.emplace(wanted, *database_);
        all_.emplace(*database_, sample.policy, cursors_, *limits_, metrics_, *keys_, parts_, own_);
        for (const tenant_id each : {tenant_, foreign_})
            sql("INSERT INTO workspaces (id, name, created_at, updated_at, version) VALUES ($1, 'W', $2, $2, 1)", each,
                db::args(instant::now()));
    }
    void TearDown() override { database_.reset(); }

    /// Past the operations; "$1" is the tenant.
    db::rows sql(std::string text, tenant_id whose, db::values parameters) {
        db::statement asked(std::move(text), std::move(parameters), whose, test::soon());
        auto out = runner_.wait(database_->run(std::move(asked)));
        EXPECT_TRUE(out) << out.error().message;
        return out ? std::move(*out) : db::rows();
    }
    context as(tenant_id tenant, user_id user) const {
        return context(*all_, tenant, user, 0, means::program, test::soon());
    }
    context me() const { return as(tenant_, user_); }
    std::int64_t made(tenant_id tenant) {
        auto session = as(tenant, user_).database();
        auto found = runner_.wait(session.read("SELECT count(*) FROM things WHERE workspace_id = $1", db::args()));
        EXPECT_TRUE(found) << found.error().message;
        return found ? (*found)[0].get<std::int64_t>(0) : -1;
    }
    std::int64_t made() { return made(tenant_); }
    result<tenon::id<thing>> ask(const context& who, std::string key, std::string name, ending how = ending::commit) {
        return runner_.wait(make_once(who, std::move(key), std::move(name), how));
    }

    testing::clock clock_;
    test::temporary_folder folder_;
    test::loop_runner runner_;
    const tenant_id tenant_ = tenant_id::generate();
    const tenant_id foreign_ = tenant_id::generate();
    const user_id user_ = user_id::generate();
    observe::metrics metrics_;
    const paging::cursor_codec cursors_{"key"};
    std::unique_ptr<db::backend> database_;
    std::optional<limits::limiter> limits_;
    std::optional<claims::store> keys_;
    const registry parts_;
    const product_parts own_;
    std::optional<surroundings> all_;

  private:
};

INSTANTIATE_TEST_SUITE_P(sqlite_on, once_test, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(postgres_on, once_test, ::testing::Values(true));

TEST_P(once_test, a_key_twice_makes_one_record) {
    const context who = me();
    const auto first = ask(who, "k", "a");
    ASSERT_TRUE(first) << first.error().message;
    const auto again = ask(who, "k", "a");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(*again, *first);
    EXPECT_EQ(made(), 1);
    const auto other = ask(who, "k2", "a");
    ASSERT_TRUE(other) << other.error().message;
    EXPECT_NE(*other, *first);
    EXPECT_EQ(made(), 2);
}

TEST_P(once_test, of_two_at_once_one_is_told_to_come_back) {
    const context who = me();
    things first(who, "make_thing", "k", "a");
    ASSERT_TRUE(runner_.wait(first.take()));
    const auto second = ask(who, "k", "a");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, errc::conflict);
    EXPECT_EQ(second.error().kind, "idempotency_key_in_use");
    const auto done = runner_.wait(make_thing(who, "a", &first));
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_TRUE(runner_.wait(ended(first)));
    EXPECT_EQ(*ask(who, "k", "a"), done->id) << "an end behind a commit takes nothing away";
    EXPECT_EQ(made(), 1);
}

TEST_P(once_test, many_at_once_make_one_record) {
    const context who = me();
    std::vector<std::future<result<tenon::id<thing>>>> all;
    for (int i = 0; i < 12; ++i) all.push_back(runner_.start(make_once(who, "k", "a")));
    for (auto& each : all) {
        const auto got = each.get();
        EXPECT_TRUE(got || got.error().kind == "idempotency_key_in_use") << got.error().message;
    }
    EXPECT_EQ(made(), 1);
}

TEST_P(once_test, other_content_under_a_used_key_is_refused) {
    const context who = me();
    ASSERT_TRUE(ask(who, "k", "a"));
    const auto other = ask(who, "k", "b");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, errc::invalid);
    EXPECT_EQ(other.error().kind, "idempotency_key_reused");
    EXPECT_EQ(made(), 1);
}

TEST_P(once_test, a_refusal_lets_go_of_the_key) {
    const context who = me();
    EXPECT_EQ(ask(who, "k", "a", ending::refuse).error().message, "No.");
    EXPECT_EQ(made(), 0);
    EXPECT_TRUE(ask(who, "k", "other content, even")) << "at once";
    EXPECT_EQ(made(), 1);
}

TEST_P(once_test, what_was_killed_can_be_taken_again_once_its_lock_is_over) {
    const context who = me();
    EXPECT_EQ(ask(who, "k", "a", ending::drop_behind_the_key).error().message, "killed");
    EXPECT_EQ(made(), 0) << "neither record nor key";
    EXPECT_EQ(ask(who, "k", "a").error().kind, "idempotency_key_in_use");
    clock_.step(1min);
    const auto again = ask(who, "k", "a");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(made(), 1);
    EXPECT_EQ(*ask(who, "k", "a"), *again);
}

TEST_P(once_test, who_has_lost_the_key_or_never_took_it_makes_nothing) {
    const context who = me();
    things slow(who, "make_thing", "k", "a");
    ASSERT_TRUE(runner_.wait(slow.take()));
    clock_.step(1min);
    ASSERT_TRUE(ask(who, "k", "a"));
    EXPECT_EQ(runner_.wait(make_thing(who, "a", &slow)).error().kind, "idempotency_key_in_use");
    things hasty(who, "make_thing", "k2", "a");
    EXPECT_EQ(runner_.wait(make_thing(who, "a", &hasty)).error().kind, "idempotency_key_in_use");
    EXPECT_EQ(made(), 1);
}

TEST_P(once_test, a_key_is_of_one_tenant_one_user_and_one_name) {
    const context who = me();
    const auto first = ask(who, "k", "a");
    ASSERT_TRUE(first) << first.error().message;
    const context foreign = as(foreign_, user_);
    const auto elsewhere = ask(foreign, "k", "b");
    ASSERT_TRUE(elsewhere) << elsewhere.error().message;
    EXPECT_NE(*elsewhere, *first);
    EXPECT_EQ(made(foreign_), 1);
    const context colleague = as(tenant_, user_id::generate());
    ASSERT_TRUE(ask(colleague, "k", "b"));
    things renamed(who, "make_other_thing", "k", "b");
    const auto free = runner_.wait(renamed.take());
    ASSERT_TRUE(free) << free.error().message;
    EXPECT_FALSE(*free);
    EXPECT_EQ(*ask(who, "k", "a"), *first);
}

TEST_P(once_test, a_key_has_from_1_to_255_bytes) {
    const context who = me();
    EXPECT_TRUE(ask(who, std::string(255, '\xff'), "a"));
    for (const std::size_t bytes : {0U, 256U}) {
        const auto refused = ask(who, std::string(bytes, 'k'), "a");
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().kind, "bad_idempotency_key");
    }
    EXPECT_EQ(made(), 1);
}

TEST_P(once_test, neither_key_nor_content_nor_id_can_be_read_in_the_database) {
    const context who = me();
    const auto first = ask(who, "my-key", "my-content");
    ASSERT_TRUE(first);
    const auto rows =
        sql("SELECT key_hash, fingerprint, answer FROM idempotency_keys WHERE workspace_id = $1", tenant_, {});
    ASSERT_EQ(rows.size(), 1U);
    for (std::size_t column = 0; column < 3; ++column)
        for (const std::string& told : {std::string("my-"), first->to_string()})
            EXPECT_EQ(rows[0].get<std::string>(column).find(told), std::string::npos);
}

}  // namespace
}  // namespace tenon::operation
