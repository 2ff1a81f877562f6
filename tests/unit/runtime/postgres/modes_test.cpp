// The ways to a PostgreSQL: TLS, a pooler, Unix sockets, and how many connections are made.
#include <atomic>
#include <fstream>
#include <thread>

#include "databases/open.hpp"
#include "fake_names.hpp"
#include "pooler_test.hpp"
#include "tests/wait_until.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;

class postgres_tls_test : public postgres_modes_test {
  protected:
    void SetUp() override {
        postgres_modes_test::SetUp();
        if (IsSkipped()) return;
        make_authority("ca");
        make_authority("other");
        std::ofstream(file("names")) << "subjectAltName = IP:127.0.0.1, DNS:db.test\n";
        ASSERT_TRUE(as_server("openssl req -newkey rsa:2048 -nodes -subj /CN=server -keyout " + file("server.key") +
                              " -out " + file("server.csr")));
        ASSERT_TRUE(as_server("openssl x509 -req -days 2 -CAcreateserial -CA " + file("ca.crt") + " -CAkey " +
                              file("ca.key") + " -extfile " + file("names") + " -in " + file("server.csr") + " -out " +
                              file("server.crt")));
        port_ = std::to_string(free_port());
        ASSERT_TRUE(server().restart("listen_addresses = '127.0.0.1,127.0.0.2'\nport = " + port_ +
                                     "\nssl = on\nssl_cert_file = '" + file("server.crt") + "'\nssl_key_file = '" +
                                     file("server.key") + "'"));
    }
    void TearDown() override {
        database_.reset();
        if (IsSkipped()) return;
        EXPECT_TRUE(server().restart("listen_addresses = ''\nport = 5432\nssl = off"));
    }
    void make_authority(const std::string& name) {
        ASSERT_TRUE(as_server("openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=" + name + " -keyout " +
                              file(name + ".key") + " -out " + file(name + ".crt")));
    }
    std::string url(const std::string& authority) { return url(authority, "127.0.0.1:" + port_); }
    std::string url(const std::string& authority, const std::string& hosts) {
        return "postgresql://reader@" + hosts + "/product?sslmode=verify-full&sslrootcert=" + file(authority + ".crt");
    }

    std::string port_;
};

