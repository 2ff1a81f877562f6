// Asking for a session and its user's role: one question for a burst, deadlines, and what ends an answer.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>

#include "databases/open.hpp"
#include "db/backend.hpp"
#include "loop_runner.hpp"
#include "migrations/migrate.hpp"
#include "observe/log_sink.hpp"
#include "sample_product.hpp"
#include "temporary_folder.hpp"
#include "tenants/directory.hpp"
#include "tests/wait_until.hpp"

namespace tenon::tenants {
namespace {

using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

/// Counts the statements, and holds their answers back while it is told to.
class held_database final : public db::backend {
  public:
    explicit held_database(std::unique_ptr<db::backend> inner) : inner_(std::move(inner)) {}

    task<result<db::rows>> run(db::statement s) override {
        const auto deadline = s.deadline;
        ++statements;
        result<db::rows> out = co_await inner_->run(std::move(s));
        while (hold && clock::now() < deadline) co_await sleep_until(clock::now() + 1ms);
        if (clock::now() >= deadline) co_return error(errc::deadline_exceeded, "too late");
        co_return out;
    }
    task<result<std::unique_ptr<db::backend_transaction>>> begin(db::row_scope whose,
                                                                 clock::time_point deadline) override {
        return inner_->begin(whose, deadline);
    }
    std::string_view dialect() const override { return shared ? "postgres" : "sqlite"; }
    task<void> drain() override { return inner_->drain(); }

    std::atomic<int> statements{0};
    std::atomic<bool> hold{false};
    bool shared = false;

  private:
    std::unique_ptr<db::backend> inner_;
};

class standing_test : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(db::migrate_up(folder_.database_url(), test::sample_product().sqlite_migrations));
        database_ = std::make_unique<held_database>(std::move(*db::open(folder_.database_url())));
        directory_ =
            std::make_unique<directory>(test::sample_product().tenant, test::sample_product().policy, *database_);
        sql("INSERT INTO users VALUES ($1, 'a@example.com', 'A', 'h', 1, 1, 1, NULL)", db::args(user_));
        for (const tenant_id& each : {tenant_, other_})
            sql("INSERT INTO workspaces VALUES ($1, 'W', 1, 1, 1)", db::args(each));
        sql("INSERT INTO memberships VALUES ($1, $2, 'admin', 1)", db::args(tenant_, user_));
        sql("INSERT INTO auth_sessions VALUES ($1, $2, $3, 1, 1, NULL, 1)", db::args(session_, user_, tenant_));
        database_->statements = 0;
    }
    void sql(std::string text, db::values parameters) {
        db::system_session all(*database_, clock::now() + 20s);
        const auto out = runner_.wait(all.write(std::move(text), std::move(parameters)));
        ASSERT_TRUE(out) << out.error().message;
    }
    task<result<standing>> question(std::optional<tenant_id> tenant, clock::duration patience = 20s) {
        return directory_->standing_of(user_, session_, tenant, clock::now() + patience);
    }
    result<standing> ask(std::optional<tenant_id> tenant) { return runner_.wait(question(tenant)); }
    task<bool> enforced() {
        co_await directory_->enforce(user_);
        co_return true;
    }
    void forget() { runner_.wait(enforced()); }

    user_id user_ = user_id::generate();
    uuid session_ = uuid::generate();
    tenant_id tenant_ = tenant_id::generate();
    tenant_id other_ = tenant_id::generate();
    test::temporary_folder folder_;
    test::loop_runner runner_;
    test::loop_runner second_;
    std::unique_ptr<held_database> database_;
    std::unique_ptr<directory> directory_;
};

TEST_F(standing_test, is_of_one_session_and_one_tenant) {
    EXPECT_EQ(ask(tenant_)->role, static_cast<std::uint16_t>(test::role::admin));
    EXPECT_EQ(ask(other_)->role, std::nullopt);
    EXPECT_EQ(ask(std::nullopt)->role, std::nullopt);
    const result<standing> foreign =
        runner_.wait(directory_->standing_of(user_id::generate(), session_, tenant_, clock::now() + 20s));
    EXPECT_EQ(foreign.error().code, errc::unauthorized) << "somebody else's session";
    forget();
    sql("UPDATE memberships SET role = 'emperor'", {});
    std::string log;
    observe::set_log_level("warn");
    observe::capture_log([&log](std::string_view line) { log.append(line).append("\n"); });
    EXPECT_EQ(ask(tenant_)->role, std::nullopt) << "a role that the product no longer has grants nothing";
    EXPECT_TRUE(ask(tenant_)->is_role_unknown);
    observe::capture_log(nullptr);
    EXPECT_NE(log.find(R"("role":"emperor")"), std::string::npos) << log;
    EXPECT_EQ(log.find("emperor"), log.rfind("emperor")) << "told once a minute: " << log;
}

