// Transactions: all or nothing, one writer at a time, and never one that stays open.
#include "databases/open.hpp"
#include "loop/completion.hpp"
#include "notes_on_sqlite.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;

struct gate {
    std::promise<void> opened;
    std::promise<void> reached;
};

TEST_F(database_test, commits_all) {
    ASSERT_TRUE(runner_.wait(insert_two(session(tenant_), true)));
    EXPECT_EQ(count(), 2);
}

TEST_F(database_test, rolls_back_when_dropped_without_commit) {
    ASSERT_TRUE(runner_.wait(insert_two(session(tenant_), false)));
    EXPECT_EQ(count(), 0);
    ASSERT_TRUE(runner_.wait(insert_two(session(tenant_), true))) << "the writer must be free again";
    EXPECT_EQ(count(), 2);
}

task<result<void>> hold(tenant_session session, std::shared_ptr<gate> g) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto parameters = args(uuid::generate(), "held");
    CO_TRY_ASSIGN(auto out,
                  co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", parameters));
    (void)out;
    g->reached.set_value();
    co_await sleep_until(std::chrono::steady_clock::now() + 1h);
    co_return result<void>();
}

TEST_F(database_test, rolls_back_when_its_coroutine_is_destroyed) {
    auto g = std::make_shared<gate>();
    auto reached = g->reached.get_future();
    std::optional<task<result<void>>> work;
    work.emplace(hold(session(tenant_), g));
    runner_.run([&] { work->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
    reached.get();
    runner_.run([&] { work.reset(); });
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "after"));
    EXPECT_EQ(count(), 1);
}

