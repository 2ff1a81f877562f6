// For tests: the service's PostgreSQL, asked past the service and in its role, to see what the database itself allows.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <tenon/testing/service.hpp>

namespace tenon::testing {

/// A reference from one tenant table to another. Names are quoted where they have to be.
struct tenant_reference {
    std::string name;
    std::string column;  ///< The last one, which is not the tenant's.
    std::string target;
    bool with_tenant = false;  ///< The tenant's column is a part of it, on both sides.
};

/// A table whose rows belong to tenants.
struct tenant_table {
    std::string name;
    std::string tenant;  ///< The column that says whose a row is.
    /// The runtime's own: their users and the service see rows of it as well (app.user, app.scope).
    bool open_without_tenant = false;
    std::vector<tenant_reference> references;
    std::vector<std::string> unique_without_tenant;  ///< Names of unique indexes that do not begin with the tenant.
};

/// One connection. Not thread-safe. Throws std::runtime_error when it cannot be had.
class raw_sql {
  public:
    explicit raw_sql(const service& running);
    ~raw_sql();
    raw_sql(const raw_sql&) = delete;
    raw_sql& operator=(const raw_sql&) = delete;

    /// The first value of the first row, "" when there is none, or "ERROR " and SQLSTATE.
    std::string ask(const std::string& statement);
    /// The same within a transaction that has the tenant set, and is rolled back.
    std::string ask_as(const std::string& tenant, const std::string& statement);
    /// How many rows a statement touches: `UPDATE …`, `DELETE …`, without RETURNING.
    std::string touched_as(const std::string& tenant, const std::string& statement);

    std::vector<tenant_table> tenant_tables();

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tenon::testing
