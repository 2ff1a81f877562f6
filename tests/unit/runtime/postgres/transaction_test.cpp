// Transactions on PostgreSQL: all or nothing, side by side, and never one that stays open.
#include "holder_test.hpp"

#include <future>
#include <vector>

#include "tests/wait_until.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;

TEST_F(postgres_database_test, commits_all_or_nothing) {
    ASSERT_TRUE(runner_.wait(insert_two(session(tenant_), false)));
    EXPECT_EQ(count(tenant_), 0);
    ASSERT_TRUE(runner_.wait(insert_two(session(tenant_), true)));
    EXPECT_EQ(count(tenant_), 2);
}

class postgres_transaction_test : public postgres_holder_test {};

TEST_F(postgres_transaction_test, rolls_back_when_its_coroutine_is_destroyed) {
    start_holder(session(tenant_), "held");
    drop_holder();
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "held")) << "the value is free again";
    EXPECT_EQ(count(tenant_), 1);
}

task<result<void>> sleep_inside(tenant_session session, std::shared_ptr<gate> g) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    g->reached.set_value();
    CO_TRY_ASSIGN(auto out, co_await open.query("SELECT pg_sleep(1000) WHERE $1::uuid IS NOT NULL", args()));
    (void)out;
    co_return result<void>();
}

TEST_F(postgres_transaction_test, destroying_a_coroutine_in_the_middle_of_a_statement_stops_it) {
    start_holder([&](std::shared_ptr<gate> g) { return sleep_inside(session(tenant_), g); });
    drop_holder();
    EXPECT_TRUE(runner_.wait(insert_two(session(tenant_), true)));
    const char* const running =
        "SELECT 'yes' FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%sleep%' AND pid <> "
        "pg_backend_pid()";
    test::wait_until([&] { return server().run(running, "reader").find("yes") == std::string::npos; });
}

task<result<void>> take_row(tenant_session session, std::string title) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto wanted = args(title);
    CO_TRY_ASSIGN(auto found,
                  co_await open.query("SELECT 1 FROM notes WHERE workspace_id = $1 AND title = $2 FOR UPDATE", wanted));
    if (found.empty()) co_return error(errc::not_found, "no such row");
    co_return co_await open.commit();
}

task<result<void>> hold_row(tenant_session session, std::string title, std::shared_ptr<gate> g) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto wanted = args(title);
    CO_TRY(co_await open.query("SELECT 1 FROM notes WHERE workspace_id = $1 AND title = $2 FOR UPDATE", wanted));
    g->reached.set_value();
    co_await sleep_until(std::chrono::steady_clock::now() + 1h);
    co_return result<void>();
}

TEST_F(postgres_transaction_test, run_side_by_side_unless_they_want_the_same_row) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "mine"));
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "other"));
    start_holder([&](std::shared_ptr<gate> g) { return hold_row(session(tenant_), "mine", g); });
    EXPECT_TRUE(runner_.wait(insert_two(session(tenant_), true)));
    EXPECT_TRUE(runner_.wait(take_row(session(tenant_), "other")));
    tenant_session impatient(*database_, tenant_, std::chrono::steady_clock::now() + 100ms);
    auto out = runner_.wait(take_row(impatient, "mine"));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::deadline_exceeded);
    drop_holder();
    EXPECT_TRUE(runner_.wait(take_row(session(tenant_), "mine")));
}

/// All of them wait for the row that is held, each with a connection or for one.
TEST_F(postgres_transaction_test, many_of_one_caller_that_wait_for_a_lock_keep_nobody_else_waiting) {
    const tenant_id other = tenant_id::generate();
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "mine"));
    start_holder([&](std::shared_ptr<gate> g) { return hold_row(session(tenant_), "mine", g); });
    const user_id greedy = user_id::generate();
    const auto by = [&](tenant_id tenant, user_id user) {
        return tenant_session(*database_, tenant, std::chrono::steady_clock::now() + 20s, user);
    };
    std::vector<std::future<result<void>>> blocked;
    for (int i = 0; i < 60; ++i) blocked.push_back(runner_.start(take_row(by(tenant_, greedy), "mine")));
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_TRUE(runner_.wait(insert_two(by(other, user_id::generate()), true)));
    EXPECT_TRUE(runner_.wait(insert_two(by(tenant_, user_id::generate()), true))) << "a colleague";
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 10s) << "waited for those";
    drop_holder();
    for (auto& each : blocked) EXPECT_TRUE(each.get());
}

task<result<void>> take_both(tenant_session session, std::string first, std::string second, std::shared_ptr<gate> mine,
                             std::shared_future<void> others) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto one = args(first);
    CO_TRY(co_await open.query("SELECT 1 FROM notes WHERE workspace_id = $1 AND title = $2 FOR UPDATE", one));
    mine->reached.set_value();
    others.wait();
    auto two = args(second);
    CO_TRY(co_await open.query("SELECT 1 FROM notes WHERE workspace_id = $1 AND title = $2 FOR UPDATE", two));
    co_return co_await open.commit();
}

