// A service of its own for each test, with users on demand.
#include <algorithm>
#include <stdexcept>

#include <tenon/app/server.hpp>
#include <tenon/db/migrate.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/testing/service.hpp>

#include "crypto/digest.hpp"
#include "observe/log_sink.hpp"
#include "test_database.hpp"

namespace tenon::testing {
namespace {

constexpr std::string_view password = "correct horse battery";

app::configuration configured(const test_database& database, std::uint16_t port) {
    app::configuration out;
    out.port = port;
    out.database_url = database.url();
    out.workers = 2;
    out.log_level = "error";
    // Valid, and as cheap as it gets: tests sign up a lot.
    out.password_memory_kib = 8192;
    out.password_passes = 1;
    return out;
}

std::unique_ptr<test_database> migrated(const app::product& product) {
    auto out = test_database::make();
    const auto done = db::migrate_up(out->migration_url(), out->migrations_of(product), out->url());
    if (!done) throw std::runtime_error("the migrations failed: " + done.error().message);
    return out;
}

answer expect(int status, answer got, std::string_view what) {
    if (got.status == status) return got;
    throw std::runtime_error(std::string(what) + " answered " + std::to_string(got.status) + ": " + got.body);
}

/// Tables are written in snake_case, routes in kebab-case.
std::string route_segment(std::string_view table) {
    std::string out(table);
    std::replace(out.begin(), out.end(), '_', '-');
    return out;
}

std::string claim(const client& c, std::string_view pointer) {
    const std::string& token = c.token();
    const std::size_t first = std::min(token.find('.'), token.size());
    const std::size_t begin = std::min(first + 1, token.size());
    const auto payload = crypto::from_base64url(token.substr(begin, token.find('.', begin) - begin));
    answer as_answer;
    as_answer.body = payload.value_or("");
    return as_answer.at(pointer);
}

}  // namespace

struct service::impl {
    explicit impl(const app::product& p) : product(p), database(migrated(p)) { start(0); }

    void start(std::uint16_t port) {
        app::configuration settings = configured(*database, port);
        settings.token_secret = app::secret(token_secret);
        observe::set_log_level(settings.log_level);
        auto out = app::start_server(product, std::move(settings));
        if (!out) throw std::runtime_error("the service did not start: " + out.error().message);
        server = std::move(*out);
    }

    std::unique_ptr<test_database> copy_database() {
        if (database->url().starts_with("sqlite:")) return database->copy();
        const std::uint16_t port = server->port();
        server.reset();
        auto out = database->copy();
        start(port);
        return out;
    }

    /// Signs a fresh user up, who thereby founds a fresh tenant. Returns the address.
    std::string sign_up(client& c) {
        const std::string tag = uuid::generate().to_string();
        const std::string email = "user-" + tag + "@example.com";
        json::writer body;
        body.begin_object();
        body.member("email", email);
        body.member("password", password);
        body.member("name", "User " + tag);
        body.member(product.tenant.singular, "Of " + tag);
        body.end_object();
        const answer got = expect(201, c.post("/v1/auth/sign-up", body.text()), "sign-up");
        c.use_token(got.at("/access_token"));
        return email;
    }

    const app::product& product;
    const std::string token_secret = crypto::random_bytes(32);
    const std::unique_ptr<test_database> database;
    std::unique_ptr<app::server_handle> server;
};

service::service(const app::product& product) : impl_(std::make_unique<impl>(product)) {}
service::~service() = default;

std::uint16_t service::port() const {
    return impl_->server->port();
}

std::unique_ptr<test_database> service::copy_database() const {
    return impl_->copy_database();
}

client service::founder() {
    client out = anonymous();
    impl_->sign_up(out);
    return out;
}

client service::member_of(client& founder, std::string_view role) {
    client out = anonymous();
    const std::string email = impl_->sign_up(out);
    const std::string tenant = "/v1/" + route_segment(impl_->product.tenant.table) + "/" + tenant_of(founder);
    json::writer body;
    body.begin_object();
    body.member("email", email);
    body.member("role", role);
    body.end_object();
    expect(201, founder.post(tenant + "/members", body.text()), "adding a member");
    const answer switched = expect(200, out.post(tenant + "/switch"), "switching");
    out.use_token(switched.at("/access_token"));
    return out;
}

std::string service::tenant_of(const client& c) {
    return claim(c, "/tid");
}
std::string service::user_of(const client& c) {
    return claim(c, "/sub");
}

}  // namespace tenon::testing
