// What a service sees of a PostgreSQL that restarts, dies, hangs or is full: errors that pass, and nothing lost.
#include <csignal>
#include <set>
#include <thread>

#include <libpq-fe.h>

#include "databases/open.hpp"
#include "fixture.hpp"
#include "tests/wait_until.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;

/// What happened to writes that went on all the while.
struct tally {
    std::set<std::string> acknowledged;
    std::size_t refused = 0;
    std::string surprise;  ///< An error that no outage explains.
    bool stop = false;
};

void note(tally& all, const std::string& title, const result<void>& outcome) {
    if (outcome) {
        all.acknowledged.insert(title);
        return;
    }
    ++all.refused;
    const errc code = outcome.error().code;
    if (code != errc::unavailable && code != errc::deadline_exceeded) all.surprise = outcome.error().message;
}

task<result<void>> insert_alone(tenant_session session, std::string title) {
    auto values = args(uuid::generate(), title);
    CO_TRY(co_await session.write("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", values));
    co_return result<void>();
}

task<result<void>> insert_in_transaction(tenant_session session, std::string title) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto values = args(uuid::generate(), title);
    CO_TRY(co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", values));
    co_return co_await open.commit();
}

task<result<void>> write_on(backend& database, tenant_id tenant, std::string name, std::shared_ptr<tally> all) {
    for (int i = 0; !all->stop; ++i) {
        const std::string title = name + std::to_string(i);
        tenant_session session(database, tenant, std::chrono::steady_clock::now() + 1s);
        auto outcome = i % 2 == 0 ? insert_alone(session, title) : insert_in_transaction(session, title);
        const result<void> out = co_await outcome;
        note(*all, title, out);
        if (!out) co_await sleep_until(std::chrono::steady_clock::now() + 5ms);
    }
    co_return result<void>();
}