TEST_F(postgres_transaction_test, of_two_that_wait_for_each_other_one_is_told_to_try_again) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "a"));
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "b"));
    test::loop_runner second;
    auto g = std::make_shared<gate>();
    auto h = std::make_shared<gate>();
    auto left = runner_.start(take_both(session(tenant_), "a", "b", g, h->reached.get_future().share()));
    auto right = second.start(take_both(session(tenant_), "b", "a", h, g->reached.get_future().share()));
    auto one = left.get();
    auto two = right.get();
    ASSERT_NE(one.has_value(), two.has_value());
    EXPECT_EQ((one ? two : one).error().code, errc::unavailable);
    EXPECT_EQ((one ? two : one).error().retry_after, 1s) << "the database is not away";
}

TEST_F(postgres_transaction_test, a_holder_that_outstays_its_deadline_is_rolled_back) {
    start_holder(tenant_session(*database_, tenant_, std::chrono::steady_clock::now() + 200ms), "held");
    EXPECT_TRUE(runner_.wait(insert_two(session(tenant_), true)));
    EXPECT_EQ(count(tenant_), 2);
}

task<result<void>> clash_then_commit(tenant_session session) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    const auto id = uuid::generate();
    auto first = args(id, "one");
    CO_TRY_ASSIGN(auto a,
                  co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", first));
    (void)a;
    auto again = args(uuid::generate(), "one");
    auto failed = co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", again);
    EXPECT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, "unique");
    EXPECT_EQ(failed.error().fields.size(), 1U) << "without the tenant's column";
    auto committed = co_await open.commit();
    co_return committed;
}

TEST_F(postgres_transaction_test, a_failed_statement_leaves_nothing_to_commit) {
    EXPECT_FALSE(runner_.wait(clash_then_commit(session(tenant_))));
    EXPECT_EQ(count(tenant_), 0);
}

task<result<std::int64_t>> add_one_locked(tenant_session session) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    CO_TRY_ASSIGN(auto found, co_await open.query("SELECT rank FROM notes WHERE workspace_id = $1 FOR UPDATE", args()));
    const auto next = found[0].get<std::int64_t>(0) + 1;
    auto parameters = args(next);
    CO_TRY_ASSIGN(auto out, co_await open.query("UPDATE notes SET rank = $2 WHERE workspace_id = $1", parameters));
    (void)out;
    CO_TRY(co_await open.commit());
    co_return next;
}

TEST_F(postgres_transaction_test, of_rows_that_they_lock_no_update_is_lost) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "counter", 0));
    std::vector<std::future<result<std::int64_t>>> all;
    for (int i = 0; i < 100; ++i) all.push_back(runner_.start(add_one_locked(session(tenant_))));
    for (auto& each : all) ASSERT_TRUE(each.get());
    auto mine = session(tenant_);
    auto found = runner_.wait(mine.read("SELECT rank FROM notes WHERE workspace_id = $1", args()));
    EXPECT_EQ((*found)[0].get<std::int64_t>(0), 100);
}

task<result<void>> write_after(tenant_session session, std::shared_ptr<gate> g, std::future<void> broken) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto before = args(uuid::generate(), "inside");
    CO_TRY(co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", before));
    g->reached.set_value();
    broken.wait();
    auto parameters = args(uuid::generate(), "outside");
    CO_TRY_ASSIGN(auto out,
                  co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", parameters));
    (void)out;
    co_return co_await open.commit();
}

TEST_F(postgres_transaction_test, one_whose_connection_broke_never_goes_on_outside_of_it) {
    auto g = std::make_shared<gate>();
    auto reached = g->reached.get_future();
    std::promise<void> broken;
    auto out = runner_.start(write_after(session(tenant_), g, broken.get_future()));
    reached.get();
    break_connections();
    broken.set_value();
    auto failed = out.get();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, errc::unavailable);
    EXPECT_EQ(failed.error().retry_after, 0s) << "nobody knows when it is back";
    EXPECT_EQ(count(tenant_), 0);
    EXPECT_TRUE(runner_.wait(insert_two(session(tenant_), true)));
}

TEST_F(postgres_transaction_test, one_begins_anew_when_its_connection_had_been_closed) {
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(runner_.wait(insert_two(session(tenant_id::generate()), true)));
        break_connections();
    }
}

task<result<void>> commit_nothing(tenant_session session) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    co_return co_await open.commit();
}

