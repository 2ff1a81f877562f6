// Changes on SQLite that wait at the same time share a commit, and nothing else.
#include <thread>

#include "notes_on_sqlite.hpp"
#include "write_ahead_log.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;
using open_transaction = std::unique_ptr<backend_transaction>;
using answers = std::vector<std::future<result<rows>>>;

constexpr std::string_view insert_text = "INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)";

statement inserting(tenant_id tenant, std::string title) {
    return statement(std::string(insert_text), args(uuid::generate(), title), tenant, soon());
}

/// Takes as long as counting that far; nobody gets to a billion in the time of a test.
statement counting_to(tenant_id tenant, std::int64_t end, std::chrono::steady_clock::time_point deadline) {
    return statement(
        "UPDATE notes SET rank = (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2) "
        "SELECT count(*) FROM n) WHERE workspace_id = $1",
        args(end), tenant, deadline);
}

/// A transaction after its first statement.
task<result<open_transaction>> opened_by(backend& database, statement first) {
    CO_TRY_ASSIGN(auto open, co_await database.begin(first.whose, first.deadline));
    CO_TRY(co_await open->run(std::move(first)));
    co_return std::move(open);
}
task<result<void>> ended_by(backend_transaction& open, statement last) {
    CO_TRY(co_await open.run(std::move(last)));
    co_return co_await open.commit();
}
task<result<void>> committed(backend_transaction& open) {
    co_return co_await open.commit();
}
/// What a generated handler does to change something that no hook follows.
task<result<rows>> done_at_once(backend& database, statement only) {
    CO_TRY_ASSIGN(auto open, co_await database.begin(only.whose, only.deadline));
    open->commit_with_next();
    CO_TRY_ASSIGN(rows out, co_await open->run(std::move(only)));
    CO_TRY(co_await open->commit());
    co_return out;
}

class sqlite_shared_commit_test : public database_test {
  protected:
    void TearDown() override {
        runner_.run([&] { holder_.reset(); });
        database_test::TearDown();
    }
    /// Nobody else can change anything until `let_go`.
    void hold_writer() {
        auto held = runner_.wait(opened_by(*database_, inserting(tenant_id::generate(), "held")));
        ASSERT_TRUE(held) << held.error().message;
        holder_ = std::move(*held);
    }
    void let_go() {
        runner_.run([&] { holder_.reset(); });
    }
    std::future<result<rows>> start(statement s) { return runner_.start(database_->run(std::move(s))); }
    answers start_inserts(int count) {
        answers out;
        for (int i = 0; i < count; ++i) out.push_back(start(inserting(tenant_, uuid::generate().to_string())));
        runner_.run([] {});  // by now all wait
        return out;
    }
    static void expect_done(answers& all) {
        for (auto& each : all) {
            auto done = each.get();
            ASSERT_TRUE(done) << done.error().message;
            EXPECT_EQ(done->affected(), 1);
        }
    }
    static bool is_pending(auto& answer) { return answer.wait_for(0ms) == std::future_status::timeout; }
    std::size_t commits() { return commits_in_log(folder_.path() + "/test.db"); }

    open_transaction holder_;
};

TEST_F(sqlite_shared_commit_test, those_that_wait_at_the_same_time_share_commits) {
    hold_writer();
    auto all = start_inserts(200);
    const std::size_t before = commits();
    let_go();
    expect_done(all);
    EXPECT_EQ(count(), 200);
    EXPECT_LT(commits() - before, 60U);
}

TEST_F(sqlite_shared_commit_test, changes_known_as_a_whole_share_commits_too) {
    const std::size_t before = commits();
    answers all;
    runner_.at_once([&] {
        for (int i = 0; i < 100; ++i) {
            auto only = inserting(tenant_, "note " + std::to_string(i));
            all.push_back(runner_.start(done_at_once(*database_, std::move(only))));
        }
    });
    expect_done(all);
    EXPECT_EQ(count(), 100);
    EXPECT_LT(commits() - before, 60U);
}

TEST_F(sqlite_shared_commit_test, who_violates_a_constraint_fails_alone) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "taken"));
    hold_writer();
    auto all = start_inserts(20);
    auto refused = start(inserting(tenant_, "taken"));
    auto more = start_inserts(20);
    let_go();
    expect_done(all);
    expect_done(more);
    const auto failed = refused.get();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, "unique");
    ASSERT_EQ(failed.error().fields.size(), 1U) << "without the tenant's column";
    EXPECT_EQ(failed.error().fields[0].pointer, "/title");
    EXPECT_EQ(count(), 41);
}

