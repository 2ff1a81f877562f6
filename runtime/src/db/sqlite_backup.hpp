// Backups of SQLite databases: made while the service runs, and put back where there is no database.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <tenon/core/error.hpp>

namespace tenon::db {

/// Blocking. Copies the database of `url` (sqlite:PATH) to `file`: everything that was committed when the copy began,
/// what is still in the write-ahead log too. Readers and writers are not held up. The copy is one file, checked and
/// synced, readable by its owner only. Gives its size in bytes.
/// errc::conflict: `file` exists, or what is left of a database of that name (-wal, -journal), even when another
/// process made it during the copy; it is left as it is. errc::unavailable: a file cannot be read or written. After
/// another error there is no `file`.
result<std::uintmax_t> back_up_sqlite(std::string_view url, const std::string& file);

/// Blocking. Makes the database of `url` out of a backup, once that is found whole. Gives its size in bytes.
/// errc::conflict: there is a database already, or remains of one, even when a service made it during the copy; it is
/// left as it is. errc::invalid: `file` is damaged, or no service's. errc::unavailable: a file cannot be read or
/// written. After another error there is no database.
result<std::uintmax_t> restore_sqlite(const std::string& file, std::string_view url);

}  // namespace tenon::db
