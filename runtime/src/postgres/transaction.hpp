// An explicit transaction on PostgreSQL.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "db/in_flight.hpp"
#include "postgres/engine.hpp"

namespace tenon::db {

/// The unit of a statement. errc::invalid for a parameter that the database cannot keep.
result<postgres_unit_ptr> make_postgres_unit(statement& s);

/// Says which values were taken, other than the tenant, in an error of the kind "unique". When the server does not
/// tell, nothing is said.
task<void> name_taken_columns(postgres_engine_ptr engine, postgres_unit_ptr failed, error& taken,
                              std::string_view tenant_column);

/// Nothing is sent before the first statement, which brings BEGIN along and says whose rows it is about. The last one
/// takes the commit along, where it is known to be the last; when it is the first as well, it needs no transaction of
/// its own, and shares the commit of others. Belongs to the loop of its engine.
class postgres_transaction final : public backend_transaction {
  public:
    postgres_transaction(postgres_engine_ptr engine, postgres_lease_ptr lease, in_flight::pass pass,
                         std::string_view tenant_column)
        : engine_(std::move(engine)), lease_(std::move(lease)), pass_(std::move(pass)), tenant_column_(tenant_column) {}
    ~postgres_transaction() override;

    task<result<rows>> run(statement s) override;
    /// The only statement, in a transaction of its own.
    task<result<rows>> run_alone(statement s);
    void commit_with_next() override { next_commits_ = true; }
    task<result<void>> commit() override;
    bool is_committed() const override { return committed_; }

  private:
    /// Of what was done in company and failed, it is known after it was done again by itself.
    task<result<rows>> carry_out(postgres_unit_ptr unit, bool in_company);
    void submit_in_company(const postgres_unit_ptr& unit);
    void submit_here(const postgres_unit_ptr& unit);

    postgres_engine_ptr engine_;
    postgres_lease_ptr lease_;
    in_flight::pass pass_;
    std::string_view tenant_column_;
    bool next_commits_ = false;
    bool committed_ = false;
    bool failed_ = false;
};

}  // namespace tenon::db
