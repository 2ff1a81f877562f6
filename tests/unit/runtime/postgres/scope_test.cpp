// Whose rows a statement may see travels with it, also where statements of many share a transaction.
#include "fixture.hpp"

namespace tenon::db {
namespace {

constexpr const char* settings =
    "concat_ws('/', nullif(current_setting('app.tenant', true), ''), nullif(current_setting('app.user', true), ''), "
    "nullif(current_setting('app.scope', true), ''))";

/// As PostgreSQL should be told.
std::string named(const row_scope& whose) {
    std::string out;
    const auto add = [&](const std::string& text) { out += (out.empty() ? "" : "/") + text; };
    if (whose.tenant()) add(whose.tenant()->to_string());
    if (whose.user()) add(whose.user()->to_string());
    if (whose.service()) add("service");
    return out;
}

/// Every kind, in turn.
row_scope scope_of(int number) {
    const auto tenant = tenant_id::generate();
    const auto user = user_id::generate();
    switch (number % 6) {
        case 0:
            return tenant;
        case 1:
            return row_scope::of_user(user);
        case 2:
            return row_scope::of_service();
        case 3:
            return row_scope(tenant, user);
        case 4:
            return row_scope(tenant, user).and_service();
        default:
            return row_scope::of_user(user).and_service();
    }
}

task<result<std::string>> read(backend& database, row_scope whose) {
    statement ask(std::string("SELECT ") + settings, {}, whose, soon());
    ask.is_read = true;
    ask.tenant.reset();
    CO_TRY_ASSIGN(const rows found, co_await database.run(std::move(ask)));
    co_return found[0].get<std::string>(0);
}

/// By a change: alone in its transaction, and so in company, or the second of two.
task<result<std::string>> write(backend& database, row_scope whose, bool alone) {
    CO_TRY_ASSIGN(auto open, co_await database.begin(whose, soon()));
    if (!alone) {
        statement first("SELECT 1", {}, whose, soon());
        first.tenant.reset();
        CO_TRY(co_await open->run(std::move(first)));
    }
    open->commit_with_next();
    statement last(std::string("INSERT INTO said VALUES (") + settings + ") RETURNING text", {}, whose, soon());
    last.tenant.reset();
    CO_TRY_ASSIGN(const rows made, co_await open->run(std::move(last)));
    CO_TRY(co_await open->commit());
    co_return made[0].get<std::string>(0);
}

class postgres_scope_test : public postgres_database_test {
  protected:
    void SetUp() override {
        postgres_database_test::SetUp();
        if (IsSkipped()) return;
        ASSERT_EQ(server().run("CREATE TABLE said (text text)"), "");
    }

    /// Hundreds of every kind at once: each has its own settings, and none of another.
    void expect_own(const std::function<task<result<std::string>>(const row_scope&, int)>& ask) {
        std::vector<std::pair<std::string, std::future<result<std::string>>>> all;
        runner_.at_once([&] {
            for (int i = 0; i < 300; ++i) {
                const row_scope whose = scope_of(i);
                all.emplace_back(named(whose), runner_.start(ask(whose, i)));
            }
        });
        for (auto& [wanted, answer] : all) {
            const auto got = answer.get();
            ASSERT_TRUE(got) << got.error().message;
            EXPECT_EQ(*got, wanted);
        }
    }
};

TEST_F(postgres_scope_test, reads_that_travel_together_have_each_their_own) {
    expect_own([&](const row_scope& whose, int) { return read(*database_, whose); });
}

TEST_F(postgres_scope_test, changes_that_share_a_commit_have_each_their_own) {
    expect_own([&](const row_scope& whose, int) { return write(*database_, whose, true); });
}

TEST_F(postgres_scope_test, holds_for_a_whole_transaction_and_beside_others) {
    expect_own([&](const row_scope& whose, int i) {
        return i % 3 == 0 ? read(*database_, whose) : write(*database_, whose, i % 3 == 1);
    });
}

// A query of nobody cannot be written.
static_assert(!std::is_default_constructible_v<row_scope>);
static_assert(!std::is_convertible_v<std::nullopt_t, row_scope>);
static_assert(!std::is_convertible_v<std::optional<tenant_id>, row_scope>);
static_assert(!std::is_constructible_v<statement, std::string, values, std::nullopt_t, soon>);

}  // namespace
}  // namespace tenon::db
