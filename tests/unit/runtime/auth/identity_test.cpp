// Twins of addresses, names and passwords over HTTP, and accounts from before there was one form of them.
#include <gtest/gtest.h>

#include <tenon/app/server.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/service/services.hpp>
#include <tenon/testing/service.hpp>

#include "accounts/password_hasher.hpp"
#include "db/backend.hpp"
#include "loop_runner.hpp"
#include "migrations/migrate.hpp"
#include "observe/log_sink.hpp"
#include "operation/registry.hpp"
#include "sample_product.hpp"
#include "temporary_folder.hpp"

namespace tenon::auth {
namespace {

using test::soon;
using testing::answer;
using testing::client;

const std::string secret_of_ada = "p\u00E4ssword horse";
const std::string the_same_apart = "pa\u0308ssword horse";

class identity_test : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(db::migrate_up(folder_.database_url(), test::sample_product().sqlite_migrations));
        app::configuration settings = app::default_configuration("sample");
        settings.port = 0;
        settings.workers = 1;
        settings.database_url = folder_.database_url();
        settings.token_secret = tenon::secret(std::string(32, 's'));
        settings.password_memory_kib = 8192;
        settings.password_passes = 1;
        settings.rates.attempts_per_address.count = settings.rates.attempts_per_account.count = 0;
        observe::set_log_level("error");
        auto started = app::start_server(test::sample_product(), settings);
        ASSERT_TRUE(started) << started.error().message;
        server_ = std::move(*started);
    }
    client anonymous() { return client(server_->port()); }
    static std::string body_of(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
        json::writer out;
        out.begin_object();
        for (const auto& [name, value] : members) out.member(name, value);
        out.end_object();
        return std::move(out).take();
    }
    answer sign_up(const std::string& email, const std::string& password = secret_of_ada,
                   const std::string& name = "Ada") {
        return anonymous().post(
            "/v1/auth/sign-up",
            body_of({{"email", email}, {"password", password}, {"name", name}, {"workspace", "W"}}));
    }
    answer login(const std::string& email, const std::string& password = secret_of_ada) {
        return anonymous().post("/v1/auth/login", body_of({{"email", email}, {"password", password}}));
    }
    db::rows sql(std::string text, db::values parameters) {
        db::statement asked(std::move(text), std::move(parameters), db::row_scope::of_service(), soon());
        auto out = runner_.wait(server_->services().internals().get<db::backend>().run(std::move(asked)));
        EXPECT_TRUE(out) << out.error().message;
        return out ? std::move(*out) : db::rows();
    }
    /// As the service made accounts when it stored addresses and hashed passwords as they came.
    void add_older(const std::string& email, const std::string& password) {
        accounts::password_hasher hasher(8192, 1);
        const auto hash = runner_.wait(hasher.hash(password, soon()));
        sql("INSERT INTO users (id, email, name, password_hash, created_at, updated_at, version) "
            "VALUES ($1, $2, 'Older', $3, $4, $4, 1)",
            db::args(user_id::generate(), email, *hash, instant::now()));
    }

    test::temporary_folder folder_;
    test::loop_runner runner_;
    std::unique_ptr<app::server_handle> server_;
};

TEST_F(identity_test, an_address_has_no_twins) {
    const answer first = sign_up("ad\u00E9le@b\u00FCcher.example");
    ASSERT_EQ(first.status, 201) << first.body;
    for (const char* same : {"ade\u0301le@b\u00FCcher.example", "AD\u00C9LE@B\u00DCCHER.EXAMPLE",
                             "ad\u00E9le@bu\u0308cher.example", "ad\u00E9le@xn--bcher-kva.example"}) {
        EXPECT_EQ(sign_up(same).at("/code"), "email_taken") << same;
        EXPECT_EQ(login(same).at("/user_id"), first.at("/user_id")) << same;
    }
    for (const char* none : {"ad\u200B\u00E9le@b\u00FCcher.example", "\u202Ead\u00E9le@b\u00FCcher.example",
                             "\uFF41d\u00E9le@b\u00FCcher.example", "ad\u00E9le\u2060@b\u00FCcher.example",
                             "ad\u00AD\u00E9le@b\u00FCcher.example"}) {
        EXPECT_EQ(sign_up(none).at("/errors/0/pointer"), "/email") << none;
        EXPECT_EQ(login(none).status, 401) << none;
    }
    client c = anonymous();
    c.use_token(first.at("/access_token"));
    EXPECT_EQ(c.get("/v1/me").at("/email"), "ad\u00E9le@b\u00FCcher.example");
    // A member is found whatever the form.
    const answer other = sign_up("gr\u00E4ce@example.com");
    const std::string members = "/v1/workspaces/" + testing::service::tenant_of(c) + "/members";
    EXPECT_EQ(c.post(members, body_of({{"email", "GRA\u0308CE@example.com"}})).status, 201);
}

