// One connection to a PostgreSQL, as little of libpq as the tests need.
#pragma once

#include <string>

struct pg_conn;

namespace tenon::gen {

class postgres_session {
  public:
    /// `address`: what libpq takes, "host=/tmp/x dbname=postgres user=owner".
    explicit postgres_session(const std::string& address);
    ~postgres_session();
    postgres_session(const postgres_session&) = delete;
    postgres_session& operator=(const postgres_session&) = delete;

    /// Any number of statements, in one transaction. The rows of the last one: cells separated by '|', rows by
    /// newlines; or "ERROR: …".
    std::string run(const std::string& sql);
    /// Statements separated by empty lines, each by itself and in no transaction: how a migration says
    /// `no-transaction`. Empty, or "ERROR: …" of the first that fails, where it stops.
    std::string run_one_by_one(const std::string& sql);

  private:
    std::string send(const std::string& sql);
    pg_conn* handle_;
};

}  // namespace tenon::gen