TEST_F(database_test, destroying_a_coroutine_that_still_waits_for_the_writer_frees_its_turn) {
    auto g = std::make_shared<gate>();
    auto reached = g->reached.get_future();
    std::optional<task<result<void>>> holder;
    std::optional<task<result<void>>> waiter;
    holder.emplace(hold(session(tenant_), g));
    waiter.emplace(hold(session(tenant_), std::make_shared<gate>()));
    runner_.run([&] { holder->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
    reached.get();
    runner_.run([&] { waiter->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
    runner_.run([&] { waiter.reset(); });
    runner_.run([&] { holder.reset(); });
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "after"));
    EXPECT_EQ(count(), 1);
}

TEST_F(database_test, a_second_writer_waits_until_its_deadline) {
    auto g = std::make_shared<gate>();
    auto reached = g->reached.get_future();
    std::optional<task<result<void>>> holder;
    holder.emplace(hold(session(tenant_), g));
    runner_.run([&] { holder->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
    reached.get();
    tenant_session impatient(*database_, tenant_, std::chrono::steady_clock::now() + 50ms);
    auto out = runner_.wait(insert_two(impatient, true));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::deadline_exceeded);
    EXPECT_TRUE(system("SELECT count(*) FROM notes")) << "readers do not wait for the writer";
    runner_.run([&] { holder.reset(); });
}

TEST_F(database_test, a_holder_that_outstays_its_deadline_loses_the_writer) {
    auto g = std::make_shared<gate>();
    auto reached = g->reached.get_future();
    tenant_session impatient(*database_, tenant_, std::chrono::steady_clock::now() + 100ms);
    std::optional<task<result<void>>> holder;
    holder.emplace(hold(impatient, g));
    runner_.run([&] { holder->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
    reached.get();
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "after"));
    EXPECT_EQ(count(), 1) << "what the holder wrote is rolled back";
    runner_.run([&] { holder.reset(); });
}

TEST_F(database_test, refuses_instead_of_queueing_without_end) {
    auto g = std::make_shared<gate>();
    auto reached = g->reached.get_future();
    std::optional<task<result<void>>> holder;
    holder.emplace(hold(session(tenant_), g));
    runner_.run([&] { holder->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
    reached.get();
    std::vector<std::future<result<rows>>> queued;
    for (int i = 0; i < 1100; ++i) {
        system_session all(*database_, soon());
        queued.push_back(runner_.start(all.write("UPDATE notes SET rank = 1", {})));
    }
    runner_.run([] {});  // by now all have been handed over …
    runner_.run([] {});  // … and by now the refused ones have heard of it
    int refused = 0;
    for (auto& each : queued) {
        if (each.wait_for(0s) != std::future_status::ready) continue;
        auto out = each.get();
        if (!out && out.error().code == errc::unavailable) ++refused;
    }
    EXPECT_EQ(refused, 1100 - 1024);
    runner_.run([&] { holder.reset(); });
    for (auto& each : queued) {
        if (!each.valid()) continue;
        EXPECT_TRUE(each.get());
    }
}

task<result<void>> fail_then_commit(tenant_session session) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    const auto id = uuid::generate();
    auto first = args(id, "one");
    CO_TRY_ASSIGN(auto a,
                  co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", first));
    (void)a;
    auto again = args(id, "two");
    auto failed = co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", again);
    EXPECT_FALSE(failed);
    auto committed = co_await open.commit();
    co_return committed;
}

TEST_F(database_test, a_failed_statement_leaves_nothing_to_commit) {
    EXPECT_FALSE(runner_.wait(fail_then_commit(session(tenant_))));
    EXPECT_EQ(count(), 0);
}

task<result<std::int64_t>> add_one(tenant_session session) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    CO_TRY_ASSIGN(auto found, co_await open.query("SELECT rank FROM notes WHERE workspace_id = $1", args()));
    const auto next = found[0].get<std::int64_t>(0) + 1;
    auto parameters = args(next);
    CO_TRY_ASSIGN(auto out, co_await open.query("UPDATE notes SET rank = $2 WHERE workspace_id = $1", parameters));
    (void)out;
    CO_TRY(co_await open.commit());
    co_return next;
}

TEST_F(database_test, transactions_do_not_lose_updates) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "counter", 0));
    std::vector<std::future<result<std::int64_t>>> all;
    for (int i = 0; i < 100; ++i) all.push_back(runner_.start(add_one(session(tenant_))));
    for (auto& each : all) ASSERT_TRUE(each.get());
    auto found = system("SELECT rank FROM notes");
    EXPECT_EQ((*found)[0].get<std::int64_t>(0), 100);
}

task<result<bool>> resumes_at_home(tenant_session session) {
    event_loop* const home = event_loop::current();
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    const bool after_begin = event_loop::current() == home;
    CO_TRY_ASSIGN(auto found, co_await open.query("SELECT rank FROM notes WHERE workspace_id = $1", args()));
    (void)found;
    const bool after_query = event_loop::current() == home;
    CO_TRY(co_await open.commit());
    co_return home != nullptr&& after_begin&& after_query&& event_loop::current() == home;
}

TEST_F(database_test, coroutines_resume_on_their_own_loop) {
    test::loop_runner second;
    auto a = runner_.start(resumes_at_home(session(tenant_)));
    auto b = second.start(resumes_at_home(session(tenant_)));
    EXPECT_TRUE(*a.get());
    EXPECT_TRUE(*b.get());
}

TEST_F(database_test, waits_for_the_writer_are_told_when_they_end) {
    std::atomic<int> waits = 0;
    database_->report_waits([&](std::string_view connection, std::chrono::nanoseconds time) {
        if (connection == "writer" && time > 10ms) ++waits;
    });
    auto g = std::make_shared<gate>();
    auto reached = g->reached.get_future();
    std::optional<task<result<void>>> holder;
    holder.emplace(hold(session(tenant_), g));
    runner_.run([&] { holder->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
    reached.get();
    auto second = runner_.start(insert_two(session(tenant_), true));
    EXPECT_EQ(second.wait_for(20ms), std::future_status::timeout);
    EXPECT_EQ(waits, 0);
    runner_.run([&] { holder.reset(); });
    EXPECT_TRUE(second.get());
    EXPECT_EQ(waits, 1);
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "three"));
    EXPECT_EQ(waits, 1) << "what finds it free has not waited";
}

// The longest waits are those that end without a connection.
TEST_F(database_test, waits_until_the_deadline_are_told_too) {
    std::atomic<int> writers = 0;
    std::atomic<int> readers = 0;
    database_->report_waits([&](std::string_view connection, std::chrono::nanoseconds time) {
        if (time > 40ms) ++(connection == "writer" ? writers : readers);
    });
    auto g = std::make_shared<gate>();
    auto reached = g->reached.get_future();
    std::optional<task<result<void>>> holder;
    holder.emplace(hold(session(tenant_), g));
    runner_.run([&] { holder->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
    reached.get();
    tenant_session impatient(*database_, tenant_, std::chrono::steady_clock::now() + 50ms);
    EXPECT_FALSE(runner_.wait(insert_two(impatient, true)));
    EXPECT_EQ(writers, 1);
    runner_.run([&] { holder.reset(); });

    const std::string endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    const auto busy_until = std::chrono::steady_clock::now() + 1s;
    std::vector<std::future<result<rows>>> busy;
    for (int i = 0; i < 8; ++i)  // as many as there are reading threads at most
        busy.push_back(runner_.start(system_session(*database_, busy_until).read(endless, {})));
    const auto soon_over = std::chrono::steady_clock::now() + 100ms;
    auto late = runner_.wait(system_session(*database_, soon_over).read("SELECT 1", {}));
    EXPECT_FALSE(late);
    EXPECT_EQ(readers, 1);
    for (auto& each : busy) EXPECT_FALSE(each.get());
}

TEST_F(database_test, drain_waits_for_open_transactions_and_refuses_new_work) {
    auto g = std::make_shared<gate>();
    auto reached = g->reached.get_future();
    std::optional<task<result<void>>> holder;
    holder.emplace(hold(session(tenant_), g));
    runner_.run([&] { holder->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
    reached.get();
    auto done = runner_.start(drained(*database_));
    runner_.run([] {});
    EXPECT_EQ(done.wait_for(20ms), std::future_status::timeout);
    auto refused = system("SELECT 1");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::unavailable);
    runner_.run([&] { holder.reset(); });
    EXPECT_TRUE(done.get());
}

TEST_F(database_test, closing_with_an_open_transaction_rolls_it_back) {
    auto g = std::make_shared<gate>();
    auto reached = g->reached.get_future();
    std::optional<task<result<void>>> holder;
    holder.emplace(hold(session(tenant_), g));
    runner_.run([&] { holder->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
    reached.get();
    database_.reset();
    runner_.run([&] { holder.reset(); });
    auto again = db::open(folder_.database_url());
    ASSERT_TRUE(again);
    database_ = std::move(*again);
    EXPECT_EQ(count(), 0);
}

// At a shutdown the loop that would have delivered an opened transaction no longer runs: it must not stay open there.
TEST(completion, an_abandoned_outcome_is_let_go_of_at_once) {
    auto done = std::make_shared<completion<std::shared_ptr<int>>>();
    auto outcome = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = outcome;
    done->expect(std::noop_coroutine());
    done->finish(std::move(outcome));
    EXPECT_FALSE(watched.expired());
    done->abandon();
    EXPECT_TRUE(watched.expired());
}

}  // namespace
}  // namespace tenon::db
