// The configuration from the environment: every variable is read and checked, and every mistake is reported at once.
#include <tenon/app/configuration.hpp>

#include <arpa/inet.h>

#include <algorithm>

#include "app/product_settings.hpp"
#include "app/setting_forms.hpp"
#include "core/ascii.hpp"
#include "http/cors.hpp"
#include "redis/redis_url.hpp"

namespace tenon::app {
namespace {

bool is_address(const std::string& text) {
    in6_addr buffer;
    return inet_pton(AF_INET, text.c_str(), &buffer) == 1 || inet_pton(AF_INET6, text.c_str(), &buffer) == 1;
}

class reader : public settings_reader {
  public:
    using settings_reader::settings_reader;

    /// "600/1m", or "0" for none.
    void rate_of(std::string_view name, limits::rate& out) {
        const auto value = given(name);
        if (!value) return;
        const std::size_t slash = std::min(value->find('/'), value->size());
        const auto count = parse_number<std::uint64_t>(std::string_view(*value).substr(0, slash));
        if (count == 0U && slash == value->size()) return void(out.count = 0);
        const auto period = parse_duration(std::string_view(*value).substr(std::min(slash + 1, value->size())));
        const bool right = count && *count >= 1 && *count <= 1'000'000 && period && period->count() >= 1000 &&
                           *period <= std::chrono::hours(24);
        if (!right)
            return wrong(name, "must be 0, or a number up to 1000000 and a time from 1s to 24h, such as 600/1m");
        out.count = static_cast<std::int64_t>(*count);
        out.period = *period;
    }
};

bool is_postgres(std::string_view url) {
    return url.starts_with("postgres://") || url.starts_with("postgresql://");
}

constexpr std::size_t secret_bytes_min = 32;

void read_secrets(reader& in, configuration& out) {
    const auto current = in.given("TOKEN_SECRET");
    if (!current) {
        in.wrong("TOKEN_SECRET", "is required: at least 32 random bytes, for example from `openssl rand -hex 32`");
    } else if (current->size() < secret_bytes_min) {
        in.wrong("TOKEN_SECRET", "must have at least 32 bytes, for example from `openssl rand -hex 32`");
    } else {
        out.token_secret = secret(*current);
    }
    in.secret("TOKEN_SECRET_PREVIOUS", out.previous_token_secret, secret_bytes_min);
    in.secret("METRICS_TOKEN", out.metrics_token, 16);
}

void read_address(reader& in, configuration& out) {
    if (const auto host = in.given("HOST")) {
        out.host = *host == "localhost" ? "127.0.0.1" : *host;
        if (!is_address(out.host)) in.wrong("HOST", "must be an IP address, such as 127.0.0.1 or 0.0.0.0");
    }
    in.number("PORT", out.port, 0, 65'535);
}

void read_redis_url(reader& in, configuration& out) {
    const auto given = in.given("REDIS_URL");
    if (!given) return;
    const auto parsed = redis::parse_url(*given);
    if (!parsed) return in.wrong("REDIS_URL", "cannot be used. " + parsed.error().message);
    out.redis_url = secret(*given);
}

/// "https://app.example.com, http://localhost:5173", or "*".
void read_cors_origins(reader& in, configuration& out) {
    const auto given = in.given("CORS_ORIGINS");
    if (!given) return;
    std::string_view rest = *given;
    while (true) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        const std::string_view one = ascii::trimmed(rest.substr(0, end));
        if (one != "*" && !http::is_origin(one))
            return in.wrong("CORS_ORIGINS",
                            "must be * or origins such as https://app.example.com, with commas between");
        out.cors_origins.emplace_back(one);
        if (end == rest.size()) break;
        rest.remove_prefix(end + 1);
    }
    const bool anybody = std::find(out.cors_origins.begin(), out.cors_origins.end(), "*") != out.cors_origins.end();
    if (anybody && out.cors_origins.size() > 1)
        in.wrong("CORS_ORIGINS", "must be * alone, or origins such as https://app.example.com, with commas between");
}

void read_limits(reader& in, configuration& out) {
    in.number("WORKERS", out.workers, 0, 256);
    in.number("DATABASE_CONNECTIONS", out.database_connections, 5, 10'000);
    in.flag("DATABASE_POOLER", out.database_pooler);
    in.number("MAX_BODY_BYTES", out.max_body_bytes, 1024, 256 * 1024 * 1024);
    in.number("MAX_PAGE_BYTES", out.max_page_bytes, 1024, 4 * 1024 * 1024);
    in.number("KEPT_ANSWER_BYTES", out.kept_answer_bytes, 4096, 64UL * 1024 * 1024 * 1024);
    in.number("MAX_CONNECTIONS", out.max_connections, 1, 1'000'000);
    in.number("MAX_OPEN_BODY_BYTES", out.max_open_body_bytes, 1024, 256 * 1024 * 1024);
    in.number("MAX_CONNECTIONS_PER_ADDRESS", out.max_connections_per_address, 1, 1'000'000);
    in.number("MEMORY_PER_ADDRESS_BYTES", out.memory_per_address_bytes, 1024 * 1024, std::uint64_t{1} << 40);
    in.number("MEMORY_BUDGET_BYTES", out.memory_budget_bytes, 16 * 1024 * 1024, std::uint64_t{1} << 40);
    in.duration("HEADER_TIMEOUT", out.header_timeout);
    in.duration("BODY_TIMEOUT", out.body_timeout);
    in.duration("REQUEST_TIMEOUT", out.request_timeout);
    in.duration("LIST_TIMEOUT", out.list_timeout);
    in.duration("DRAIN_TIMEOUT", out.drain_timeout);
    in.number("PASSWORD_MEMORY_KIB", out.password_memory_kib, 8192, 4 * 1024 * 1024);
    in.number("PASSWORD_PASSES", out.password_passes, 1, 100);
}

void read_rates(reader& in, limits::rate_settings& out) {
    in.rate_of("RATE_LIMIT_IP", out.per_address);
    in.rate_of("RATE_LIMIT_USER", out.per_user);
    in.rate_of("RATE_LIMIT_TENANT", out.per_tenant);
    in.rate_of("RATE_LIMIT_AUTH_IP", out.attempts_per_address);
    in.rate_of("RATE_LIMIT_AUTH_ACCOUNT", out.attempts_per_account);
    in.rate_of("RATE_LIMIT_METRICS", out.metrics_per_address);
}

}  // namespace

result<database_urls> read_database_urls(std::string_view product_name, const environment& env) {
    field_errors errors;
    reader in(env);
    database_urls out;
    out.serving = in.given("DATABASE_URL").value_or("sqlite:" + std::string(product_name) + ".db");
    if (!is_postgres(out.serving) && !(out.serving.starts_with("sqlite:") && out.serving.size() > 7))
        errors.add("/DATABASE_URL", "must be sqlite:PATH or postgresql://…");
    out.migrating = in.given("MIGRATION_DATABASE_URL").value_or(out.serving);
    if (out.migrating != out.serving && !(is_postgres(out.migrating) && is_postgres(out.serving)))
        errors.add("/MIGRATION_DATABASE_URL", "must be postgresql://…, and name the database of DATABASE_URL");
    if (!errors.empty()) return error(std::move(errors));
    return out;
}

result<configuration> read_configuration(const product& product, const environment& env) {
    std::vector<std::string> names;
    const environment noting = [&](std::string_view name) {
        names.emplace_back(name);
        return env(name);
    };
    configuration out;
    reader in(noting);
    read_secrets(in, out);
    read_address(in, out);
    read_redis_url(in, out);
    read_limits(in, out);
    read_rates(in, out.rates);
    read_cors_origins(in, out);
    in.flag("TRUST_PROXY", out.trust_proxy);
    in.word("LOG_LEVEL", out.log_level, {"trace", "debug", "info", "warn", "error"});
    field_errors errors = in.errors();
    auto urls = read_database_urls(product.name, noting);
    if (urls) {
        out.database_url = std::move(urls->serving);
    } else {
        for (const field_error& field : urls.error().fields) errors.add(field.pointer, field.detail);
    }
    product_settings own = read_product_settings(product, env, names);
    for (const field_error& field : own.errors.list()) errors.add(field.pointer, field.detail);
    out.make_parts = std::move(own.make_parts);
    if (errors.empty()) return out;
    error wrong(std::move(errors));
    wrong.message = "The configuration is not valid.";
    return wrong;
}

}  // namespace tenon::app
