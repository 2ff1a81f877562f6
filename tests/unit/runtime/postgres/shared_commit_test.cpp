// Statements that are known to be the last of their transaction: committed in the trip that brings them, and together
// with others where they are the only one.
#include <algorithm>
#include <csignal>
#include <iterator>
#include <thread>

#include "holder_test.hpp"

#include "tests/wait_until.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;

constexpr tenant_sql insert_note("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3) RETURNING title");

/// What a generated handler does to create something that no hook follows.
task<result<std::string>> insert_last(tenant_session session, std::string title) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    open.commit_with_next();
    auto parameters = args(uuid::generate(), title);
    CO_TRY_ASSIGN(auto made, co_await open.query(insert_note, parameters));
    CO_TRY(co_await open.commit());
    co_return made[0].get<std::string>(0);
}

class postgres_shared_commit_test : public postgres_holder_test {
  protected:
    using outcomes = std::vector<std::pair<tenant_id, std::future<result<std::string>>>>;

    /// All at once, each for a tenant of its own.
    outcomes insert_many(int count) {
        outcomes out;
        runner_.at_once([&] {
            for (int i = 0; i < count; ++i) {
                const auto one = tenant_id::generate();
                out.emplace_back(one, runner_.start(insert_last(session(one), "of " + one.to_string())));
            }
        });
        return out;
    }
    static void expect_done(outcomes& all) {
        for (auto& [one, answer] : all) {
            auto made = answer.get();
            ASSERT_TRUE(made) << made.error().message;
            EXPECT_EQ(*made, "of " + one.to_string());
        }
    }
    /// How many transactions wrote the rows that there are.
    int transactions() {
        // Whoever owns a table sees all of it only without FORCE.
        return std::stoi(
            server().run("ALTER TABLE notes NO FORCE ROW LEVEL SECURITY;"
                         "SELECT count(DISTINCT xmin::text) FROM notes; ALTER TABLE notes FORCE ROW LEVEL SECURITY"));
    }
};

TEST_F(postgres_shared_commit_test, many_tenants_share_a_commit_and_nothing_else) {
    auto all = insert_many(200);
    expect_done(all);
    for (const auto& [one, answer] : all) EXPECT_EQ(count(one), 1);
    EXPECT_LT(transactions(), 100);
}

TEST_F(postgres_shared_commit_test, of_those_that_share_only_who_fails_is_refused) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "taken"));
    std::vector<std::future<result<std::string>>> refused;
    outcomes all = insert_many(20);
    for (int i = 0; i < 5; ++i) {
        refused.push_back(runner_.start(insert_last(session(tenant_), "taken")));
        outcomes more = insert_many(20);
        std::move(more.begin(), more.end(), std::back_inserter(all));
    }
    expect_done(all);
    for (auto& each : refused) {
        auto failed = each.get();
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().kind, "unique");
        ASSERT_EQ(failed.error().fields.size(), 1U) << "without the tenant's column";
        EXPECT_EQ(failed.error().fields[0].pointer, "/title");
    }
    for (const auto& [one, answer] : all) EXPECT_EQ(count(one), 1);
    EXPECT_EQ(count(tenant_), 1);
}

TEST_F(postgres_shared_commit_test, of_two_that_want_the_same_value_in_one_commit_one_gets_it) {
    std::future<result<std::string>> one, two;
    runner_.at_once([&] {
        one = runner_.start(insert_last(session(tenant_), "wanted"));
        two = runner_.start(insert_last(session(tenant_), "wanted"));
    });
    const auto first = one.get(), second = two.get();
    ASSERT_NE(first.has_value(), second.has_value());
    EXPECT_EQ((first ? second : first).error().kind, "unique");
    EXPECT_EQ(count(tenant_), 1);
}

TEST_F(postgres_shared_commit_test, who_waits_for_a_lock_keeps_nobody_waiting) {
    start_holder(session(tenant_), "held");
    std::vector<std::future<result<std::string>>> waiting;
    outcomes all;
    // More than there are connections to write on.
    for (int i = 0; i < 5; ++i) {
        waiting.push_back(runner_.start(insert_last(session(tenant_), "held")));
        outcomes more = insert_many(20);
        std::move(more.begin(), more.end(), std::back_inserter(all));
    }
    expect_done(all);
    for (auto& each : waiting) EXPECT_EQ(each.wait_for(0ms), std::future_status::timeout);
    drop_holder();
    const auto done = std::count_if(waiting.begin(), waiting.end(), [](auto& each) { return each.get().has_value(); });
    EXPECT_EQ(done, 1) << "the value was free again, once";
}

TEST_F(postgres_shared_commit_test, who_is_past_its_deadline_leaves_the_others_alone) {
    start_holder(session(tenant_), "held");
    tenant_session impatient(*database_, tenant_, std::chrono::steady_clock::now() + 20ms);
    auto late = runner_.start(insert_last(impatient, "held"));
    outcomes all = insert_many(50);
    expect_done(all);
    const auto failed = late.get();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, errc::deadline_exceeded);
    drop_holder();
    EXPECT_EQ(count(tenant_), 0);
}

