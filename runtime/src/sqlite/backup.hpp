// Backups of SQLite databases: made while the service runs, and put back where there is no database.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include <tenon/core/error.hpp>

namespace tenon::db {

/// For copies that nobody stops.
inline const std::atomic<bool> goes_on{false};

/// Blocking. Copies the database of `url` (sqlite:PATH) to `file`: everything that was committed when the copy began,
/// what is still in the write-ahead log too. Readers and writers are not held up. The copy is one file, checked and
/// synced, readable by its owner only. Gives its size in bytes.
/// errc::conflict: `file` exists, or what is left of a database of that name (-wal, -journal), even when another
/// process made it during the copy; it is left as it is. errc::unavailable: a file cannot be read or written, or `stop`
/// has become true. errc::invalid: `url` names a database in memory. After another error than errc::conflict there is
/// no `file`, and nothing beside it.
result<std::uintmax_t> back_up_sqlite(std::string_view url, const std::string& file,
                                      const std::atomic<bool>& stop = goes_on);

/// Blocking. Makes the database of `url` out of a backup, once that is found whole. Gives its size in bytes.
/// errc::conflict: there is a database already, or remains of one, even when a service made it during the copy; it is
/// left as it is. errc::invalid: `file` is damaged, or no service's, or `url` names a database in memory.
/// errc::unavailable: a file cannot be read or written, or `stop` has become true. After another error than
/// errc::conflict there is no database, and nothing beside it.
result<std::uintmax_t> restore_sqlite(const std::string& file, std::string_view url,
                                      const std::atomic<bool>& stop = goes_on);

}  // namespace tenon::db
