// Reads whose server process says nothing: asked again elsewhere, within bounds (RF-3).
#include <algorithm>
#include <csignal>
#include <iterator>
#include <set>
#include <sstream>
#include <thread>
#include <utility>

#include "fixture.hpp"

#include "tests/unit/generator/migrate/postgres_session.hpp"
#include "tests/wait_until.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;

class postgres_hedge_test : public postgres_database_test {
  protected:
    void SetUp() override {
        postgres_database_test::SetUp();
        if (IsSkipped()) return;
        server().run(
            "CREATE SEQUENCE asked; GRANT USAGE ON SEQUENCE asked TO reader;"
            "CREATE FUNCTION next_number() RETURNS bigint LANGUAGE sql AS 'SELECT nextval(''asked'')'");
        save_copies(20);
    }
    void TearDown() override {
        go_on();
        postgres_database_test::TearDown();
    }

    /// Reads that make up for so many that are asked again. On a busy machine some of them are slow enough to be asked
    /// again themselves.
    void save_copies(int wanted) {
        constexpr int reads_for_one = 20;
        const auto deadline = std::chrono::steady_clock::now() + 60s;
        for (int saved = 0; saved < wanted * reads_for_one;) {
            const auto begun = std::chrono::steady_clock::now();
            ASSERT_LT(begun, deadline) << "too many are slow";
            ASSERT_TRUE(system("SELECT 1"));
            ++saving_reads_;
            const bool quick = std::chrono::steady_clock::now() - begun < 10ms;
            saved = quick ? saved + 1 : std::max(0, saved - reads_for_one);
        }
    }

    std::future<result<rows>> start(std::string text, std::chrono::milliseconds patience = 20s) {
        system_session session(*database_, std::chrono::steady_clock::now() + patience);
        return runner_.start(session.read(std::move(text), {}));
    }
    std::future<result<rows>> start_write(std::string text) {
        system_session session(*database_, std::chrono::steady_clock::now() + 20s);
        return runner_.start(session.write(std::move(text), {}));
    }
    /// By a user's function that changes something, though the statement begins with SELECT.
    static inline const std::string next_number = "SELECT next_number(), pg_sleep(1)";
    std::int64_t numbers_taken() {
        return std::stoll(server().run("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM asked"));
    }
    /// The server process that answers reads now.
    std::int64_t reader() {
        auto out = system("SELECT pg_backend_pid()");
        EXPECT_TRUE(out) << out.error().message;
        return out ? (*out)[0].get<std::int64_t>(0) : 0;
    }
    void stop(std::int64_t process) {
        stopped_.push_back(process);
        ASSERT_EQ(::kill(static_cast<pid_t>(process), SIGSTOP), 0);
    }
    void go_on() {
        for (const std::int64_t each : std::exchange(stopped_, {})) ::kill(static_cast<pid_t>(each), SIGCONT);
    }
    /// The server processes that run `text` now, in the order in which they began.
    std::vector<std::int64_t> running(const std::string& text) {
        std::istringstream found(server().run(
            "SELECT pid FROM pg_stat_activity WHERE query = '" + text + "' AND state = 'active' ORDER BY query_start",
            "reader"));
        return {std::istream_iterator<std::int64_t>(found), {}};
    }
    /// Starts a read, and returns when its copy runs, too.
    std::future<result<rows>> start_until_copied(const std::string& text, std::chrono::milliseconds patience = 20s) {
        auto out = start(text, patience);
        test::wait_until([&] { return running(text).size() >= 2; });
        return out;
    }
    /// Starts a read and stops waiting for it once it is seen at work. Returns when no server process runs it any more:
    /// true when it was abandoned within the 10 ms after which a copy may be sent.
    bool abandon_before_it_is_copied() {
        gen::postgres_session watcher(server().address("product", "reader"));
        const auto runs = [&] {
            return watcher.run(
                       "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%nextval%' AND state = 'active' AND "
                       "pid <> pg_backend_pid()") != "";
        };
        system_session session(*database_, std::chrono::steady_clock::now() + 20s);
        std::optional<task<result<rows>>> reading;
        const auto begun = std::chrono::steady_clock::now();
        runner_.run([&] {
            reading.emplace(session.read("SELECT nextval('asked'), pg_sleep(0.3)", {}));
            reading->operator co_await().await_suspend(std::noop_coroutine()).resume();
        });
        bool in_time = true;
        // Looked for on the loop's thread: nothing is copied between seeing it and leaving it.
        while (reading && in_time) {
            runner_.run([&] {
                if (runs()) reading.reset();
                in_time = std::chrono::steady_clock::now() - begun < 10ms;
            });
        }
        runner_.run([&] { reading.reset(); });
        test::wait_until([&] { return system("SELECT 1") && !runs(); });
        return in_time;
    }
    static inline const std::string slow_seven = "SELECT 7 FROM pg_sleep(1)";
    static void expect_seven(const result<rows>& out) {
        ASSERT_TRUE(out) << out.error().message;
        EXPECT_EQ((*out)[0].get<std::int64_t>(0), 7);
    }
    void end(std::int64_t process) {
        server().run("SELECT pg_terminate_backend(" + std::to_string(process) + ")", "reader");
    }
    /// How often the sequence was asked, and no more: asking is one more.
    std::int64_t asked() { return (*system("SELECT nextval('asked')"))[0].get<std::int64_t>(0) - 1; }

