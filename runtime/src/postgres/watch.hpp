// What all connections of a PostgreSQL database tell about themselves together.
#pragma once

#include <string_view>

#include "db/backend.hpp"
#include "db/storage_watch.hpp"

namespace tenon::db {

/// Thread-safe once `waits` is set.
struct postgres_watch {
    storage_watch storage;
    wait_report waits;
};

/// No space, a disk that fails, a server that only reads: changes fail, and reads mostly go on.
constexpr bool is_storage_failure(std::string_view sql_state) {
    return sql_state == "53100" || sql_state == "58030" || sql_state == "25006";
}

}  // namespace tenon::db
