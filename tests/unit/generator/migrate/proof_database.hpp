// A database on which migrations are proven: run as the runtime runs them, looked at by somebody who sees all rows.
#pragma once

#include <memory>
#include <string>

#include "tests/unit/generator/migrate/postgres_cluster.hpp"
#include "tests/unit/generator/migrate/postgres_session.hpp"
#include "tests/unit/generator/migrate/row_samples.hpp"
#include "tests/unit/generator/migrate/sqlite_database.hpp"

namespace tenon::gen::sample {

class proof_database {
  public:
    virtual ~proof_database() = default;
    virtual dialect kind() const = 0;
    /// "sqlite" or "postgres".
    virtual std::string folder() const = 0;
    /// Nothing is left in it.
    virtual void empty() = 0;
    /// One file of a migration; the failure, or nothing.
    virtual std::string migrate(const std::string& sql) = 0;
    /// Statements of somebody to whom neither tenants nor references matter; the failure, or nothing.
    virtual std::string change(const std::string& sql) = 0;
    virtual std::string ask(const std::string& sql) = 0;
    /// The whole catalogue as text, one thing a line, sorted: the same for two databases that are the same.
    virtual std::string shape() = 0;
};

std::unique_ptr<proof_database> sqlite_proof();
/// Requires: the cluster outlives it.
std::unique_ptr<proof_database> postgres_proof(const postgres_cluster& cluster);

}  // namespace tenon::gen::sample
