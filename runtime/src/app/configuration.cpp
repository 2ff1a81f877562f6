// The configuration from the environment: every variable is read and checked, and every mistake is reported at once.
#include <tenon/app/configuration.hpp>

#include <arpa/inet.h>

#include <algorithm>
#include <stdexcept>

#include "app/product_settings.hpp"
#include "app/setting_forms.hpp"
#include "core/ascii.hpp"
#include "feature/feature.hpp"
#include "http/cors.hpp"
#include "redis/redis_url.hpp"

namespace tenon::app {
namespace {

bool is_address(const std::string& text) {
    in6_addr buffer;
    return inet_pton(AF_INET, text.c_str(), &buffer) == 1 || inet_pton(AF_INET6, text.c_str(), &buffer) == 1;
}

/// Reads what features declare: their bounds, and the default where nothing is set.
class reader {
  public:
    reader(std::string_view service, const environment& variables)
        : with_defaults_([service, &variables](std::string_view name) -> std::optional<std::string> {
              auto value = variables(name);
              if (value && !value->empty()) return value;
              return feature::default_of(declared(name), service);
          }),
          in_(with_defaults_) {}
    reader(const reader&) = delete;
    reader& operator=(const reader&) = delete;

    std::optional<std::string> given(std::string_view name) const { return in_.given(name); }
    void wrong(std::string_view name, std::string_view expected) { in_.wrong(name, expected); }
    const field_errors& errors() const { return in_.errors(); }

