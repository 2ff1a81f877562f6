// The bounds of an HTTP server.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tenon::http {

struct server_options {
    std::string host = "127.0.0.1";  ///< An address, not a name.
    std::uint16_t port = 0;          ///< 0 takes a free one.
    std::size_t loops = 1;           ///< Threads, each with an acceptor of its own.
    std::size_t max_header_bytes = 16 * 1024;
    std::size_t max_headers = 100;
    std::size_t max_body_bytes = 1024 * 1024;
    std::size_t max_open_body_bytes = 64 * 1024;  ///< Of requests whose sender is not known.
    std::size_t max_connections = 10'000;
    std::size_t max_connections_per_client = 1'000;  ///< Not with trust_proxy: there the peer is the proxy.
    std::size_t memory_per_client_bytes = 24 * 1024 * 1024;
    /// Clients that have been waited for less long are not cut off when memory is short.
    std::chrono::milliseconds slow_reader_grace{1'000};
    std::chrono::milliseconds header_timeout{10'000};
    std::chrono::milliseconds body_timeout{30'000};  ///< Also for sending an answer to a slow reader.
    std::chrono::milliseconds request_timeout{15'000};
    std::chrono::milliseconds drain_timeout{20'000};
    bool trust_proxy = false;
    std::vector<std::string> cors_origins;  ///< See cors.hpp.
};

}  // namespace tenon::http
