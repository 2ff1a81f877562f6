// A database of its own for each test service: a SQLite file, or a database on the PostgreSQL that the environment
// names.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>

#include <tenon/app/product.hpp>
#include <tenon/core/error.hpp>

namespace tenon::testing {

/// Gone with its object. Everything throws std::runtime_error when the database refuses.
class test_database {
  public:
    /// Empty. With TEST_DATABASE_URL (the service's role) and TEST_MIGRATION_DATABASE_URL (an owner who may create
    /// databases): a new database on that PostgreSQL; without them a SQLite file.
    static std::unique_ptr<test_database> make();
    virtual ~test_database() = default;
    static bool is_postgres();

    virtual std::string url() const = 0;  ///< As a service gets it.
    /// The same database for who owns its tables; on SQLite that is `url`.
    virtual std::string migration_url() const { return url(); }
    virtual std::span<const db::migration> migrations_of(const app::product& product) const = 0;

    /// Row-level security no longer holds for any table. Nothing to do on SQLite.
    virtual void disable_row_security() {}

    /// Nobody may be connected to a PostgreSQL that is copied.
    virtual std::unique_ptr<test_database> copy() const = 0;

    /// Every column, key, index, trigger and policy, one a line and sorted.
    virtual std::string shape() const = 0;
    virtual std::map<std::string, std::int64_t> rows() const = 0;
};

std::unique_ptr<test_database> make_sqlite_database();
std::unique_ptr<test_database> make_postgres_database(const std::string& url, const std::string& migration_url);

/// Of the environment; empty when it is not set.
std::string variable(const char* name);

template <class T>
T need(result<T> got) {
    if (!got) throw std::runtime_error("the database of the test: " + got.error().message);
    return std::move(*got);
}
inline void need(const result<void>& done) {
    if (!done) throw std::runtime_error("the database of the test: " + done.error().message);
}

}  // namespace tenon::testing
