// Migrations of SQLite files: always in a transaction, with foreign keys checked at its end.
#include <filesystem>

#include <tenon/core/time.hpp>

#include "migrations/database.hpp"
#include "migrations/header.hpp"
#include "sqlite/connection.hpp"
#include "sqlite/url.hpp"

namespace tenon::db {
namespace {

using connection_ptr = std::unique_ptr<sqlite_connection>;

/// A migration may rebuild a large table; an operator who waits can interrupt it, a request cannot be waiting.
clock::time_point patience() {
    return clock::now() + std::chrono::hours(24);
}

/// Rolls back unless committed.
class open_transaction {
  public:
    explicit open_transaction(sqlite_connection& connection) : connection_(connection) {}
    ~open_transaction() {
        if (connection_.in_transaction()) (void)connection_.control("ROLLBACK", patience()).has_value();
    }
    open_transaction(const open_transaction&) = delete;
    open_transaction& operator=(const open_transaction&) = delete;
    result<void> begin() { return connection_.control("BEGIN IMMEDIATE", patience()); }
    result<void> commit() { return connection_.control("COMMIT", patience()); }

  private:
    sqlite_connection& connection_;
};

class sqlite_migrations final : public migration_database {
  public:
    explicit sqlite_migrations(connection_ptr connection) : connection_(std::move(connection)) {}

    result<applied_migrations> applied() override {
        TRY_ASSIGN(const rows books, query("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'"));
        if (books.empty()) return applied_migrations();
        TRY_ASSIGN(const rows found, query("SELECT name, checksum FROM schema_migrations"));
        applied_migrations out;
        for (std::size_t i = 0; i < found.size(); ++i)
            out.emplace(found[i].get<std::string>(0), found[i].get<std::string>(1));
        return out;
    }

    result<bool> apply(const migration& migration) override {
        open_transaction open(*connection_);
        TRY(open.begin());
        TRY_ASSIGN(const applied_migrations done, applied());
        if (done.contains(migration.name)) return false;
        const statement books("INSERT INTO schema_migrations (name, checksum, applied_at) VALUES ($1, $2, $3)",
                              args(migration.name, checksum_of(migration), instant::now()), row_scope::of_service(),
                              patience());
        TRY(run(migration.up, books));
        TRY(open.commit());
        return true;
    }

    result<bool> take_back(const migration& migration) override {
        open_transaction open(*connection_);
        TRY(open.begin());
        TRY_ASSIGN(const applied_migrations done, applied());
        if (done.empty() || done.rbegin()->first != migration.name) return false;
        const statement books("DELETE FROM schema_migrations WHERE name = $1", args(migration.name),
                              row_scope::of_service(), patience());
        TRY(run(migration.down, books));
        TRY(open.commit());
        return true;
    }

  private:
    result<rows> query(const char* text) {
        const statement s(text, {}, row_scope::of_service(), patience());
        return connection_->run(s);
    }

    /// Runs one text and keeps the books in the same transaction; `books` records or forgets the migration.
    result<void> run(std::string_view text, const statement& books) {
        // SQLite changes its catalogue in transactions like everything else: there is never a reason to do without.
        if (read_header(text).no_transaction)
            return error(errc::invalid, "it is marked no-transaction, and migrations of SQLite always run in one");
        TRY(connection_->script(text, patience()));
        if (!connection_->in_transaction())
            return error(errc::internal, "the migration ends the transaction that it runs in");
        TRY_ASSIGN(const rows broken, query("SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1"));
        if (!broken.empty())
            return error(errc::conflict,
                         "The migration leaves references to nothing in table " + broken[0].get<std::string>(0) + ".");
        TRY(connection_->run(books));
        return {};
    }

    connection_ptr connection_;
};

/// A file that is not there: nothing has been applied to it.
class no_database final : public migration_database {
  public:
    result<applied_migrations> applied() override { return applied_migrations(); }
    result<bool> apply(const migration&) override { return refused(); }
    result<bool> take_back(const migration&) override { return refused(); }

  private:
    static error refused() { return error(errc::internal, "a database that is only looked at was to be changed"); }
};

}  // namespace

result<std::unique_ptr<migration_database>> open_sqlite_migrations(std::string_view url, migration_purpose purpose) {
    TRY_ASSIGN(const std::string path, sqlite_path(url));
    if (path == ":memory:")
        return error(errc::invalid, "A database in memory is gone when its migration ends; use sqlite:PATH.");
    if (purpose == migration_purpose::looking) {
        std::error_code ignored;
        if (!std::filesystem::exists(path, ignored)) return std::unique_ptr<migration_database>(new no_database);
        TRY_ASSIGN(connection_ptr looking, sqlite_connection::open(path, sqlite_connection::purpose::reading));
        return std::unique_ptr<migration_database>(std::make_unique<sqlite_migrations>(std::move(looking)));
    }
    TRY_ASSIGN(connection_ptr connection, sqlite_connection::open(path, sqlite_connection::purpose::migrating));
    TRY(
        connection->script("CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY, "
                           "checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT",
                           patience()));
    return std::unique_ptr<migration_database>(std::make_unique<sqlite_migrations>(std::move(connection)));
}

}  // namespace tenon::db
