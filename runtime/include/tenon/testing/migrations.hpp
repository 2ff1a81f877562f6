// For tests: the migrations of a product, taken back and run again on a copy of a service's database.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include <tenon/testing/service.hpp>

namespace tenon::testing {

class database_copy {
  public:
    /// Of the database as it is now; the service goes on (on PostgreSQL after a pause). Throws std::runtime_error when
    /// it cannot be copied.
    database_copy(const service& running, const app::product& product);
    ~database_copy();
    database_copy(const database_copy&) = delete;
    database_copy& operator=(const database_copy&) = delete;

    /// Takes back the last `steps` migrations. Why it stopped before, or nothing.
    std::string down(std::size_t steps);
    /// Runs what is missing. Why it stopped before, or nothing.
    std::string up();

    /// How many migrations the product has for this database.
    std::size_t steps() const;

    /// Every column, key, index, trigger and policy, one a line and sorted: the same for databases of the same shape.
    std::string shape() const;
    /// How many rows each table has.
    std::map<std::string, std::int64_t> rows() const;

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tenon::testing