    std::int64_t saving_reads_ = 0;

  private:
    std::vector<std::int64_t> stopped_;
};

TEST_F(postgres_hedge_test, what_a_stopped_process_owes_another_one_answers) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "mine"));
    const std::int64_t first = reader();
    stop(first);
    std::vector<std::future<result<rows>>> reads;
    for (int i = 0; i < 10; ++i) reads.push_back(start("SELECT pg_backend_pid()"));
    for (auto& each : reads) {
        auto out = each.get();
        ASSERT_TRUE(out) << out.error().message;
        EXPECT_NE((*out)[0].get<std::int64_t>(0), first);
    }
    EXPECT_EQ(count(tenant_), 1);
    EXPECT_EQ(count(tenant_id::generate()), 0);
}

TEST_F(postgres_hedge_test, the_tenant_of_what_is_asked_again_stays_its_own) {
    std::vector<tenant_id> tenants;
    for (int i = 0; i < 8; ++i) {
        tenants.push_back(tenant_id::generate());
        ASSERT_TRUE(insert(tenants.back(), uuid::generate(), tenants.back().to_string()));
    }
    stop(reader());
    std::vector<std::future<result<rows>>> reads;
    for (const tenant_id& each : tenants) {
        // Row-level security is all that keeps the others out.
        auto of_one = session(each);
        reads.push_back(runner_.start(of_one.read("SELECT title FROM notes WHERE $1::uuid IS NOT NULL", args())));
    }
    for (std::size_t i = 0; i < reads.size(); ++i) {
        auto out = reads[i].get();
        ASSERT_TRUE(out) << out.error().message;
        ASSERT_EQ(out->size(), 1U);
        EXPECT_EQ((*out)[0].get<std::string>(0), tenants[i].to_string());
    }
}

TEST_F(postgres_hedge_test, reads_behind_a_slow_one_do_not_wait_for_it) {
    auto slow = start("SELECT pg_sleep(1000)", 2s);
    std::vector<std::future<result<rows>>> quick;
    for (int i = 0; i < 12; ++i) quick.push_back(start("SELECT 1", 19s));
    for (auto& each : quick) EXPECT_TRUE(each.get());
    EXPECT_EQ(slow.wait_for(0s), std::future_status::timeout) << "they have waited for the slow one";
    auto late = slow.get();
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, errc::deadline_exceeded);
}

TEST_F(postgres_hedge_test, a_slow_database_is_asked_one_read_in_twenty_twice_at_most) {
    const std::int64_t saved = saving_reads_ / 20;
    const int reads = 60;
    for (int i = 0; i < reads; ++i) ASSERT_TRUE(start("SELECT nextval('asked'), pg_sleep(0.03)").get());
    std::this_thread::sleep_for(100ms);  // for copies that are still under way
    const std::int64_t copies = asked() - reads;
    EXPECT_GT(copies, 0);
    EXPECT_LE(copies, saved + reads / 20);
}

TEST_F(postgres_hedge_test, a_connection_that_stays_silent_is_given_up_though_nobody_waits_for_it) {
    const std::int64_t first = reader();
    stop(first);
    auto head = start("SELECT 1", 1s);
    auto next = start("SELECT 1", 500ms);  // whose deadline comes first
    ASSERT_TRUE(head.get());
    ASSERT_TRUE(next.get());
    const auto all_known = [&] {
        std::set<std::int64_t> out;
        for (int i = 0; i < 3; ++i) out.insert(reader());
        return out;
    };
    std::set<std::int64_t> seen = all_known();
    // The first reading connection is preferred wherever it is well: a new one shows that it was replaced.
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    const std::size_t before = seen.size();
    while (seen.size() == before && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(100ms);
        seen.merge(all_known());
    }
    EXPECT_GT(seen.size(), before);
    EXPECT_EQ(seen.count(first), 0U);
}

TEST_F(postgres_hedge_test, changes_are_never_asked_twice) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "mine", 0));
    auto slowly = session(tenant_);
    for (int i = 0; i < 5; ++i) {
        auto out = runner_.wait(slowly.write(
            "UPDATE notes SET rank = rank + 1 WHERE workspace_id = $1 AND (SELECT pg_sleep(0.05)) IS NOT NULL",
            args()));
        ASSERT_TRUE(out) << out.error().message;
    }
    auto found = runner_.wait(slowly.read("SELECT rank FROM notes WHERE workspace_id = $1", args()));
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)[0].get<std::int64_t>(0), 5);
}

TEST_F(postgres_hedge_test, a_function_that_counts_runs_once_as_a_write_though_its_connection_is_silent) {
    ASSERT_TRUE(start_write(next_number).get());
    EXPECT_EQ(numbers_taken(), 1);
}