TEST_F(standing_test, an_ended_session_and_a_deleted_user_are_refused) {
    ASSERT_TRUE(ask(tenant_));
    sql("UPDATE users SET deleted_at = 1", {});
    forget();
    EXPECT_EQ(ask(tenant_).error().code, errc::unauthorized);
    sql("UPDATE users SET deleted_at = NULL", {});
    EXPECT_TRUE(ask(tenant_)) << "refusals are not remembered";
    sql("UPDATE auth_sessions SET revoked_at = 1", {});
    forget();
    EXPECT_EQ(ask(tenant_).error().code, errc::unauthorized);
    EXPECT_EQ(ask(std::nullopt).error().code, errc::unauthorized);
}

TEST_F(standing_test, a_burst_on_two_loops_asks_once) {
    database_->hold = true;
    std::vector<std::future<result<standing>>> all;
    for (int i = 0; i < 200; ++i) all.push_back((i % 2 == 0 ? runner_ : second_).start(question(tenant_)));
    std::this_thread::sleep_for(50ms);
    database_->hold = false;
    for (auto& each : all) EXPECT_EQ(each.get()->role, static_cast<std::uint16_t>(test::role::admin));
    EXPECT_EQ(database_->statements, 1);
}

TEST_F(standing_test, who_is_forgotten_while_being_looked_up_is_looked_up_again) {
    database_->hold = true;
    auto before = runner_.start(question(tenant_));
    test::wait_until([&] { return database_->statements != 0; });
    std::this_thread::sleep_for(20ms);  // its answer is read by now, and held
    database_->hold = false;
    sql("UPDATE memberships SET role = 'member'", {});
    forget();
    (void)before.get();  // was asked before the change: either answer is right
    EXPECT_EQ(ask(tenant_)->role, static_cast<std::uint16_t>(test::role::member));
    EXPECT_EQ(ask(tenant_)->role, static_cast<std::uint16_t>(test::role::member));
}

TEST_F(standing_test, who_has_more_time_than_the_asker_asks_again) {
    database_->hold = true;
    auto hasty = runner_.start(question(tenant_, 300ms));
    test::wait_until([&] { return database_->statements != 0; });
    auto patient = second_.start(question(tenant_, 20s));
    EXPECT_EQ(hasty.get().error().code, errc::deadline_exceeded);
    database_->hold = false;
    EXPECT_TRUE(patient.get());
    EXPECT_EQ(database_->statements, 2);
    const auto late = runner_.wait(question(tenant_, -1ms));
    EXPECT_EQ(late.error().code, errc::deadline_exceeded) << "even when it is known";
}

TEST_F(standing_test, an_asker_that_goes_away_leaves_nobody_waiting) {
    database_->hold = true;
    std::optional<task<result<standing>>> asker(question(tenant_));
    runner_.run([&] { asker->operator co_await().await_suspend(std::noop_coroutine()).resume(); });
    test::wait_until([&] { return database_->statements != 0; });
    std::this_thread::sleep_for(20ms);  // the statement is done, its answer held back on the first loop
    auto waiting = second_.start(question(tenant_));
    std::this_thread::sleep_for(20ms);
    runner_.run([&] { asker.reset(); });
    database_->hold = false;
    EXPECT_TRUE(waiting.get());
    EXPECT_EQ(database_->statements, 2);
}

TEST_F(standing_test, enforcing_outlasts_what_others_may_remember_only_where_there_are_others) {
    const auto alone = clock::now();
    forget();
    const auto between = clock::now();
    database_->shared = true;
    forget();
    EXPECT_GE(clock::now() - between, 500ms);
    EXPECT_GE(between, alone);
}

}  // namespace
}  // namespace tenon::tenants
