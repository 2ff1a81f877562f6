// The PostgreSQL database: pipelined connections, statements awaited by coroutines.
#pragma once

#include <memory>
#include <string>

#include <tenon/db/backend.hpp>

namespace tenon::db {

struct postgres_options {
    std::string url;
    std::size_t readers = 2;       ///< Connections for single statements that read.
    std::size_t writers = 4;       ///< For single statements that write.
    std::size_t transactions = 8;  ///< For explicit transactions; more wait for their turn.
};

/// errc::invalid when the URL is not one; errc::unavailable when the server cannot be reached now. The error never
/// holds the password.
result<std::unique_ptr<backend>> open_postgres(postgres_options options);

}  // namespace tenon::db