TEST_F(postgres_hedge_test, a_function_that_counts_runs_once_as_a_write_though_its_connection_breaks) {
    auto broken = start_write(next_number);
    test::wait_until([&] { return !running(next_number).empty(); });
    end(running(next_number).front());
    const auto out = broken.get();
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::unavailable);
    EXPECT_EQ(numbers_taken(), 1);
}

/// Which is why it must not be said to read.
TEST_F(postgres_hedge_test, a_function_that_counts_may_run_twice_as_a_read) {
    ASSERT_TRUE(start_until_copied(next_number).get());
    EXPECT_EQ(numbers_taken(), 2);
}

TEST_F(postgres_hedge_test, what_was_not_sent_yet_goes_elsewhere_for_nothing) {
    // For what is sent at once, and no more than that.
    for (int i = 0; i < 1000; ++i) ASSERT_TRUE(system("SELECT 1"));
    stop(reader());
    std::vector<std::future<result<rows>>> reads;
    runner_.at_once([&] {
        for (int i = 0; i < 2000; ++i) reads.push_back(start("SELECT " + std::to_string(i % 100)));
    });
    for (std::size_t i = 0; i < reads.size(); ++i) {
        auto out = reads[i].get();
        ASSERT_TRUE(out) << i << ": " << out.error().message;
        EXPECT_EQ((*out)[0].get<std::int64_t>(0), static_cast<std::int64_t>(i % 100));
    }
}

TEST_F(postgres_hedge_test, an_answer_that_comes_after_its_copys_is_nobody_elses) {
    const std::int64_t first = reader();
    int answered_by_copies = 0;
    for (int round = 0; round < 5; ++round) {
        save_copies(12);
        stop(first);
        std::vector<std::future<result<rows>>> reads;
        for (int i = 0; i < 12; ++i) reads.push_back(start("SELECT " + std::to_string(100 * round + i), 3s));
        // Of a read whose copy was the first to answer, the answer is under way once the process goes on.
        reads.back().wait();
        go_on();
        for (int i = 0; i < 20; ++i) reads.push_back(start("SELECT " + std::to_string(100 * round + 12 + i)));
        for (std::size_t i = 0; i < reads.size(); ++i) {
            auto out = reads[i].get();
            // Where none was left that may be asked again, it has waited.
            const bool waited = !out && i < 12 && out.error().code == errc::deadline_exceeded;
            if (waited) continue;
            ASSERT_TRUE(out) << out.error().message;
            EXPECT_EQ((*out)[0].get<std::int64_t>(0), 100 * round + static_cast<std::int64_t>(i));
            if (i == 11) ++answered_by_copies;
        }
    }
    EXPECT_GT(answered_by_copies, 0);
}

TEST_F(postgres_hedge_test, a_copy_whose_connection_breaks_is_nobodys_failure) {
    auto answer = start_until_copied(slow_seven);
    end(running(slow_seven).back());
    expect_seven(answer.get());
}

TEST_F(postgres_hedge_test, a_copy_answers_where_the_first_connection_breaks) {
    auto answer = start_until_copied(slow_seven);
    end(running(slow_seven).front());
    expect_seven(answer.get());
    EXPECT_TRUE(system("SELECT 1"));
}

TEST_F(postgres_hedge_test, all_stopped_costs_deadlines_and_goes_on_with_them) {
    for (int i = 0; i < 3; ++i) {
        stop(reader());
        if (i == 2) break;
        EXPECT_TRUE(start("SELECT 1").get());
    }
    auto late = start("SELECT 1", 300ms).get();
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, errc::deadline_exceeded);
    go_on();
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(system("SELECT 1"));
}

TEST_F(postgres_hedge_test, nobody_is_answered_whose_coroutine_is_gone) {
    const std::string slow = "SELECT 7 FROM pg_sleep(0.5)";
    std::optional<task<result<rows>>> reading;
    system_session session(*database_, std::chrono::steady_clock::now() + 20s);
    runner_.run([&] {
        reading.emplace(session.read(slow, {}));
        reading->operator co_await().await_suspend(std::noop_coroutine()).resume();
    });
    test::wait_until([&] { return running(slow).size() >= 2; });
    runner_.run([&] { reading.reset(); });
    test::wait_until([&] { return system("SELECT 1") && running(slow).empty(); });
    // Nothing is under way for anybody, though a copy may have been.
    EXPECT_TRUE(runner_.wait(drained(*database_)));
}

TEST_F(postgres_hedge_test, what_nobody_waits_for_is_not_asked_again) {
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!abandon_before_it_is_copied()) {
        ASSERT_LT(std::chrono::steady_clock::now(), deadline) << "never seen at work within 10 ms";
        server().run("SELECT setval('asked', 1, false)");
    }
    EXPECT_EQ(asked(), 1);
}

TEST_F(postgres_hedge_test, closing_answers_once_what_is_under_way_twice) {
    auto slow = start_until_copied("SELECT 7 FROM pg_sleep(1000)");
    database_.reset();
    ASSERT_EQ(slow.wait_for(0s), std::future_status::ready);
    auto out = slow.get();
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().code, errc::unavailable);
}

}  // namespace
}  // namespace tenon::db
