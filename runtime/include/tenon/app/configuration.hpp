// The service's configuration, read once from the environment and checked before anything starts.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tenon/app/settings.hpp>
#include <tenon/core/error.hpp>
#include <tenon/core/secret.hpp>
#include <tenon/limits/rates.hpp>

namespace tenon::app {

struct product;

struct configuration {
    std::string host = "127.0.0.1";         ///< HOST
    std::uint16_t port = 8080;              ///< PORT; 0 takes a free one (tests).
    std::string database_url;               ///< DATABASE_URL; default "sqlite:<product>.db"
    std::size_t database_connections = 24;  ///< DATABASE_CONNECTIONS: PostgreSQL, of all its event loops; see db::open.
    bool database_pooler = false;           ///< DATABASE_POOLER: DATABASE_URL leads to a pooler, such as pgbouncer.
    secret redis_url;                       ///< REDIS_URL; empty: no Redis.
    secret token_secret;                    ///< TOKEN_SECRET, required: at least 32 bytes; signs tokens and cursors.
    secret previous_token_secret;           ///< TOKEN_SECRET_PREVIOUS: still accepted while rotating.
    secret metrics_token;                   ///< METRICS_TOKEN; empty: /metrics is open.
    std::size_t workers = 0;                ///< WORKERS: event loops; 0 = one per core.
    std::size_t max_body_bytes = 1024 * 1024;         ///< MAX_BODY_BYTES
    std::size_t max_connections = 10'000;             ///< MAX_CONNECTIONS
    std::size_t max_open_body_bytes = 64 * 1024;      ///< MAX_OPEN_BODY_BYTES: of requests whose sender is not known.
    std::size_t max_connections_per_address = 1'000;  ///< MAX_CONNECTIONS_PER_ADDRESS; not with TRUST_PROXY.
    std::size_t memory_per_address_bytes = 24 * 1024 * 1024;  ///< MEMORY_PER_ADDRESS_BYTES, of the budget.
    std::size_t memory_budget_bytes = 96 * 1024 * 1024;       ///< MEMORY_BUDGET_BYTES: what clients may make it hold.
    std::size_t max_page_bytes = 1024 * 1024;  ///< MAX_PAGE_BYTES, at most 4 MiB: of a list's page of several records.
    std::size_t kept_answer_bytes = 256 * 1024 * 1024;  ///< KEPT_ANSWER_BYTES: of one user, in 24 h, by one process.
    std::chrono::milliseconds header_timeout{
        10'000};                                     ///< HEADER_TIMEOUT: from accept or last answer to a whole header.
    std::chrono::milliseconds body_timeout{30'000};  ///< BODY_TIMEOUT
    std::chrono::milliseconds request_timeout{15'000};  ///< REQUEST_TIMEOUT: the handler's deadline.
    std::chrono::milliseconds list_timeout{3'000};      ///< LIST_TIMEOUT: the database's, for one list.
    std::chrono::milliseconds drain_timeout{20'000};    ///< DRAIN_TIMEOUT: after SIGTERM.
    std::string log_level = "info";                     ///< LOG_LEVEL: trace, debug, info, warn, error
    bool trust_proxy = false;               ///< TRUST_PROXY: take the client's address from X-Forwarded-For's last hop.
    std::vector<std::string> cors_origins;  ///< CORS_ORIGINS: of browser applications elsewhere; "*" for all; or none.
    limits::rate_settings rates;
    std::size_t password_memory_kib =
        19'456;                       ///< PASSWORD_MEMORY_KIB, argon2id's m (OWASP minimum pair 19456/2); >= 8192.
    std::size_t password_passes = 2;  ///< PASSWORD_PASSES, argon2id's t; >= 1.
    parts_maker make_parts;           ///< Of the product's own settings; empty where it has none.
};

/// The same database, twice: as the service comes to it, and as the owner of its tables, who migrates it.
struct database_urls {
    std::string serving;    ///< DATABASE_URL, or its default.
    std::string migrating;  ///< MIGRATION_DATABASE_URL; without it the same as `serving`.
};

/// Needs no secret, so that `migrate` runs without one.
result<database_urls> read_database_urls(std::string_view product_name, const environment& env);

/// All wrong variables in one error (pointer "/NAME" each), with what is expected; never with a secret's value. Those
/// of the product's own code among them.
result<configuration> read_configuration(const product& product, const environment& env);

}  // namespace tenon::app
