// The hosts of a PostgreSQL URL, looked up before libpq would do so while the whole loop waits.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "loop/asio_event_loop.hpp"

namespace tenon::db {

/// What libpq is told besides the URL: its parameters `host`, `hostaddr` and `port`, comma-separated lists of the same
/// length. The server's certificate and .pgpass still go by the names in `host`.
struct postgres_addresses {
    std::string host;
    std::string hostaddr;
    std::string port;
};

/// The hosts that a URL, or the environment that libpq reads, names: any number, as libpq tries them in turn.
class postgres_hosts {
  public:
    explicit postgres_hosts(const std::string& url);

    /// False when libpq has nothing to look up: all hosts are addresses or sockets, or `hostaddr` is given. Also for
    /// the hosts of a service file that the URL names by `service`, which only libpq reads.
    bool have_names() const;
    /// Calls `then` on the loop, later: with one entry for each address of each host, in the order of the URL; without
    /// a value when no name is known.
    void look_up(asio_event_loop& loop, std::function<void(std::optional<postgres_addresses>)> then) const;

  private:
    struct host {
        std::string name;
        std::string port;
        bool is_name() const;
    };
    std::vector<host> hosts_;
};

}  // namespace tenon::db
