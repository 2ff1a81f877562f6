// A running service inside this process: what `serve` starts, and what tests start.
#pragma once

#include <cstdint>
#include <memory>

#include <tenon/app/configuration.hpp>
#include <tenon/app/product.hpp>
#include <tenon/core/error.hpp>

namespace tenon::db {
class backend;
}
namespace tenon::service {
class services;
}

namespace tenon::app {

/// Serves until stopped. Not thread-safe.
class server_handle {
  public:
    struct parts;  // runtime/src/app/server.cpp
    explicit server_handle(std::unique_ptr<parts> p);
    ~server_handle();  ///< Stops, if that has not been done.
    server_handle(const server_handle&) = delete;
    server_handle& operator=(const server_handle&) = delete;

    std::uint16_t port() const;
    const service::services& services() const;

    /// Drains: no new connections, /ready says 503, requests under way finish for at most drain_timeout. True when all
    /// of them did. The second call does nothing.
    bool stop();

  private:
    std::unique_ptr<parts> parts_;
};

/// Opens the database and listens; migrations are not run. `product` must outlive the handle. errc::unavailable when
/// the database cannot be opened or the address cannot be had.
result<std::unique_ptr<server_handle>> start_server(const product& product, configuration configuration);
/// The same over a database that is open already.
result<std::unique_ptr<server_handle>> start_server(const product& product, configuration configuration,
                                                    std::unique_ptr<db::backend> database);

}  // namespace tenon::app