TEST_F(postgres_tls_test, a_server_is_known_by_its_authority) {
    reopen_with(url("ca"));
    auto sealed = system("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    ASSERT_TRUE(sealed) << sealed.error().message;
    EXPECT_TRUE((*sealed)[0].get<bool>(0));
    expect_to_work();
    for (int i = 0; i < 3; ++i) EXPECT_EQ(system("SELECT repeat('x', 3000000)")->size(), 1U);
}

TEST_F(postgres_tls_test, a_server_of_another_authority_is_refused) {
    auto refused = db::open(url("other"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::unavailable);
    EXPECT_NE(refused.error().message.find("certificate verify failed"), std::string::npos) << refused.error().message;
}

// The address behind the name is not in the certificate, the name is.
TEST_F(postgres_tls_test, the_loop_turns_while_the_name_of_the_server_is_looked_up) {
    test::fake_names names;
    names.know("db.test", {"127.0.0.2"});
    reopen_with(url("ca", "db.test:" + port_));
    const std::size_t before = names.asked();
    names.hold();
    auto answer = runner_.start(
        system_session(*database_, soon()).read("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", {}));
    test::wait_until([&] { return names.asked() > before; });
    std::atomic<bool> turned = false;
    runner_.loop().post([&] { turned = true; });
    test::wait_until([&] { return turned.load(); });
    EXPECT_EQ(answer.wait_for(0s), std::future_status::timeout);
    names.release();
    auto sealed = answer.get();
    ASSERT_TRUE(sealed) << sealed.error().message;
    EXPECT_TRUE((*sealed)[0].get<bool>(0));
}

TEST_F(postgres_tls_test, each_address_of_each_host_is_tried) {
    test::fake_names names;
    names.know("db.test", {"127.0.0.3", "127.0.0.2"});
    names.know("old.test", {"127.0.0.4"});
    reopen_with(url("ca", "nowhere.test:1,old.test:1,db.test:" + port_));
    expect_to_work();
    // One port for all of them, and an address among the names.
    reopen_with(url("ca", "nowhere.test,127.0.0.1") + "&port=" + port_);
    EXPECT_EQ(count(tenant_), 1);
}

TEST_F(postgres_tls_test, a_name_that_is_lost_is_an_outage_that_passes) {
    test::fake_names names;
    names.know("db.test", {"127.0.0.2"});
    reopen_with(url("ca", "db.test:" + port_));
    names.forget("db.test");
    auto refused = system("SELECT 1");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, errc::unavailable);
    names.know("db.test", {"127.0.0.2"});
    test::wait_until([&] { return system("SELECT 1"); });
}

task<result<void>> two_statements(tenant_session session, std::string title) {
    CO_TRY_ASSIGN(auto open, co_await session.begin());
    auto values = args(uuid::generate(), title);
    CO_TRY(co_await open.query("INSERT INTO notes (workspace_id, id, title) VALUES ($1, $2, $3)", values));
    CO_TRY_ASSIGN(const auto found, co_await open.query("SELECT title FROM notes WHERE $1::uuid IS NOT NULL", args()));
    if (found.size() != 1 || found[0].get<std::string>(0) != title) co_return error(errc::internal, "another tenant");
    co_return co_await open.commit();
}

TEST_F(postgres_pooler_test, trap_6_tenants_stay_apart_where_connections_are_shared_by_transactions) {
    test::loop_runner second;
    std::vector<std::future<result<void>>> writes;
    std::vector<tenant_id> tenants;
    for (int i = 0; i < 60; ++i) {
        tenants.push_back(tenant_id::generate());
        auto& where = i % 2 == 0 ? runner_ : second;
        writes.push_back(where.start(two_statements(session(tenants.back()), tenants.back().to_string())));
    }
    for (auto& each : writes) {
        auto out = each.get();
        ASSERT_TRUE(out) << out.error().message;
    }
    std::vector<std::future<result<rows>>> reads;
    for (int i = 0; i < 1200; ++i) {
        auto one = session(tenants[static_cast<std::size_t>(i) % tenants.size()]);
        auto& where = i % 3 == 0 ? runner_ : second;
        reads.push_back(where.start(one.read("SELECT title FROM notes WHERE $1::uuid IS NOT NULL", args())));
    }
    for (std::size_t i = 0; i < reads.size(); ++i) {
        auto found = reads[i].get();
        ASSERT_TRUE(found) << found.error().message;
        ASSERT_EQ(found->size(), 1U);
        EXPECT_EQ((*found)[0].get<std::string>(0), tenants[i % tenants.size()].to_string());
    }
    auto none = system("SELECT count(*) FROM notes");
    ASSERT_TRUE(none);
    EXPECT_EQ((*none)[0].get<std::int64_t>(0), 0);
    EXPECT_EQ(asked("SELECT count(*) FROM pg_prepared_statements"), "0\n");
}

TEST_F(postgres_pooler_test, what_takes_too_long_is_stopped_and_a_restart_of_the_server_is_survived) {
    system_session impatient(*database_, std::chrono::steady_clock::now() + 200ms);
    auto late = runner_.wait(impatient.read("SELECT pg_sleep(1000)", {}));
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, errc::deadline_exceeded);
    test::wait_until([&] {
        return asked(
                   "SELECT 'yes' FROM pg_stat_activity WHERE query LIKE '%pg_sleep%' AND state = 'active' AND pid <> "
                   "pg_backend_pid()") != "yes\n";
    });
    expect_to_work();
    ASSERT_TRUE(server().restart());
    test::wait_until([&] { return system("SELECT 1"); });
    EXPECT_EQ(count(tenant_), 1);
}

TEST_F(postgres_modes_test, connections_name_the_program_unless_the_url_does) {
    const std::string name = "SELECT current_setting('application_name')";
    EXPECT_EQ((*system(name))[0].get<std::string>(0), "tenon");
    reopen_with(server().url("reader") + "&application_name=billing");
    EXPECT_EQ((*system(name))[0].get<std::string>(0), "billing");
}

TEST_F(postgres_modes_test, no_more_connections_are_made_than_allowed) {
    open_options few;
    few.connections = 10;
    few.loops = 2;
    reopen_with(server().url("reader"), few);
    test::loop_runner second;
    std::vector<std::future<result<void>>> writes;
    for (int i = 0; i < 60; ++i) {
        const auto one = tenant_id::generate();
        auto& where = i % 2 == 0 ? runner_ : second;
        writes.push_back(where.start(two_statements(session(one), "x")));
    }
    for (auto& each : writes) EXPECT_TRUE(each.get());
    EXPECT_EQ(asked("SELECT count(*) FROM pg_stat_activity WHERE usename = 'reader' AND pid <> pg_backend_pid()"),
              "4\n");
}

}  // namespace
}  // namespace tenon::db
