// References to users: only members of the transaction's tenant count.
#include <gtest/gtest.h>

#include <tenon/records/members.hpp>

#include "databases/open.hpp"
#include "db/backend.hpp"
#include "loop_runner.hpp"
#include "migrations/migrate.hpp"
#include "sample_product.hpp"
#include "temporary_folder.hpp"

namespace tenon::records {
namespace {

class references_test : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(db::migrate_up(folder_.database_url(), tenon::test::sample_product().sqlite_migrations));
        database_ = std::move(*db::open(folder_.database_url()));
        database_->name_tenants(tenon::test::sample_product().tenant);
        sql("INSERT INTO users VALUES ($1, 'a@example.com', 'A', 'h', 1, 1, 1, NULL)", db::args(user_));
        for (const tenant_id& each : {tenant_, other_})
            sql("INSERT INTO workspaces VALUES ($1, 'W', 1, 1, 1)", db::args(each));
        sql("INSERT INTO memberships VALUES ($1, $2, 'admin', 1)", db::args(tenant_, user_));
    }
    static std::chrono::steady_clock::time_point soon() {
        return std::chrono::steady_clock::now() + std::chrono::seconds(20);
    }
    void sql(std::string text, db::values parameters) {
        db::system_session all(*database_, soon());
        const auto out = runner_.wait(all.write(std::move(text), std::move(parameters)));
        ASSERT_TRUE(out) << out.error().message;
    }
    task<result<field_errors>> checked(tenant_id tenant, user_id user) {
        db::tenant_session session(*database_, tenant, soon());
        CO_TRY_ASSIGN(auto open, co_await session.begin());
        field_errors errors;
        CO_TRY(co_await check_member(open, user, "/author", errors));
        co_return errors;
    }

    user_id user_ = user_id::generate();
    tenant_id tenant_ = tenant_id::generate();
    tenant_id other_ = tenant_id::generate();
    tenon::test::temporary_folder folder_;
    tenon::test::loop_runner runner_;
    std::unique_ptr<db::backend> database_;
};

TEST_F(references_test, members_pass_and_everybody_else_is_named_under_the_pointer) {
    EXPECT_TRUE(runner_.wait(checked(tenant_, user_))->empty());
    for (const auto& [tenant, user] : {std::pair(other_, user_), std::pair(tenant_, user_id::generate())}) {
        const auto errors = runner_.wait(checked(tenant, user));
        ASSERT_TRUE(errors);
        ASSERT_EQ(errors->list().size(), 1U);
        EXPECT_EQ(errors->list()[0].pointer, "/author");
        EXPECT_EQ(errors->list()[0].detail, "names nothing in this workspace");
    }
}

}  // namespace
}  // namespace tenon::records
