// The PostgreSQL database: each event loop has connections of its own, pipelined.
#pragma once

#include <memory>
#include <string>

#include "db/backend.hpp"

namespace tenon::db {

/// Connections are counted per event loop, and made when there is work for them.
struct postgres_options {
    std::string url;
    std::size_t readers = 2;       ///< For single statements that read; the others while the first is held up.
    bool hedges = true;            ///< Keeps one more for reads whose answers hang.
    std::size_t sharers = 2;       ///< For changes that share commits.
    std::size_t transactions = 8;  ///< For explicit transactions; more wait for their turn.
    std::size_t slow_readers = 2;  ///< For lists that take long.
    std::chrono::milliseconds list_time{3'000};
    std::size_t page_bytes = 1024 * 1024;
    bool prepares = true;  ///< False behind a pooler that gives each transaction another connection.
};

/// errc::invalid when the URL is not one; errc::unavailable when the server cannot be reached now. The error never
/// holds the password.
result<std::unique_ptr<backend>> open_postgres(postgres_options options);

}  // namespace tenon::db