TEST_F(identity_test, an_older_account_keeps_its_address_and_has_no_twin_either) {
    add_older("ade\u0301le@example.com", secret_of_ada);
    add_older("bob@xn--bcher-kva.example", secret_of_ada);
    add_older("ca\u200Brl@example.com", secret_of_ada);
    for (const char* form : {"ade\u0301le@example.com", "ad\u00E9le@example.com", "AD\u00C9LE@example.com",
                             "bob@xn--bcher-kva.example", "Bob@b\u00FCcher.example", "ca\u200Brl@example.com"})
        EXPECT_EQ(login(form).status, 200) << form;
    for (const char* form : {"ade\u0301le@example.com", "ad\u00E9le@example.com", "bob@b\u00FCcher.example"})
        EXPECT_EQ(sign_up(form).at("/code"), "email_taken") << form;
}

TEST_F(identity_test, older_twins_stay_apart) {
    add_older("ade\u0301le@example.com", "the first horse");
    add_older("ad\u00E9le@example.com", "the second horse");
    EXPECT_EQ(login("ade\u0301le@example.com", "the first horse").status, 200);
    EXPECT_EQ(login("ad\u00E9le@example.com", "the second horse").status, 200);
    EXPECT_EQ(login("ade\u0301le@example.com", "the second horse").status, 401);
}

TEST_F(identity_test, a_password_is_the_same_from_every_keyboard) {
    ASSERT_EQ(sign_up("ada@example.com", the_same_apart).status, 201);
    EXPECT_EQ(login("ada@example.com", secret_of_ada).status, 200);
    EXPECT_EQ(login("ada@example.com", the_same_apart).status, 200);
    EXPECT_EQ(login("ada@example.com", "p\u00E4ssword\u00A0horse").status, 200) << "another space";
    EXPECT_EQ(login("ada@example.com", "P\u00E4ssword horse").status, 401) << "case counts";
    EXPECT_EQ(sign_up("bob@example.com", "pass\u200Bword horse").at("/errors/0/pointer"), "/password");
    EXPECT_EQ(sign_up("bob@example.com", "pass\tword horse").at("/errors/0/pointer"), "/password");
    EXPECT_EQ(login("ada@example.com", "pass\tword horse").status, 401);
    client c = anonymous();
    c.use_token(login("ada@example.com").at("/access_token"));
    const std::string change = body_of({{"current_password", the_same_apart}, {"new_password", "o\u0308ther horse"}});
    EXPECT_EQ(c.post("/v1/auth/password", change).status, 204);
    EXPECT_EQ(login("ada@example.com", "\u00F6ther horse").status, 200);
}

TEST_F(identity_test, an_older_hash_of_another_form_works_and_is_renewed) {
    add_older("ada@example.com", the_same_apart);
    add_older("bob@example.com", "pass\tword horse");
    EXPECT_EQ(login("ada@example.com", secret_of_ada).status, 401) << "before it is renewed";
    EXPECT_EQ(login("ada@example.com", the_same_apart).status, 200);
    EXPECT_EQ(login("ada@example.com", secret_of_ada).status, 200) << "after";
    EXPECT_EQ(login("ada@example.com", the_same_apart).status, 200);
    EXPECT_EQ(login("bob@example.com", "pass\tword horse").status, 200) << "what is refused today";
}

TEST_F(identity_test, names_are_composed_and_show_what_they_are) {
    const answer made = sign_up("ada@example.com", secret_of_ada, "Ade\u0301le");
    ASSERT_EQ(made.status, 201) << made.body;
    client c = anonymous();
    c.use_token(made.at("/access_token"));
    EXPECT_EQ(c.get("/v1/me").at("/name"), "Ad\u00E9le");
    for (const char* bad : {"Ada\u202Egnp", "A\u200Bda", "Ada\nRoot", "\u3164", "\u00A0\u3000"}) {
        EXPECT_EQ(c.patch("/v1/me", body_of({{"name", bad}})).at("/errors/0/pointer"), "/name") << bad;
        EXPECT_EQ(c.post("/v1/workspaces", body_of({{"name", bad}})).at("/errors/0/pointer"), "/name") << bad;
    }
    EXPECT_EQ(c.patch("/v1/me", body_of({{"name", "Zoe\u0308"}})).at("/name"), "Zo\u00EB");
    EXPECT_EQ(c.patch("/v1/me", body_of({{"name", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"}})).status, 200);
}

}  // namespace
}  // namespace tenon::auth
