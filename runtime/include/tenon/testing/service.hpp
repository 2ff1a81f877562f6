// For tests: a whole service on a free port with a database of its own, and a plain HTTP client.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tenon/app/product.hpp>
#include <tenon/core/time.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/db/value.hpp>

namespace tenon::testing {

/// One answer. `at` reads the JSON body by pointer and gives scalars as text ("" when absent, null or not a scalar).
struct answer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;

    std::string header(std::string_view name) const;
    std::string at(std::string_view json_pointer) const;
    bool has(std::string_view json_pointer) const;
    bool is_null(std::string_view json_pointer) const;         ///< There, and null; of a text "", `at` says the same.
    std::size_t size_at(std::string_view json_pointer) const;  ///< Elements of the array or object there; 0 if none.
};

/// Sends requests as one user, over real TCP to 127.0.0.1. Not thread-safe.
class client {
  public:
    explicit client(std::uint16_t port) : port_(port) {}

    /// `headers` are sent besides Host, Content-Type (when there is a body) and Authorization (when a token is set).
    answer send(std::string_view method, std::string_view target, std::string_view body = "",
                std::vector<std::pair<std::string, std::string>> headers = {});
    answer get(std::string_view target) { return send("GET", target); }
    answer post(std::string_view target, std::string_view body = "{}") { return send("POST", target, body); }
    answer patch(std::string_view target, std::string_view body) { return send("PATCH", target, body); }
    answer remove(std::string_view target) { return send("DELETE", target); }

    void use_token(std::string token) { token_ = std::move(token); }
    const std::string& token() const { return token_; }
    std::uint16_t port() const { return port_; }

  private:
    std::uint16_t port_;
    std::string token_;
};

class test_database;

/// What keeps tenants apart. Tests switch one off to see that the other one is enough.
enum class layers {
    both,
    row_security,  ///< PostgreSQL's row-level security alone: statements have lost their filter by tenant.
    filter,        ///< The filter in each statement alone: row-level security is disabled on every table.
    none,          ///< Neither, to see that they are really off.
};

/// Variables by name. Those of the environment do not reach the product's own code in a test.
using settings = std::map<std::string, std::string, std::less<>>;

/// Starts `product` in this process on 127.0.0.1 with a fresh, migrated database; stops it and removes that at the end.
/// The environment says what it runs on:
///     TEST_DATABASE_URL, TEST_MIGRATION_DATABASE_URL   a PostgreSQL, as the service's role and as an owner who may
///                                                      create databases; without them a SQLite file
///     TEST_REDIS_URL                                   a Redis that they use
///     TEST_REPLICAS=N                                  N servers behind one address, on one PostgreSQL
class service {
  public:
    /// `own`: what the product's own code asks for in src/custom/parts.cpp; std::runtime_error where that is wrong.
    explicit service(const app::product& product, layers working = layers::both, settings own = {});
    ~service();
    service(const service&) = delete;
    service& operator=(const service&) = delete;

    std::uint16_t port() const;
    /// A database of its own with everything that this one has. On PostgreSQL the service is restarted for that.
    std::unique_ptr<test_database> copy_database() const;
    /// The tests run on PostgreSQL, so that there is row-level security.
    static bool on_postgres();
    std::string database_url() const;
    const tenant_names& tenant_words() const;
    client anonymous() const { return client(port()); }

    /// Past the service, in its role: one statement of a tenant's rows, $1 being the tenant and `parameters` $2, $3 ….
    /// For rows that only an earlier version, or a hand, has left. Gives how many it changed.
    std::int64_t write(tenant_id whose, std::string text, db::values parameters) const;

    /// What the hourly run does as of `now`: purges what the bin no longer keeps. Gives how many records went.
    std::int64_t empty_bins(instant now) const;

    // These throw std::runtime_error with the service's answer when it refuses what they need.

    /// A signed-in user with a fresh address, founder (owner role) of a fresh tenant.
    client founder();
    /// A signed-in user who was added to `founder`'s tenant with `role`, acting in that tenant.
    client member_of(client& founder, std::string_view role);
    /// The active tenant and user of a signed-in client.
    static std::string tenant_of(const client& c);
    static std::string user_of(const client& c);

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tenon::testing
