// An explicit transaction on PostgreSQL.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "db/in_flight.hpp"
#include "db/postgres_engine.hpp"

namespace tenon::db {

/// The unit of a statement. errc::invalid for a parameter that the database cannot keep.
result<postgres_unit_ptr> make_postgres_unit(statement& s);

/// Says which values were taken, other than the tenant, in an error of the kind "unique". When the server does not
/// tell, nothing is said.
task<void> name_taken_columns(postgres_engine_ptr engine, postgres_unit_ptr failed, error& taken,
                              std::string_view tenant_column);

/// Nothing is sent before the first statement, which brings BEGIN and the tenant's setting along: a transaction of one
/// statement takes two round trips. Belongs to the loop of its engine.
class postgres_transaction final : public backend_transaction {
  public:
    postgres_transaction(postgres_engine_ptr engine, postgres_lease_ptr lease, in_flight::pass pass,
                         std::string_view tenant_column)
        : engine_(std::move(engine)), lease_(std::move(lease)), pass_(std::move(pass)), tenant_column_(tenant_column) {}
    ~postgres_transaction() override;

    task<result<rows>> run(statement s) override;
    task<result<void>> commit() override;

  private:
    postgres_engine_ptr engine_;
    postgres_lease_ptr lease_;
    in_flight::pass pass_;
    std::string_view tenant_column_;
    bool failed_ = false;
};

}  // namespace tenon::db
