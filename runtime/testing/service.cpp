// A service of its own for each test, with users on demand.
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include <tenon/app/server.hpp>
#include <tenon/db/migrate.hpp>
#include <tenon/json/writer.hpp>
#include <tenon/testing/service.hpp>

#include "crypto/digest.hpp"
#include "observe/log_sink.hpp"

namespace tenon::testing {
namespace {

constexpr std::string_view password = "correct horse battery";

class temporary_folder {
  public:
    temporary_folder() : path_((std::filesystem::temp_directory_path() / "tenon-service-XXXXXX").string()) {
        if (!::mkdtemp(path_.data())) throw std::runtime_error("no temporary folder can be made");
    }
    ~temporary_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

std::string database_in(const std::string& folder) {
    return folder + "/service.db";
}

app::configuration configured(const std::string& folder) {
    app::configuration out;
    out.port = 0;
    out.database_url = "sqlite:" + database_in(folder);
    out.token_secret = app::secret(crypto::random_bytes(32));
    out.workers = 2;
    out.log_level = "error";
    // Valid, and as cheap as it gets: tests sign up a lot.
    out.password_memory_kib = 8192;
    out.password_passes = 1;
    return out;
}

std::unique_ptr<app::server_handle> started(const app::product& product, const std::string& folder) {
    app::configuration settings = configured(folder);
    observe::set_log_level(settings.log_level);
    auto migrated = db::migrate_up(settings.database_url, product.sqlite_migrations);
    if (!migrated) throw std::runtime_error("the migrations failed: " + migrated.error().message);
    auto out = app::start_server(product, std::move(settings));
    if (!out) throw std::runtime_error("the service did not start: " + out.error().message);
    return std::move(*out);
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
    explicit impl(const app::product& p) : product(p), server(started(p, folder.path())) {}

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
    temporary_folder folder;
    std::unique_ptr<app::server_handle> server;
};

service::service(const app::product& product) : impl_(std::make_unique<impl>(product)) {}
service::~service() = default;

std::uint16_t service::port() const {
    return impl_->server->port();
}

std::string service::database_path() const {
    return database_in(impl_->folder.path());
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
