// Whose the statements of a request are: by that, nobody's keep others waiting.
#include <gtest/gtest.h>

#include <mutex>
#include <vector>

#include <tenon/app/server.hpp>
#include <tenon/testing/service.hpp>

#include "databases/open.hpp"
#include "db/backend.hpp"
#include "migrations/migrate.hpp"
#include "observe/log_sink.hpp"
#include "sample_product.hpp"
#include "temporary_folder.hpp"

namespace tenon::tenancy {
namespace {

using testing::answer;
using testing::client;

/// Of statements, who asks.
struct notes {
    std::mutex mutex;
    std::vector<uuid> callers;

    void add(const db::statement& asked) {
        const std::lock_guard lock(mutex);
        callers.push_back(asked.caller);
    }
    std::vector<uuid> take() {
        const std::lock_guard lock(mutex);
        return std::exchange(callers, {});
    }
};

class noted_transaction final : public db::backend_transaction {
  public:
    noted_transaction(std::unique_ptr<db::backend_transaction> inner, notes& seen)
        : inner_(std::move(inner)), seen_(seen) {}
    task<result<db::rows>> run(db::statement s) override {
        seen_.add(s);
        return inner_->run(std::move(s));
    }
    void commit_with_next() override { inner_->commit_with_next(); }
    bool is_committed() const override { return inner_->is_committed(); }
    task<result<void>> commit() override { return inner_->commit(); }

  private:
    std::unique_ptr<db::backend_transaction> inner_;
    notes& seen_;
};

class noted_database final : public db::backend {
  public:
    noted_database(std::unique_ptr<db::backend> inner, notes& seen) : inner_(std::move(inner)), seen_(seen) {}
    task<result<db::rows>> run(db::statement s) override {
        seen_.add(s);
        return inner_->run(std::move(s));
    }
    task<result<std::unique_ptr<db::backend_transaction>>> begin(
        db::row_scope whose, std::chrono::steady_clock::time_point deadline) override {
        CO_TRY_ASSIGN(auto open, co_await inner_->begin(whose, deadline));
        std::unique_ptr<db::backend_transaction> out = std::make_unique<noted_transaction>(std::move(open), seen_);
        co_return out;
    }
    std::string_view dialect() const override { return inner_->dialect(); }
    task<void> drain() override { return inner_->drain(); }

  private:
    std::unique_ptr<db::backend> inner_;
    notes& seen_;
};

class callers_test : public ::testing::Test {
  protected:
    void SetUp() override {
        observe::set_log_level("error");
        ASSERT_TRUE(db::migrate_up(folder_.database_url(), test::sample_product().sqlite_migrations));
        auto inner = db::open(folder_.database_url());
        ASSERT_TRUE(inner);
        app::configuration settings = app::default_configuration("sample");
        settings.port = 0;
        settings.workers = 1;
        settings.token_secret = secret(std::string(32, 's'));
        settings.password_memory_kib = 8192;
        settings.password_passes = 1;
        auto started = app::start_server(test::sample_product(), std::move(settings),
                                         std::make_unique<noted_database>(std::move(*inner), seen_));
        ASSERT_TRUE(started) << started.error().message;
        server_ = std::move(*started);
    }
    client signed_up(const std::string& name) {
        client out(server_->port());
        const answer got = out.post("/v1/auth/sign-up", R"({"email":")" + name + R"(@example.com","password":)" +
                                                            R"("correct horse","name":"A","workspace":"W"})");
        EXPECT_EQ(got.status, 201) << got.body;
        out.use_token(got.at("/access_token"));
        return out;
    }
    void expect_all_by(client& who, const std::string& method, const std::string& path, const std::string& body,
                       int status) {
        (void)seen_.take();
        const answer got = who.send(method, path, body);
        EXPECT_EQ(got.status, status) << got.body;
        const std::vector<uuid> callers = seen_.take();
        EXPECT_FALSE(callers.empty());
        for (const uuid& each : callers)
            EXPECT_EQ(each.to_string(), testing::service::user_of(who)) << method << " " << path;
    }

    notes seen_;
    test::temporary_folder folder_;
    std::unique_ptr<app::server_handle> server_;
};

TEST_F(callers_test, what_a_user_does_to_a_tenant_and_its_members_is_that_users) {
    client owner = signed_up("owner");
    const client other = signed_up("other");
    const std::string tenant = "/v1/workspaces/" + testing::service::tenant_of(owner);
    const std::string members = tenant + "/members";
    const std::string member = members + "/" + testing::service::user_of(other);
    expect_all_by(owner, "GET", tenant, "", 200);
    expect_all_by(owner, "PATCH", tenant, R"({"name":"Acme"})", 200);
    expect_all_by(owner, "POST", members, R"({"email":"other@example.com","role":"member"})", 201);
    expect_all_by(owner, "GET", members, "", 200);
    expect_all_by(owner, "PATCH", member, R"({"role":"admin"})", 200);
    expect_all_by(owner, "DELETE", member, "", 204);
}

}  // namespace
}  // namespace tenon::tenancy
