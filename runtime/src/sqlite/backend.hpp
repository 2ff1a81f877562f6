// The SQLite database: many readers, one writer, statements awaited by coroutines.
#pragma once

#include <memory>
#include <string>

#include "db/backend.hpp"
#include "sqlite/connection.hpp"

namespace tenon::db {

struct sqlite_options {
    std::string path;
    std::size_t readers = 2;
    std::size_t read_queue_max = 4096;
    std::size_t write_queue_max = 1024;
    list_budget lists;
    bool remove_at_end = false;  ///< "sqlite::memory:": a file in a folder of its own, gone with the backend.
};

result<std::unique_ptr<backend>> open_sqlite(sqlite_options options);

}  // namespace tenon::db