TEST_F(sqlite_shared_commit_test, a_commit_that_fails_is_done_again_for_each_alone) {
    ASSERT_TRUE(change("CREATE TABLE pets (owner TEXT REFERENCES owners(id) DEFERRABLE INITIALLY DEFERRED)"));
    hold_writer();
    auto all = start_inserts(10);
    auto refused = runner_.start(system_session(*database_, soon()).write("INSERT INTO pets VALUES ('nobody')", {}));
    auto more = start_inserts(10);
    let_go();
    expect_done(all);
    expect_done(more);
    const auto failed = refused.get();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, "reference");
    EXPECT_EQ(count(), 20);
}

TEST_F(sqlite_shared_commit_test, one_that_finds_no_room_leaves_the_others_alone) {
    ASSERT_TRUE(change("PRAGMA max_page_count = 40"));
    hold_writer();
    auto all = start_inserts(10);
    auto large = statement("INSERT INTO notes (workspace_id, id, title, body) VALUES ($1, $2, 'large', $3)",
                           args(uuid::generate(), std::string(1'000'000, 'x')), tenant_, soon());
    auto refused = start(std::move(large));
    auto more = start_inserts(10);
    let_go();
    expect_done(all);
    expect_done(more);
    const auto failed = refused.get();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, errc::unavailable);
    EXPECT_EQ(count(), 20);
}

TEST_F(sqlite_shared_commit_test, who_takes_long_keeps_no_answer_waiting) {
    hold_writer();
    auto all = start_inserts(20);
    auto slow = start(counting_to(tenant_, 1'000'000'000, std::chrono::steady_clock::now() + 3s));
    let_go();
    expect_done(all);
    EXPECT_TRUE(is_pending(slow));
    const auto late = slow.get();
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, errc::deadline_exceeded);
    EXPECT_EQ(count(), 20);
}

TEST_F(sqlite_shared_commit_test, who_takes_long_is_done_all_the_same) {
    hold_writer();
    auto all = start_inserts(20);
    auto slow = start(counting_to(tenant_, 500'000, soon()));
    auto more = start_inserts(20);
    let_go();
    expect_done(all);
    expect_done(more);
    const auto done = slow.get();
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->affected(), 20) << "in the order in which they came";
}

TEST_F(sqlite_shared_commit_test, a_transaction_is_committed_with_those_that_wait_for_its_end) {
    hold_writer();
    auto all = start_inserts(50);
    const std::size_t before = commits();
    ASSERT_TRUE(runner_.wait(ended_by(*holder_, inserting(tenant_, "last"))));
    expect_done(all);
    EXPECT_EQ(count(), 52);
    EXPECT_LT(commits() - before, 25U);
}

/// Of several changes and, behind them in the same commit, a transaction.
class sqlite_joined_transaction_test : public sqlite_shared_commit_test {
  protected:
    void SetUp() override {
        sqlite_shared_commit_test::SetUp();
        hold_writer();
        changes_ = start_inserts(10);
        auto opening = runner_.start(opened_by(*database_, inserting(tenant_, "first")));
        runner_.run([] {});
        let_go();
        auto opened = opening.get();
        ASSERT_TRUE(opened) << opened.error().message;
        joined_ = std::move(*opened);
    }
    void TearDown() override {
        runner_.run([&] { joined_.reset(); });
        sqlite_shared_commit_test::TearDown();
    }

    answers changes_;
    open_transaction joined_;
};

TEST_F(sqlite_joined_transaction_test, keeps_nobody_waiting_while_it_is_idle) {
    expect_done(changes_);
    EXPECT_EQ(count(), 10) << "it has committed nothing";
    ASSERT_TRUE(runner_.wait(ended_by(*joined_, inserting(tenant_, "last"))));
    EXPECT_EQ(count(), 12);
}

TEST_F(sqlite_joined_transaction_test, takes_nobody_along_when_it_is_rolled_back) {
    runner_.run([&] { joined_.reset(); });
    expect_done(changes_);
    EXPECT_EQ(count(), 10);
}

TEST_F(sqlite_joined_transaction_test, takes_nobody_along_when_it_fails) {
    const auto failed = runner_.wait(ended_by(*joined_, inserting(tenant_, "first")));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, "unique");
    expect_done(changes_);
    EXPECT_EQ(count(), 10);
}

TEST_F(sqlite_joined_transaction_test, keeps_nobody_waiting_with_a_slow_statement) {
    auto ending = runner_.start(ended_by(*joined_, counting_to(tenant_, 500'000, soon())));
    expect_done(changes_);
    const auto done = ending.get();
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(count(), 11);
    auto ranks = system("SELECT min(rank) FROM notes");
    EXPECT_EQ((*ranks)[0].get<std::int64_t>(0), 500'000);
}

TEST_F(sqlite_joined_transaction_test, may_have_many_statements) {
    for (int i = 0; i < 200; ++i) {
        auto next = inserting(tenant_, "note " + std::to_string(i));
        ASSERT_TRUE(runner_.wait(joined_->run(std::move(next))));
    }
    expect_done(changes_);
    auto more = start_inserts(10);
    ASSERT_TRUE(runner_.wait(committed(*joined_)));
    expect_done(more);
    EXPECT_EQ(count(), 221);
}

TEST_F(sqlite_shared_commit_test, changes_keep_their_order) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "counted", 0));
    hold_writer();
    answers all;
    for (std::int64_t i = 1; i <= 300; ++i) {
        all.push_back(start(statement("UPDATE notes SET rank = $2 WHERE workspace_id = $1 AND rank = $2 - 1", args(i),
                                      tenant_, soon())));
    }
    runner_.run([] {});
    let_go();
    expect_done(all);
}

task<result<int>> insert_and_read(backend& database, int times) {
    int seen = 0;
    for (int i = 0; i < times; ++i) {
        const auto one = tenant_id::generate();
        auto writing = inserting(one, "of one");
        CO_TRY(co_await done_at_once(database, std::move(writing)));
        statement reading("SELECT title FROM notes WHERE workspace_id = $1", args(), one, soon());
        reading.is_read = true;
        CO_TRY_ASSIGN(const rows found, co_await database.run(std::move(reading)));
        seen += static_cast<int>(found.size());
    }
    co_return seen;
}

TEST_F(sqlite_shared_commit_test, what_is_answered_is_seen) {
    std::vector<std::future<result<int>>> all;
    for (int i = 0; i < 20; ++i) all.push_back(runner_.start(insert_and_read(*database_, 20)));
    for (auto& each : all) EXPECT_EQ(*each.get(), 20);
}

TEST_F(sqlite_shared_commit_test, what_waits_for_its_commit_at_the_end_is_committed_or_refused) {
    hold_writer();
    auto all = start_inserts(300);
    runner_.run([&] { holder_.reset(); });
    database_.reset();
    int done = 0;
    for (auto& each : all) done += each.get().has_value() ? 1 : 0;
    open(folder_.database_url());
    EXPECT_EQ(count(), done);
}

/// Adds to what it checks: the owner exists.
class sqlite_check_test : public sqlite_shared_commit_test {
  protected:
    void SetUp() override {
        sqlite_shared_commit_test::SetUp();
        ASSERT_TRUE(change("INSERT INTO owners (id) VALUES ('somebody')"));
        statement check("SELECT id FROM owners WHERE id = 'somebody' FOR KEY SHARE", values(), row_scope::of_service(),
                        soon());
        auto opened = runner_.wait(opened_by(*database_, std::move(check)));
        ASSERT_TRUE(opened) << opened.error().message;
        holder_ = std::move(*opened);
    }
};

TEST_F(sqlite_check_test, holds_nobody_up) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "of another")) << "it would wait until its deadline";
    holder_->commit_with_next();
    ASSERT_TRUE(runner_.wait(ended_by(*holder_, inserting(tenant_, "last"))));
    EXPECT_TRUE(holder_->is_committed());
    EXPECT_EQ(count(), 2);
}

