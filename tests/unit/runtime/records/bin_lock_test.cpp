// While a record goes into the bin, nobody refers to it.
#include <gtest/gtest.h>

#include <tenon/records/deletion.hpp>

#include "../db/notes_database.hpp"
#include "../db/postgres_server.hpp"
#include "db/tenant_access.hpp"
#include "test_product.hpp"

namespace tenon::records::test {
namespace {

class postgres_bin_lock : public db::postgres_server_test, protected db::notes_database {
  protected:
    void SetUp() override {
        postgres_server_test::SetUp();
        if (!IsSkipped()) open(server().url("reader"));
    }
    void TearDown() override { database_.reset(); }

    /// What somebody who is about to refer to the record gets to know meanwhile.
    task<result<void>> looked_up(record what) {
        auto mine = session(tenant_);
        CO_TRY_ASSIGN(auto open, co_await mine.begin());
        const access::viewer nobody;
        CO_TRY(co_await put_into_bin(open, what, 1, nobody));

        db::tenant_session theirs(*database_, tenant_, std::chrono::steady_clock::now() + std::chrono::seconds(1));
        CO_TRY_ASSIGN(auto other, co_await theirs.begin());
        const std::string look = "SELECT id FROM things WHERE {tenant_id} = $1 AND id = $2 FOR KEY SHARE";
        auto parameters = db::args(what.id);
        CO_TRY(co_await db::tenant_access::query(other, look, std::move(parameters)));
        co_return result<void>();
    }
};

TEST_F(postgres_bin_lock, makes_those_wait_who_would_refer_to_it) {
    test_product product;
    const kind_number things = product.add_kind("things", true);
    const uuid id = uuid::generate();
    const std::string made =
        server().run(product.tables(true).front() + "; INSERT INTO things VALUES ('" + tenant_.value.to_string() +
                     "', '" + id.to_string() + "', '" + id.to_string() + "', now(), 1)");
    ASSERT_EQ(made.find("ERROR"), std::string::npos) << made;
    const graph all = product.all();
    const auto seen = runner_.wait(looked_up(record(all, things, id)));
    ASSERT_FALSE(seen);
    EXPECT_EQ(seen.error().code, errc::deadline_exceeded) << seen.error().message;
}

}  // namespace
}  // namespace tenon::records::test
