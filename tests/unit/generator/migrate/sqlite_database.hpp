// A real SQLite database in memory, for running emitted migrations.
#pragma once

#include <string>

struct sqlite3;

namespace tenon::gen {

class sqlite_database {
  public:
    /// Foreign keys are on, as in the runtime.
    sqlite_database();
    ~sqlite_database();
    sqlite_database(const sqlite_database&) = delete;
    sqlite_database& operator=(const sqlite_database&) = delete;

    /// The error's text; empty on success.
    std::string run(const std::string& sql);
    /// How the runtime runs migrations: in one transaction with foreign keys off, which are looked at before it
    /// commits; rolled back on failure.
    std::string run_in_transaction(const std::string& sql);
    /// All rows: cells separated by '|', rows by newlines; "ERROR: …" when the statement fails.
    std::string ask(const std::string& sql);
    /// Every table, index and trigger with its text.
    std::string shape();

  private:
    sqlite3* handle_ = nullptr;
};

}  // namespace tenon::gen