    template <class Integer>
    void whole(std::string_view name, Integer& out) {
        const feature::setting& row = declared(name);
        in_.number(name, out, static_cast<Integer>(row.min), static_cast<Integer>(row.max));
    }
    void flag(std::string_view name, bool& out) { in_.flag(name, out); }
    void time(std::string_view name, std::chrono::milliseconds& out) { in_.duration(name, out); }
    void secret(std::string_view name, tenon::secret& out) { in_.secret(name, out, bytes_min(name)); }
    static std::size_t bytes_min(std::string_view name) { return static_cast<std::size_t>(declared(name).min); }
    void word(std::string_view name, std::string& out) {
        const feature::setting& row = declared(name);
        const auto value = given(name);
        const bool is_one = value && std::find(row.words.begin(), row.words.end(), *value) != row.words.end();
        if (is_one) out = *value;
        if (value && !is_one) wrong(name, "must be " + feature::expected(row));
    }
    /// "600/1m", or "0" for none.
    void rate(std::string_view name, limits::rate& out) {
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

  private:
    /// Throws std::logic_error where no feature declares it.
    static const feature::setting& declared(std::string_view name) {
        static const std::vector<feature::setting> all = feature::all_settings();
        const auto at = std::find_if(all.begin(), all.end(), [name](const auto& each) { return each.name == name; });
        if (at == all.end()) throw std::logic_error("no feature declares the variable " + std::string(name));
        return *at;
    }

    const environment with_defaults_;
    settings_reader in_;
};

bool is_postgres(std::string_view url) {
    return url.starts_with("postgres://") || url.starts_with("postgresql://");
}

void read_secrets(reader& in, configuration& out) {
    constexpr std::string_view advice = "at least 32 random bytes, for example from `openssl rand -hex 32`";
    const auto current = in.given("TOKEN_SECRET");
    if (!current)
        in.wrong("TOKEN_SECRET", "is required: " + std::string(advice));
    else if (current->size() < in.bytes_min("TOKEN_SECRET"))
        in.wrong("TOKEN_SECRET", "must have " + std::string(advice));
    else
        in.secret("TOKEN_SECRET", out.token_secret);
    in.secret("TOKEN_SECRET_PREVIOUS", out.previous_token_secret);
    in.secret("METRICS_TOKEN", out.metrics_token);
}

void read_address(reader& in, configuration& out) {
    if (const auto host = in.given("HOST")) {
        out.host = *host == "localhost" ? "127.0.0.1" : *host;
        if (!is_address(out.host)) in.wrong("HOST", "must be an IP address, such as 127.0.0.1 or 0.0.0.0");
    }
    in.whole("PORT", out.port);
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
    in.whole("WORKERS", out.workers);
    in.whole("DATABASE_CONNECTIONS", out.database_connections);
    in.flag("DATABASE_POOLER", out.database_pooler);
    in.whole("MAX_BODY_BYTES", out.max_body_bytes);
    in.whole("MAX_PAGE_BYTES", out.max_page_bytes);
    in.whole("KEPT_ANSWER_BYTES", out.kept_answer_bytes);
    in.whole("MAX_CONNECTIONS", out.max_connections);
    in.whole("MAX_OPEN_BODY_BYTES", out.max_open_body_bytes);
    in.whole("MAX_CONNECTIONS_PER_ADDRESS", out.max_connections_per_address);
    in.whole("MEMORY_PER_ADDRESS_BYTES", out.memory_per_address_bytes);
    in.whole("MEMORY_BUDGET_BYTES", out.memory_budget_bytes);
    in.time("HEADER_TIMEOUT", out.header_timeout);
    in.time("BODY_TIMEOUT", out.body_timeout);
    in.time("REQUEST_TIMEOUT", out.request_timeout);
    in.time("LIST_TIMEOUT", out.list_timeout);
    in.time("DRAIN_TIMEOUT", out.drain_timeout);
    in.whole("PASSWORD_MEMORY_KIB", out.password_memory_kib);
    in.whole("PASSWORD_PASSES", out.password_passes);
}

void read_rates(reader& in, limits::rate_settings& out) {
    in.rate("RATE_LIMIT_IP", out.per_address);
    in.rate("RATE_LIMIT_USER", out.per_user);
    in.rate("RATE_LIMIT_TENANT", out.per_tenant);
    in.rate("RATE_LIMIT_AUTH_IP", out.attempts_per_address);
    in.rate("RATE_LIMIT_AUTH_ACCOUNT", out.attempts_per_account);
    in.rate("RATE_LIMIT_METRICS", out.metrics_per_address);
}

void read_all(reader& in, configuration& out) {
    read_secrets(in, out);
    read_address(in, out);
    read_redis_url(in, out);
    read_limits(in, out);
    read_rates(in, out.rates);
    read_cors_origins(in, out);
    in.flag("TRUST_PROXY", out.trust_proxy);
    in.word("LOG_LEVEL", out.log_level);
}

}  // namespace

result<database_urls> read_database_urls(std::string_view product_name, const environment& env) {
    field_errors errors;
    reader in(product_name, env);
    database_urls out;
    out.serving = in.given("DATABASE_URL").value_or("");
    if (!is_postgres(out.serving) && !(out.serving.starts_with("sqlite:") && out.serving.size() > 7))
        errors.add("/DATABASE_URL", "must be sqlite:PATH or postgresql://…");
    out.migrating = in.given("MIGRATION_DATABASE_URL").value_or(out.serving);
    if (out.migrating != out.serving && !(is_postgres(out.migrating) && is_postgres(out.serving)))
        errors.add("/MIGRATION_DATABASE_URL", "must be postgresql://…, and name the database of DATABASE_URL");
    if (!errors.empty()) return error(std::move(errors));
    return out;
}

result<configuration> read_configuration(const product& product, const environment& env) {
    configuration out;
    reader in(product.name, env);
    read_all(in, out);
    field_errors errors = in.errors();
    auto urls = read_database_urls(product.name, env);
    if (urls) {
        out.database_url = std::move(urls->serving);
    } else {
        for (const field_error& field : urls.error().fields) errors.add(field.pointer, field.detail);
    }
    product_settings own = read_product_settings(product, env);
    for (const field_error& field : own.errors.list()) errors.add(field.pointer, field.detail);
    out.make_parts = std::move(own.make_parts);
    if (errors.empty()) return out;
    error wrong(std::move(errors));
    wrong.message = "The configuration is not valid.";
    return wrong;
}

configuration default_configuration(std::string_view product_name) {
    configuration out;
    const environment nothing_set = [](std::string_view) { return std::nullopt; };
    reader in(product_name, nothing_set);
    read_all(in, out);
    out.database_url = in.given("DATABASE_URL").value_or("");
    return out;
}

}  // namespace tenon::app
