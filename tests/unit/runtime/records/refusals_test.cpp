// What a refused deletion tells those who read only their own records.
#include <gtest/gtest.h>

#include <tenon/records/deletion.hpp>

#include "notes_on_sqlite.hpp"
#include "test_product.hpp"

namespace tenon::records::test {
namespace {

class refusal_of_deletion : public db::database_test {
  protected:
    void SetUp() override {
        database_test::SetUp();
        things_ = product_.add_kind("things", true);
        product_.add_reference(product_.add_kind("holders"), things_, on_delete::restrict_, true);
        for (const std::string& each : product_.tables(false)) run(each);
        for (const std::string& each : product_.indexes()) run(each);
        run("INSERT INTO things (workspace_id, id, created_by, updated_at, version) VALUES (" + text(tenant_.value) +
            ", " + text(thing_) + ", " + text(thing_) + ", 0, 1)");
    }
    void run(const std::string& statement) {
        const auto done = change(statement);
        ASSERT_TRUE(done) << done.error().message << " " << statement;
    }
    static std::string text(uuid id) { return "'" + id.to_string() + "'"; }

    /// Numbers `first` to `last`, which is their order too.
    void hold_thing(int first, int last, user_id by) {
        run("WITH RECURSIVE n(i) AS (SELECT " + std::to_string(first) + " UNION ALL SELECT i + 1 FROM n WHERE i < " +
            std::to_string(last) + ") INSERT INTO holders (workspace_id, id, created_by, updated_at, version, r0) " +
            "SELECT " + text(tenant_.value) + ", format('00000000-0000-7000-8000-%012d', i), " + text(by.value) +
            ", 0, 1, " + text(thing_) + " FROM n");
    }
    /// What `who` is told, by a deletion for good and by one that is not.
    std::string told(bool for_good) {
        const auto done = runner_.wait(refused(for_good));
        return done ? "it is gone" : done.error().message;
    }
    task<result<void>> refused(bool for_good) {
        static constexpr access::decision own[] = {access::decision::own};
        static constexpr std::string_view names[] = {"one"};
        access::policy rules;
        rules.roles = names;
        rules.permissions = names;
        rules.matrix = own;
        const access::viewer who(rules, 0, me_);
        const graph all = product_.all();
        const record what(all, things_, thing_);
        auto mine = session(tenant_);
        CO_TRY_ASSIGN(auto open, co_await mine.begin());
        if (for_good) CO_TRY(co_await erase(open, what, 1, who));
        if (!for_good) CO_TRY(co_await put_into_bin(open, what, 1, who));
        co_return result<void>();
    }

    test_product product_;
    kind_number things_ = 0;
    uuid thing_ = uuid::generate();
    user_id me_ = user_id::generate();
};

TEST_F(refusal_of_deletion, counts_own_records_behind_all_that_others_have) {
    hold_thing(1, 2000, user_id::generate());
    hold_thing(2001, 2003, me_);
    const std::string three = "3 holders and something that you may not see still refer to this things.";
    EXPECT_EQ(told(true), three);
    EXPECT_EQ(told(false), three);

    hold_thing(2004, 4000, me_);
    EXPECT_EQ(told(true), "more than 1,000 holders still refer to this things.");
}

TEST_F(refusal_of_deletion, counts_few_at_once) {
    hold_thing(1, 2, user_id::generate());
    EXPECT_EQ(told(true), "Something still refers to this things.");
    hold_thing(3, 3, me_);
    EXPECT_EQ(told(true), "1 holders and something that you may not see still refer to this things.");
}

}  // namespace
}  // namespace tenon::records::test