class postgres_faults_test : public postgres_database_test {
  protected:
    void TearDown() override {
        database_.reset();
        if (IsSkipped() || !changed_) return;
        EXPECT_TRUE(server().restart("max_connections = 100\nidle_session_timeout = 0"));
    }
    /// Breaks the server while writers work, waits until it serves again, and looks for what they were promised.
    void survive(const std::function<void()>& fault) {
        auto all = std::make_shared<tally>();
        std::vector<std::future<result<void>>> writers;
        for (const char* name : {"a", "b", "c", "d"})
            writers.push_back(runner_.start(write_on(*database_, tenant_, name, all)));
        test::wait_until([&] { return acknowledged(*all) > 20; });
        fault();
        const std::size_t before = acknowledged(*all);
        test::wait_until([&] { return acknowledged(*all) > before + 20; });
        runner_.run([&] { all->stop = true; });
        for (auto& each : writers) EXPECT_TRUE(each.get());
        EXPECT_EQ(all->surprise, "");
        auto mine = session(tenant_);
        auto found = runner_.wait(mine.read("SELECT title FROM notes WHERE workspace_id = $1", args()));
        ASSERT_TRUE(found) << found.error().message;
        for (std::size_t i = 0; i < found->size(); ++i) all->acknowledged.erase((*found)[i].get<std::string>(0));
        EXPECT_TRUE(all->acknowledged.empty()) << "acknowledged and lost";
        expect_clean();
    }
    std::size_t acknowledged(tally& all) {
        std::size_t out = 0;
        runner_.run([&] { out = all.acknowledged.size(); });
        return out;
    }
    /// No tenant is left on a connection, and none is left open: traps 6 and 7.
    void expect_clean() {
        for (int i = 0; i < 20; ++i) {
            auto none = system("SELECT count(*), current_setting('app.tenant', true) FROM notes");
            ASSERT_TRUE(none) << none.error().message;
            EXPECT_EQ((*none)[0].get<std::int64_t>(0), 0);
            EXPECT_EQ((*none)[0].get<std::optional<std::string>>(1).value_or(""), "");
        }
        EXPECT_EQ(open_transactions(), "0\n");
        database_.reset();
        test::wait_until([&] { return connections() == "0\n"; });
    }
    std::string open_transactions() {
        return server().run("SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND state LIKE 'idle in%'",
                            "reader");
    }
    std::string connections() {
        return server().run(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND pid <> pg_backend_pid()", "reader");
    }
    void signal_all(const char* signal) {
        const std::string pid = std::to_string(server().pid());
        gen::postgres_cluster::run_as_server("pkill -" + std::string(signal) + " -P " + pid);
        gen::postgres_cluster::run_as_server("kill -" + std::string(signal) + " " + pid);
    }

    bool changed_ = false;
};

TEST_F(postgres_faults_test, trap_6_a_restart_loses_nothing_that_was_acknowledged) {
    survive([&] { ASSERT_TRUE(server().restart()); });
}

TEST_F(postgres_faults_test, a_killed_server_loses_nothing_that_was_acknowledged) {
    survive([&] {
        kill(server().pid(), SIGKILL);
        std::this_thread::sleep_for(300ms);
        test::wait_until([&] { return server().restart(); });
    });
}

TEST_F(postgres_faults_test, of_a_server_that_is_away_every_statement_is_refused_at_once) {
    ASSERT_TRUE(system("SELECT 1"));
    kill(server().pid(), SIGKILL);
    changed_ = true;
    test::wait_until([&] { return !system("SELECT 1"); });
    for (int i = 0; i < 100; ++i) {
        auto out = system("SELECT 1");
        ASSERT_FALSE(out);
        EXPECT_EQ(out.error().code, errc::unavailable);
    }
    test::wait_until([&] { return server().restart(); });
    test::wait_until([&] { return system("SELECT 1").has_value(); });
}

TEST_F(postgres_faults_test, a_server_without_free_connections_is_busy_until_there_are_some) {
    changed_ = true;
    ASSERT_TRUE(server().restart("max_connections = 8"));
    std::vector<std::unique_ptr<PGconn, decltype(&PQfinish)>> taken;
    do {
        taken.emplace_back(PQconnectdb(server().url("reader").c_str()), &PQfinish);
    } while (PQstatus(taken.back().get()) == CONNECTION_OK);
    test::wait_until([&] {
        auto out = system("SELECT 1");
        return !out && out.error().code == errc::unavailable;
    });
    auto refused = db::open(server().url("reader"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::unavailable);
    EXPECT_NE(refused.error().message.find("connection slots"), std::string::npos) << refused.error().message;
    taken.clear();
    test::wait_until([&] { return insert(tenant_, uuid::generate(), "a").has_value(); });
    test::wait_until([&] { return system("SELECT 1").has_value(); });
    expect_clean();
}

TEST_F(postgres_faults_test, a_server_that_hangs_costs_deadlines_and_then_its_connections) {
    ASSERT_TRUE(insert(tenant_, uuid::generate(), "before"));
    signal_all("STOP");
    changed_ = true;
    tenant_session impatient(*database_, tenant_, std::chrono::steady_clock::now() + 200ms);
    auto late = runner_.wait(impatient.read("SELECT 1 WHERE $1::uuid IS NOT NULL", args()));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, errc::deadline_exceeded);
    // Given up in the end, so that the next ones need not wait for their deadlines.
    test::wait_until([&] {
        auto out = system("SELECT 1");
        return !out && out.error().code == errc::unavailable;
    });
    signal_all("CONT");
    test::wait_until([&] { return system("SELECT 1").has_value(); });
    EXPECT_EQ(count(tenant_), 1);
    expect_clean();
}

TEST_F(postgres_faults_test, closing_does_not_wait_for_a_server_that_hangs) {
    system_session patient(*database_, soon());
    auto slow = runner_.start(patient.read("SELECT pg_sleep(1000)", {}));
    runner_.run([] {});
    signal_all("STOP");
    database_.reset();
    EXPECT_FALSE(slow.get());
    signal_all("CONT");
}

TEST_F(postgres_faults_test, connections_that_the_server_ends_for_idleness_are_replaced) {
    changed_ = true;
    ASSERT_TRUE(server().restart("idle_session_timeout = 500ms"));
    test::wait_until([&] { return system("SELECT 1").has_value(); });
    for (int i = 0; i < 3; ++i) {
        std::this_thread::sleep_for(1s);
        auto alone = runner_.wait(insert_alone(session(tenant_), "alone" + std::to_string(i)));
        EXPECT_TRUE(alone) << alone.error().message;
        auto together = runner_.wait(insert_in_transaction(session(tenant_), "together" + std::to_string(i)));
        EXPECT_TRUE(together) << together.error().message;
        EXPECT_EQ(count(tenant_), 2 * i + 2);
    }
}

}  // namespace
}  // namespace tenon::db