TEST_F(sqlite_check_test, counts_when_the_change_is_done) {
    ASSERT_TRUE(change("DELETE FROM owners"));
    holder_->commit_with_next();
    const auto failed = runner_.wait(ended_by(*holder_, inserting(tenant_, "last")));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, "reference");
    EXPECT_EQ(count(), 0);
}

TEST_F(sqlite_check_test, counts_when_more_than_one_statement_follows) {
    ASSERT_TRUE(change("DELETE FROM owners"));
    const auto failed = runner_.wait(holder_->run(inserting(tenant_, "first")));
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().kind, "reference");
    EXPECT_TRUE(insert(tenant_, uuid::generate(), "of another")) << "the writer is free";
    EXPECT_EQ(count(), 1);
}

TEST_F(sqlite_check_test, stays_true_until_the_end) {
    ASSERT_TRUE(runner_.wait(holder_->run(inserting(tenant_, "first"))));
    auto deleting = runner_.start(system_session(*database_, soon()).write("DELETE FROM owners", {}));
    ASSERT_TRUE(runner_.wait(ended_by(*holder_, inserting(tenant_, "last"))));
    EXPECT_TRUE(deleting.get());
    EXPECT_EQ(count(), 2);
}

TEST_F(sqlite_shared_commit_test, nothing_can_be_asked_after_the_last_statement) {
    hold_writer();
    holder_->commit_with_next();
    ASSERT_TRUE(runner_.wait(holder_->run(inserting(tenant_, "last"))));
    EXPECT_TRUE(holder_->is_committed());
    EXPECT_EQ(count(), 2);
    const auto more = runner_.wait(holder_->run(inserting(tenant_, "more")));
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().code, errc::internal);
    EXPECT_TRUE(runner_.wait(committed(*holder_))) << "it is";
    EXPECT_EQ(count(), 2);
}

}  // namespace
}  // namespace tenon::db