TEST_F(postgres_transaction_test, one_without_statements_needs_no_connection) {
    EXPECT_TRUE(runner_.wait(commit_nothing(session(tenant_))));
    EXPECT_EQ(server().run("SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND pid <> pg_backend_pid()",
                           "reader"),
              "0\n");
}

TEST_F(postgres_transaction_test, more_than_there_are_connections_wait_for_their_turn) {
    std::atomic<int> waits = 0;
    database_->report_waits([&](std::string_view connection, std::chrono::nanoseconds time) {
        EXPECT_EQ(connection, "transaction");
        EXPECT_GT(time, 0ns);
        ++waits;
    });
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "mine"));
    start_holder([&](std::shared_ptr<gate> g) { return hold_row(session(tenant_), "mine", g); });
    std::vector<std::future<result<void>>> all;
    for (int i = 0; i < 100; ++i) all.push_back(runner_.start(take_row(session(tenant_), "mine")));
    runner_.run([] {});
    EXPECT_EQ(waits, 0) << "a wait is told when it ends";
    drop_holder();
    for (auto& each : all) EXPECT_TRUE(each.get());
    EXPECT_GT(waits, 50);
    EXPECT_LT(waits, 100) << "some found a free connection";
}

// The longest waits are those that end without a connection.
TEST_F(postgres_transaction_test, waits_until_the_deadline_are_told_too) {
    std::atomic<int> waits = 0;
    database_->report_waits([&](std::string_view, std::chrono::nanoseconds time) {
        EXPECT_GT(time, 0ns);
        ++waits;
    });
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "mine"));
    start_holder([&](std::shared_ptr<gate> g) { return hold_row(session(tenant_), "mine", g); });
    std::vector<std::future<result<void>>> all;
    for (int i = 0; i < 100; ++i) {
        tenant_session impatient(*database_, tenant_, std::chrono::steady_clock::now() + 200ms);
        all.push_back(runner_.start(take_row(impatient, "mine")));
    }
    for (auto& each : all) EXPECT_FALSE(each.get());
    EXPECT_GT(waits, 50);
    drop_holder();
}

TEST_F(postgres_transaction_test, drain_waits_for_open_transactions_and_refuses_new_work) {
    start_holder(session(tenant_), "held");
    auto done = runner_.start(drained(*database_));
    runner_.run([] {});
    EXPECT_EQ(done.wait_for(20ms), std::future_status::timeout);
    auto refused = system("SELECT 1");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::unavailable);
    drop_holder();
    EXPECT_TRUE(done.get());
}

TEST_F(postgres_transaction_test, closing_with_an_open_transaction_rolls_it_back) {
    start_holder(session(tenant_), "held");
    database_.reset();
    drop_holder();
    reopen();
    EXPECT_TRUE(insert(tenant_, uuid::generate(), "held"));
    EXPECT_EQ(count(tenant_), 1);
}

TEST_F(postgres_transaction_test, take_a_connection_that_there_is_before_one_that_cannot_be_made) {
    start_holder(session(tenant_), "held");
    ASSERT_TRUE(runner_.wait(insert_two(session(tenant_id::generate()), true)));  // on a second one
    drop_holder();
    server().run("ALTER ROLE reader CONNECTION LIMIT 1", "tests");
    server().run(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = 'reader' "
        "ORDER BY backend_start LIMIT 1",
        "tests");
    (void)runner_.wait(insert_two(session(tenant_id::generate()), true));  // finds out, at the latest
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(runner_.wait(insert_two(session(tenant_id::generate()), true)));
    server().run("ALTER ROLE reader CONNECTION LIMIT -1", "tests");
}

task<result<rows>> go_on_with_another(tenant_session session) {
    CO_TRY_ASSIGN(auto first, co_await session.begin());
    CO_TRY_ASSIGN(auto second, co_await session.begin());
    auto none = args();
    (void)co_await first.query("SELECT pg_sleep(1000) WHERE $1::uuid IS NOT NULL", none);
    co_return co_await second.query("SELECT 1 WHERE $1::uuid IS NOT NULL", args());
}

TEST_F(postgres_transaction_test, none_begins_while_the_database_closes) {
    auto out = runner_.start(go_on_with_another(session(tenant_)));
    runner_.run([] {});
    database_.reset();
    ASSERT_EQ(out.wait_for(0s), std::future_status::ready) << "it is inside of the database still";
    EXPECT_FALSE(out.get());
}

task<result<void>> close_after(std::unique_ptr<backend>& database, task<result<rows>> asked) {
    CO_TRY(co_await asked);
    database.reset();
    co_return result<void>();
}

TEST_F(postgres_transaction_test, whoever_was_answered_may_close_the_database) {
    system_session nobody(*database_, soon());
    EXPECT_TRUE(runner_.wait(close_after(database_, nobody.read("SELECT 1", {}))));
    runner_.run([] {});
}

}  // namespace
}  // namespace tenon::db
