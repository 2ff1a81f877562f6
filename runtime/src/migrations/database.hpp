// What the migration runner needs of a database; the rules of a history stand above it, in migrate.cpp.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include <tenon/core/error.hpp>
#include <tenon/db/migration.hpp>

namespace tenon::db {

/// Name → checksum of each migration that was applied.
using applied_migrations = std::map<std::string, std::string, std::less<>>;

/// One blocking connection. After an error nothing but destruction is expected of it; that undoes an open transaction.
class migration_database {
  public:
    virtual ~migration_database() = default;
    virtual result<applied_migrations> applied() = 0;
    /// Runs the migration and records it. False: another process has done so since `applied()`.
    virtual result<bool> apply(const migration& migration) = 0;
    /// Runs the way back of the last migration and forgets it. False: it is not the last one any more.
    virtual result<bool> take_back(const migration& migration) = 0;
    /// Lets another role of the database read and write rows, and no more. Databases without roles have nothing to do.
    virtual result<void> let_serve(const std::string&) { return {}; }
};

enum class migration_purpose {
    looking,   ///< Changes nothing, and does not wait for those who do.
    changing,  ///< Only one process at a time.
};

/// The checksum that the books keep of a migration's text.
std::string checksum_of(const migration& migration);

/// errc::invalid when the URL cannot be read, errc::unavailable when nothing answers there.
/// Looking makes no file, and no table either.
result<std::unique_ptr<migration_database>> open_sqlite_migrations(std::string_view url, migration_purpose purpose);
result<std::unique_ptr<migration_database>> open_postgres_migrations(std::string_view url, migration_purpose purpose);

}  // namespace tenon::db
