// The migration runner for SQLite files.
#include <algorithm>
#include <map>

#include <tenon/core/time.hpp>
#include <tenon/db/migrate.hpp>

#include "crypto/digest.hpp"
#include "db/database_url.hpp"
#include "db/migration_header.hpp"
#include "db/sqlite_connection.hpp"

namespace tenon::db {
namespace {

using connection_ptr = std::unique_ptr<sqlite_connection>;
using migrations = std::span<const app::migration>;

/// A migration may rebuild a large table; an operator who waits can interrupt it, a request cannot be waiting.
clock::time_point patience() {
    return clock::now() + std::chrono::hours(24);
}

result<rows> query(sqlite_connection& connection, const char* text, values parameters) {
    const statement s(text, std::move(parameters), std::nullopt, patience());
    return connection.run(s);
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

result<connection_ptr> connect(std::string_view url) {
    TRY_ASSIGN(const std::string path, sqlite_path(url));
    if (path == ":memory:")
        return error(errc::invalid, "A database in memory is gone when its migration ends; use sqlite:PATH.");
    TRY_ASSIGN(connection_ptr connection, sqlite_connection::open(path, sqlite_connection::purpose::migrating));
    TRY(
        connection->script("CREATE TABLE IF NOT EXISTS schema_migrations (name TEXT NOT NULL PRIMARY KEY, "
                           "checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT",
                           patience()));
    return connection;
}

/// Name → checksum of what has been applied.
result<std::map<std::string, std::string, std::less<>>> applied(sqlite_connection& connection) {
    TRY_ASSIGN(const rows found, query(connection, "SELECT name, checksum FROM schema_migrations", {}));
    std::map<std::string, std::string, std::less<>> out;
    for (std::size_t i = 0; i < found.size(); ++i)
        out.emplace(found[i].get<std::string>(0), found[i].get<std::string>(1));
    return out;
}

std::vector<migration_state> states(const std::map<std::string, std::string, std::less<>>& done, migrations known) {
    std::vector<migration_state> out;
    for (const app::migration& each : known) {
        migration_state state;
        state.name = each.name;
        const auto found = done.find(each.name);
        state.applied = found != done.end();
        state.changed = state.applied && found->second != crypto::sha256_hex(each.up);
        out.push_back(state);
    }
    for (const auto& [name, checksum] : done) {
        const bool carried =
            std::any_of(known.begin(), known.end(), [&](const auto& each) { return each.name == name; });
        if (carried) continue;
        migration_state state;
        state.name = name;
        state.applied = state.unknown = true;
        out.push_back(state);
    }
    return out;
}

/// Refuses histories that this program cannot continue.
result<void> check_history(const std::vector<migration_state>& all) {
    bool gap = false;
    for (const migration_state& each : all) {
        if (each.changed)
            return error(errc::conflict, "Migration " + each.name +
                                             " was applied with another text than this program "
                                             "carries; applied migrations must never change.");
        if (each.applied && gap && each.unknown)
            return error(errc::conflict, "The database has migration " + each.name +
                                             ", which this program does not "
                                             "know, while others of this program are missing.");
        if (each.applied && gap)
            return error(errc::conflict, "Migration " + each.name + " was applied before an earlier one.");
        gap = gap || !each.applied;
    }
    return {};
}

/// SQLite changes its catalogue in transactions like everything else, so there is never a reason to do without.
result<void> refuse_no_transaction(std::string_view text) {
    if (!read_header(text).no_transaction) return {};
    return error(errc::invalid, "it is marked no-transaction, and migrations of SQLite always run in one");
}

/// Runs one text and keeps the books in the same transaction; `books` records or forgets the migration.
result<void> run_one(sqlite_connection& connection, std::string_view text, const statement& books) {
    TRY(refuse_no_transaction(text));
    TRY(connection.script(text, patience()));
    if (!connection.in_transaction())
        return error(errc::internal, "the migration ends the transaction that it runs in");
    TRY_ASSIGN(const rows broken, query(connection, "SELECT \"table\" FROM pragma_foreign_key_check LIMIT 1", {}));
    if (!broken.empty())
        return error(errc::conflict,
                     "The migration leaves references to nothing in table " + broken[0].get<std::string>(0) + ".");
    TRY(connection.run(books));
    return {};
}

error named(std::string_view name, error failed) {
    failed.message = std::string(name) + ": " + failed.message;
    return failed;
}

/// A down without any text is none either.
result<void> refuse_irreversible(std::string_view name, std::string_view down) {
    const migration_header header = read_header(down);
    const bool no_text = down.find_first_not_of(" \t\r\n") == down.npos;
    if (!header.irreversible && !no_text) return {};
    const std::string why = header.irreversible.value_or("");
    return error(errc::conflict, "Migration " + std::string(name) + " cannot be taken back" +
                                     (why.empty() ? "." : ": it " + why + "."));
}

/// Applies `migration` unless another process has done so meanwhile.
result<bool> apply_up(sqlite_connection& connection, const app::migration& migration) {
    open_transaction open(connection);
    TRY(open.begin());
    TRY_ASSIGN(const auto done, applied(connection));
    if (done.contains(migration.name)) return false;
    const statement books("INSERT INTO schema_migrations (name, checksum, applied_at) VALUES ($1, $2, $3)",
                          args(migration.name, crypto::sha256_hex(migration.up), instant::now()), std::nullopt,
                          patience());
    TRY(run_one(connection, migration.up, books));
    TRY(open.commit());
    return true;
}

}  // namespace

result<std::vector<std::string>> migrate_up(std::string_view url, migrations all) {
    TRY_ASSIGN(const connection_ptr connection, connect(url));
    TRY_ASSIGN(const auto done, applied(*connection));
    TRY(check_history(states(done, all)));
    std::vector<std::string> out;
    for (const app::migration& each : all) {
        if (done.contains(each.name)) continue;
        const result<bool> ran = apply_up(*connection, each);
        if (!ran) return named(each.name, ran.error());
        if (*ran) out.emplace_back(each.name);
    }
    return out;
}

result<std::vector<std::string>> migrate_down(std::string_view url, migrations all, std::size_t steps) {
    TRY_ASSIGN(const connection_ptr connection, connect(url));
    std::vector<std::string> out;
    while (out.size() < steps) {
        open_transaction open(*connection);
        TRY(open.begin());
        TRY_ASSIGN(const auto done, applied(*connection));
        if (done.empty()) break;
        const std::string& last = done.rbegin()->first;
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == last; });
        if (found == all.end())
            return error(errc::conflict, "The last migration, " + last + ", is not one that this program knows.");
        if (done.rbegin()->second != crypto::sha256_hex(found->up))
            return error(errc::conflict,
                         "Migration " + last + " was applied with another text than this program carries.");
        TRY(refuse_irreversible(last, found->down));
        const statement books("DELETE FROM schema_migrations WHERE name = $1", args(last), std::nullopt, patience());
        const result<void> ran = run_one(*connection, found->down, books);
        if (!ran) return named(last, ran.error());
        TRY(open.commit());
        out.push_back(last);
    }
    return out;
}

result<std::vector<migration_state>> migration_status(std::string_view url, migrations all) {
    TRY_ASSIGN(const connection_ptr connection, connect(url));
    TRY_ASSIGN(const auto done, applied(*connection));
    return states(done, all);
}

}  // namespace tenon::db
