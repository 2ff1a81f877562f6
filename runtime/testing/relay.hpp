// One address for several servers, as a load balancer gives it.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace tenon::testing {

/// Listens on a free port of 127.0.0.1 and hands each new connection to the next of the servers in turn. Bytes go
/// through as they come; when one side ends, so does the other. Stops at destruction.
class relay {
  public:
    /// Throws std::runtime_error when there is no port.
    relay();
    ~relay();
    relay(const relay&) = delete;
    relay& operator=(const relay&) = delete;

    std::uint16_t port() const;
    /// Ports of 127.0.0.1; for connections from now on.
    void lead_to(std::vector<std::uint16_t> servers);

  private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tenon::testing
