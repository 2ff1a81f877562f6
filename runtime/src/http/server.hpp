// The HTTP server: one event loop and one acceptor per thread, all on the same address.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include <tenon/core/error.hpp>
#include <tenon/observe/metrics.hpp>

#include "http/exchange.hpp"
#include "http/server_options.hpp"

namespace tenon::http {

class server {
  public:
    /// Listens and starts the threads. errc::unavailable when the address cannot be had. `handler`, `metrics`
    /// and `memory`, which counts what clients make the server hold, must outlive the server.
    static result<std::unique_ptr<server>> start(server_options options, request_handler& handler,
                                                 observe::metrics& metrics, byte_budget& memory);
    ~server();  ///< Stops, if that has not been done.

    std::uint16_t port() const;

    /// Stops accepting, lets requests under way finish for at most drain_timeout, closes idle connections, joins the
    /// threads. True when every handler had finished in time: clients that send or read too slowly are cut off. Not to
    /// be called from a loop of this server.
    bool stop();

  private:
    struct impl;
    explicit server(std::unique_ptr<impl> i);
    std::unique_ptr<impl> impl_;
};

}  // namespace tenon::http
