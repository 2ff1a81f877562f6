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

/// One member for each variable, which stands behind it; runtime/features/ says what they mean, their bounds and
/// defaults.
struct configuration {
    std::string host;                             ///< HOST
    std::uint16_t port = 0;                       ///< PORT
    std::string database_url;                     ///< DATABASE_URL
    std::size_t database_connections = 0;         ///< DATABASE_CONNECTIONS; see db::open.
    bool database_pooler = false;                 ///< DATABASE_POOLER
    secret redis_url;                             ///< REDIS_URL; empty: no Redis.
    secret token_secret;                          ///< TOKEN_SECRET
    secret previous_token_secret;                 ///< TOKEN_SECRET_PREVIOUS
    secret metrics_token;                         ///< METRICS_TOKEN; empty: /metrics is open.
    std::size_t workers = 0;                      ///< WORKERS; 0: one per core.
    std::size_t max_body_bytes = 0;               ///< MAX_BODY_BYTES
    std::size_t max_connections = 0;              ///< MAX_CONNECTIONS
    std::size_t max_open_body_bytes = 0;          ///< MAX_OPEN_BODY_BYTES
    std::size_t max_connections_per_address = 0;  ///< MAX_CONNECTIONS_PER_ADDRESS
    std::size_t memory_per_address_bytes = 0;     ///< MEMORY_PER_ADDRESS_BYTES
    std::size_t memory_budget_bytes = 0;          ///< MEMORY_BUDGET_BYTES
    std::size_t max_page_bytes = 0;               ///< MAX_PAGE_BYTES
    std::size_t kept_answer_bytes = 0;            ///< KEPT_ANSWER_BYTES
    std::chrono::milliseconds header_timeout{};   ///< HEADER_TIMEOUT: from accept or last answer to a whole header.
    std::chrono::milliseconds body_timeout{};     ///< BODY_TIMEOUT
    std::chrono::milliseconds request_timeout{};  ///< REQUEST_TIMEOUT: the handler's deadline.
    std::chrono::milliseconds list_timeout{};     ///< LIST_TIMEOUT
    std::chrono::milliseconds drain_timeout{};    ///< DRAIN_TIMEOUT
    std::string log_level;                        ///< LOG_LEVEL
    bool trust_proxy = false;                     ///< TRUST_PROXY
    std::vector<std::string> cors_origins;        ///< CORS_ORIGINS: "*" for all; or none.
    limits::rate_settings rates;                  ///< RATE_LIMIT_*
    std::size_t password_memory_kib = 0;          ///< PASSWORD_MEMORY_KIB: argon2id's m.
    std::size_t password_passes = 0;              ///< PASSWORD_PASSES: argon2id's t.
    parts_maker make_parts;                       ///< Of the product's own settings; empty where it has none.
};

/// What a service has for which nothing is set; without TOKEN_SECRET, which has no default.
configuration default_configuration(std::string_view product_name);

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
