// The generated starter as a process of its own, with a fresh database, and people who use it.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tenon::service_test {

struct person {
    std::string email;
    std::string token;
    std::string user_id;
    std::string workspace_id;
};

/// Runs the program named by the environment variable STARTER; tests are skipped when it is not set. SERVICE_DATABASE
/// chooses the fresh database: "postgres", or else SQLite.
class process {
  public:
    static bool available();
    static constexpr const char* token_secret = "a secret of more than thirty-two bytes, for tests";

    /// Migrates and serves on a free port; `settings` are environment variables on top of the usual ones, and an empty
    /// one leaves its variable out. A MIGRATION_DATABASE_URL among them is the database to migrate. Its log goes to the
    /// file descriptor `errors`; -1: the caller's standard error.
    explicit process(const std::map<std::string, std::string>& settings = {}, int errors = -1);
    ~process();
    process(const process&) = delete;
    process& operator=(const process&) = delete;

    std::uint16_t port() const { return port_; }
    /// Of the service, for whoever works on its database beside it.
    const std::string& database_url() const { return database_url_; }
    /// `from`: the caller's address as the service sees it.
    person sign_up(const std::string& name, const std::string& from = {}) const;
    /// A new member of `founder`'s workspace with `role`, acting in it.
    person member(const person& founder, const std::string& name, const std::string& role,
                  const std::string& from = {}) const;
    /// Creates a record at `path` and gives its id.
    std::string create(const person& who, const std::string& path, const std::string& body) const;

    void terminate() const;  ///< SIGTERM
    void kill();             ///< SIGKILL, and waits for the end.
    pid_t pid() const { return pid_; }
    int wait();  ///< The exit status; -1 when a signal ended it.

    /// What a command of the program prints.
    static std::string output_of(const std::vector<std::string>& arguments);

  private:
    std::string folder_;
    std::string database_url_;
    std::uint16_t port_ = 0;
    pid_t pid_ = -1;
};

}  // namespace tenon::service_test
