// A service of its own for each test, with users on demand.
#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include <tenon/app/server.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/loop/event_loop.hpp>
#include <tenon/testing/service.hpp>

#include "app/product_settings.hpp"
#include "crypto/digest.hpp"
#include "databases/open.hpp"
#include "db/backend.hpp"
#include "migrations/migrate.hpp"
#include "observe/log_sink.hpp"
#include "records/retention.hpp"
#include "relay.hpp"
#include "test_database.hpp"
#include "unfiltered_backend.hpp"

namespace tenon::testing {
namespace {

constexpr std::string_view password = "correct horse battery";

app::configuration configured(const test_database& database) {
    app::configuration out = app::default_configuration("test");
    out.port = 0;
    out.database_url = database.url();
    out.workers = 2;
    out.log_level = "error";
    // Counted and told, but never reached: a test comes from one address, and quickly.
    limits::rate plenty;
    plenty.count = 1'000'000;
    plenty.period = std::chrono::seconds(1);
    out.rates.per_address = out.rates.per_user = out.rates.per_tenant = plenty;
    out.rates.attempts_per_address = out.rates.attempts_per_account = plenty;
    // Valid, and as cheap as it gets: tests sign up a lot.
    out.password_memory_kib = 8192;
    out.password_passes = 1;
    return out;
}

std::size_t replicas() {
    const std::string wanted = variable("TEST_REPLICAS");
    const int number = wanted.empty() ? 1 : std::atoi(wanted.c_str());
    if (number < 1 || number > 16) throw std::runtime_error("TEST_REPLICAS must be 1 to 16");
    if (number > 1 && !test_database::is_postgres())
        throw std::runtime_error("TEST_REPLICAS needs a database that several servers can share");
    return static_cast<std::size_t>(number);
}

std::unique_ptr<test_database> migrated(const app::product& product, layers working) {
    auto out = test_database::make();
    const auto done = db::migrate_up(out->migration_url(), out->migrations_of(product), out->url());
    if (!done) throw std::runtime_error("the migrations failed: " + done.error().message);
    if (working == layers::filter || working == layers::none) out->disable_row_security();
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

task<void> written(db::backend& database, db::statement asked, std::int64_t& changed) {
    changed = need(co_await database.run(std::move(asked))).affected();
}

task<void> emptied(db::backend& database, const records::graph& all, instant now, std::int64_t& gone) {
    records::time_of_run endless;
    records::places_in_bin places;
    gone = need(co_await records::purge_expired(database, all, now, std::move(endless), places)).gone;
}

}  // namespace

struct service::impl {
    impl(const app::product& p, layers l, settings s)
        : product(p), working(l), own(std::move(s)), database(migrated(p, l)) {
        start();
    }

    std::unique_ptr<app::server_handle> make_server() {
        app::configuration settings = configured(*database);
        settings.token_secret = secret(token_secret);
        settings.redis_url = secret(variable("TEST_REDIS_URL"));
        settings.make_parts = parts_maker_of();
        observe::set_log_level(settings.log_level);
        auto opened = need(db::open(settings.database_url));
        if (working == layers::row_security || working == layers::none)
            opened = without_tenant_filter(std::move(opened), product.tenant);
        auto out = app::start_server(product, std::move(settings), std::move(opened));
        if (!out) throw std::runtime_error("the service did not start: " + out.error().message);
        return std::move(*out);
    }

    app::parts_maker parts_maker_of() const {
        const app::environment variables = [this](std::string_view name) -> std::optional<std::string> {
            const auto found = own.find(name);
            return found == own.end() ? std::nullopt : std::optional(found->second);
        };
        auto read = app::read_product_settings(product, variables);
        std::string wrong;
        for (const field_error& one : read.errors.list()) wrong += " " + one.pointer.substr(1) + " " + one.detail + ";";
        if (!wrong.empty()) throw std::runtime_error("the settings of the tests:" + wrong);
        return std::move(read.make_parts);
    }

    void start() {
        std::vector<std::uint16_t> ports;
        while (servers.size() < replicas()) {
            servers.push_back(make_server());
            ports.push_back(servers.back()->port());
        }
        address.lead_to(std::move(ports));
    }

    std::unique_ptr<test_database> copy_database() {
        if (!test_database::is_postgres()) return database->copy();
        servers.clear();
        auto out = database->copy();
        start();
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
    const layers working;
    const settings own;
    const std::string token_secret = crypto::random_bytes(32);
    const std::unique_ptr<test_database> database;
    relay address;  // lives longer than the servers, so that their connections end first
    std::vector<std::unique_ptr<app::server_handle>> servers;
};

service::service(const app::product& product, layers working, settings own)
    : impl_(std::make_unique<impl>(product, working, std::move(own))) {}
service::~service() = default;

std::uint16_t service::port() const {
    // Through the relay the address stays when the servers are started anew.
    return on_postgres() ? impl_->address.port() : impl_->servers.front()->port();
}

bool service::on_postgres() {
    return test_database::is_postgres();
}

std::string service::database_url() const {
    return impl_->database->url();
}

const tenant_names& service::tenant_words() const {
    return impl_->product.tenant;
}

std::unique_ptr<test_database> service::copy_database() const {
    return impl_->copy_database();
}

std::int64_t service::write(tenant_id whose, std::string text, db::values parameters) const {
    const auto database = need(db::open(database_url()));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    db::statement asked(std::move(text), std::move(parameters), whose, until);
    std::int64_t changed = 0;
    run_blocking(written(*database, std::move(asked), changed));
    return changed;
}

std::int64_t service::empty_bins(instant now) const {
    const auto database = need(db::open(database_url()));
    database->name_tenants(impl_->product.tenant);
    std::int64_t gone = 0;
    run_blocking(emptied(*database, impl_->product.records, now, gone));
    return gone;
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