TEST_F(postgres_shared_commit_test, broken_connections_lose_nothing_that_was_answered_and_write_nothing_twice) {
    for (int round = 0; round < 5; ++round) {
        outcomes all = insert_many(40);
        break_connections();
        for (auto& [one, answer] : all) {
            const auto made = answer.get();
            EXPECT_TRUE(made || made.error().code == errc::unavailable) << made.error().message;
            EXPECT_GE(count(one), made ? 1 : 0);
            EXPECT_LE(count(one), 1);
        }
    }
}

task<result<void>> insert_then_last(tenant_session session, std::string second) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto first = args(uuid::generate(), "first");
    CO_TRY(co_await open.query(insert_note, first));
    open.commit_with_next();
    auto last = args(uuid::generate(), second);
    CO_TRY_ASSIGN(auto made, co_await open.query(insert_note, last));
    if (made[0].get<std::string>(0) != second) co_return error(errc::internal, "an answer of something else");
    co_return co_await open.commit();
}

TEST_F(postgres_shared_commit_test, the_last_of_several_brings_the_commit_along) {
    // More than there are connections: each must be free again.
    for (int i = 0; i < 30; ++i) {
        const auto one = tenant_id::generate();
        const auto out = runner_.wait(insert_then_last(session(one), "second"));
        ASSERT_TRUE(out) << out.error().message;
        EXPECT_EQ(count(one), 2);
    }
    const auto failed = runner_.wait(insert_then_last(session(tenant_), "first"));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, "unique");
    EXPECT_EQ(count(tenant_), 0) << "what came before it is undone";
}

task<result<void>> go_on_after_the_last(tenant_session session) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    open.commit_with_next();
    auto last = args(uuid::generate(), "last");
    CO_TRY(co_await open.query(insert_note, last));
    auto more = args(uuid::generate(), "more");
    CO_TRY(co_await open.query(insert_note, more));
    co_return co_await open.commit();
}

TEST_F(postgres_shared_commit_test, nothing_can_be_asked_after_the_last) {
    const auto out = runner_.wait(go_on_after_the_last(session(tenant_)));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::internal);
    EXPECT_EQ(count(tenant_), 1);
}

TEST_F(postgres_shared_commit_test, one_connection_is_enough_where_no_more_can_be_made) {
    ASSERT_TRUE(runner_.wait(insert_last(session(tenant_), "first")));
    server().run("ALTER ROLE reader CONNECTION LIMIT 1", "tests");
    outcomes all = insert_many(100);
    expect_done(all);
    server().run("ALTER ROLE reader CONNECTION LIMIT -1", "tests");
}

TEST_F(postgres_shared_commit_test, who_waits_behind_a_stalled_process_goes_elsewhere) {
    ASSERT_TRUE(runner_.wait(insert_last(session(tenant_), "first")));
    const pid_t process = std::stoi(server().run("SELECT pid FROM pg_stat_activity WHERE usename = 'reader'"));
    ASSERT_EQ(::kill(process, SIGSTOP), 0);
    outcomes stalled = insert_many(1);
    for (int turn = 0; turn < 2; ++turn) runner_.run([] {});  // it is sent at the end of one
    outcomes behind = insert_many(20);
    while (behind.back().second.wait_for(20ms) == std::future_status::timeout) {
        // Whoever comes later is given another connection, and takes along those that wait.
        outcomes later = insert_many(1);
        behind.insert(behind.begin(), std::make_move_iterator(later.begin()), std::make_move_iterator(later.end()));
    }
    expect_done(behind);
    EXPECT_EQ(stalled[0].second.wait_for(0ms), std::future_status::timeout);
    ::kill(process, SIGCONT);
    expect_done(stalled);
}

task<result<void>> insert_owner(backend& database, uuid id, std::shared_ptr<gate> held) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    CO_TRY_ASSIGN(auto open, co_await database.begin(row_scope::of_service(), deadline));
    if (!held) open->commit_with_next();
    statement insert("INSERT INTO owners (id) VALUES ($1)", args(id), row_scope::of_service(), deadline);
    CO_TRY(co_await open->run(std::move(insert)));
    if (!held) co_return co_await open->commit();
    held->reached.set_value();
    co_await sleep_until(std::chrono::steady_clock::now() + std::chrono::hours(1));
    co_return result<void>();
}

TEST_F(postgres_shared_commit_test, who_waits_for_a_lock_alone_and_for_no_tenant_keeps_nobody_waiting) {
    const uuid held = uuid::generate();
    start_holder([&](std::shared_ptr<gate> g) { return insert_owner(*database_, held, g); });
    std::vector<std::future<result<void>>> waiting;
    // As many as there are connections that share commits, one after another.
    for (int i = 1; i <= 2; ++i) {
        waiting.push_back(runner_.start(insert_owner(*database_, held, nullptr)));
        test::wait_until([&] {
            return std::stoi(server().run("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
                                          "reader")) >= i;
        });
    }
    outcomes all = insert_many(20);
    expect_done(all);
    for (auto& each : waiting) EXPECT_EQ(each.wait_for(0ms), std::future_status::timeout);
    drop_holder();
    const auto done = std::count_if(waiting.begin(), waiting.end(), [](auto& each) { return each.get().has_value(); });
    EXPECT_EQ(done, 1);
}

}  // namespace
}  // namespace tenon::db
