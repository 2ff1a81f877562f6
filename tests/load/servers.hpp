// PostgreSQL and Redis for a test of load, by tools/services: real ones, which can be stopped, killed and frozen.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>

namespace tenon::load_test {

class servers {
  public:
    /// Whether the variable SERVICES_TOOL is set; tests are skipped when it is not.
    static bool available();

    /// Starts them with data of their own; `postgres_settings` are lines of postgresql.conf. Throws when they do not.
    explicit servers(const std::string& postgres_settings = "");
    ~servers();
    servers(const servers&) = delete;
    servers& operator=(const servers&) = delete;

    /// What a service needs to use PostgreSQL as the role that owns nothing.
    std::map<std::string, std::string> settings() const;
    /// What `tools/services up` printed under that name; "" when it did not.
    std::string url(const std::string& name) const;
    /// The only cell of a query's answer, asked as a superuser.
    std::string ask(const std::string& sql) const;

    bool has_redis() const { return redis_ > 0; }
    /// SIGINT stops it in order, SIGKILL as a crash does; returns when the process is gone.
    void end_postgres(int signal) const;
    void end_redis(int signal) const;
    /// Whoever asks it waits until `thaw_postgres`.
    void freeze_postgres() const;
    void thaw_postgres() const;
    /// Takes every connection that is free or can be freed, keeps them for so many seconds each, and gives them back.
    void use_up_connections(int seconds) const;
    /// Starts what does not run, under the same addresses. Throws when it does not succeed for 20 s.
    void start_again();

  private:
    void find_processes();
    std::string admin(const std::string& sql) const;  ///< The command.

    std::string folder_;
    std::map<std::string, std::string> urls_;
    std::string pid_file_;
    pid_t postgres_ = 0;
    pid_t redis_ = 0;
};

}  // namespace tenon::load_test
