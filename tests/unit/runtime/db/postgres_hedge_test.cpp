// Reads whose server process says nothing: asked again elsewhere, within bounds (RF-3).
#include <csignal>
#include <set>
#include <thread>

#include "postgres_fixture.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;

class postgres_hedge_test : public postgres_database_test {
  protected:
    void SetUp() override {
        postgres_database_test::SetUp();
        if (IsSkipped()) return;
        server().run("CREATE SEQUENCE asked; GRANT USAGE ON SEQUENCE asked TO reader");
        // As many as make up for every read that a test has asked again.
        for (int i = 0; i < 400; ++i) ASSERT_TRUE(system("SELECT 1"));
    }
    void TearDown() override {
        for (const std::int64_t each : stopped_) ::kill(static_cast<pid_t>(each), SIGCONT);
        postgres_database_test::TearDown();
    }

    std::future<result<rows>> start(std::string text, std::chrono::milliseconds patience = 20s) {
        system_session session(*database_, std::chrono::steady_clock::now() + patience);
        return runner_.start(session.query(std::move(text), {}));
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
    /// How often the sequence was asked, and no more: asking is one more.
    std::int64_t asked() { return (*system("SELECT nextval('asked')"))[0].get<std::int64_t>(0) - 1; }

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
        reads.push_back(runner_.start(of_one.query("SELECT title FROM notes WHERE $1::uuid IS NOT NULL", args())));
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
    const std::int64_t saved = 400 / 20;
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
        auto out = runner_.wait(slowly.query(
            "UPDATE notes SET rank = rank + 1 WHERE workspace_id = $1 AND (SELECT pg_sleep(0.05)) IS NOT NULL",
            args()));
        ASSERT_TRUE(out) << out.error().message;
    }
    auto found = runner_.wait(slowly.query("SELECT rank FROM notes WHERE workspace_id = $1", args()));
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)[0].get<std::int64_t>(0), 5);
}

}  // namespace
}  // namespace tenon::db
