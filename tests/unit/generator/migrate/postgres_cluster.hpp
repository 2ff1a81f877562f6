// A PostgreSQL of the tests' own: a cluster in a temporary folder, reached by a socket in it.
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace tenon::gen {

class postgres_cluster {
  public:
    /// Nothing when PostgreSQL's programs are not installed or do not start; `why` then says which.
    static std::unique_ptr<postgres_cluster> start(std::string& why);
    ~postgres_cluster();

    /// Runs statements by psql in one transaction, as `role` (the owner, who is no superuser, or "reader" who owns
    /// nothing). Gives the rows, or "ERROR: …".
    std::string run(const std::string& sql, const std::string& role = "owner");
    /// The statements of a migration that runs outside a transaction, by the owner.
    std::string run_one_by_one(const std::string& sql);
    /// A database with nothing in it. `how` goes on with CREATE DATABASE … OWNER owner.
    void recreate(const std::string& how = {});
    /// Tables, columns, constraints, indexes and policies, as text.
    std::string shape();
    /// What a session needs to get here.
    std::string address(const std::string& database, const std::string& role) const;
    /// The same as a URL, of the database "product".
    std::string url(const std::string& role = "owner") const;

    /// Where its files are: `data`, the log, the socket. Root may write there, the server may read.
    const std::string& folder() const { return folder_; }
    /// Stops it and starts it again, with these lines added to its configuration. False when it does not come up.
    bool restart(const std::string& settings = {});
    /// Runs a program as the user that the server runs as; what it said, when it ends well.
    static std::optional<std::string> run_as_server(const std::string& command);
    /// The process that all others of the server descend from.
    int pid() const;

  private:
    explicit postgres_cluster(std::string folder) : folder_(std::move(folder)) {}
    std::string psql(const std::string& database, const std::string& role, const std::string& sql);
    std::string folder_;
};

}  // namespace tenon::gen
