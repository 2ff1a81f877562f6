// Migrations of PostgreSQL: in a transaction each, or statement by statement where a migration asks for that.
#include <chrono>
#include <thread>

#include "migrations/database.hpp"
#include "migrations/header.hpp"
#include "postgres/grants.hpp"
#include "postgres/session.hpp"

namespace tenon::db {
namespace {

using namespace std::chrono_literals;

/// Building an index over a large table may take the better part of this.
constexpr auto lock_patience = std::chrono::hours(1);
constexpr auto between_tries = 100ms;
/// "tenon" in ASCII. Such locks belong to one database of a server.
constexpr const char* try_lock = "SELECT pg_try_advisory_lock(499917942638)";

/// Held until the connection ends, so that two replicas do not migrate at once. Asked for again and again: a session
/// that waits in the server holds a snapshot, and CREATE INDEX CONCURRENTLY of the other one would wait for that.
result<void> lock(postgres_session& session) {
    const auto until = std::chrono::steady_clock::now() + lock_patience;
    while (std::chrono::steady_clock::now() < until) {
        TRY_ASSIGN(const text_rows got, session.query(try_lock));
        if (got[0][0] == "t") return {};
        std::this_thread::sleep_for(between_tries);
    }
    return error(errc::unavailable, "Another process has been migrating this database for an hour.");
}

class postgres_migrations final : public migration_database {
  public:
    explicit postgres_migrations(postgres_session session) : session_(std::move(session)) {}

    result<applied_migrations> applied() override {
        applied_migrations out;
        TRY_ASSIGN(const bool kept, has_books());
        if (!kept) return out;
        TRY_ASSIGN(const text_rows found, session_.query("SELECT name, checksum FROM schema_migrations"));
        for (const std::vector<std::string>& each : found) out.emplace(each[0], each[1]);
        return out;
    }

    result<bool> apply(const migration& migration) override {
        TRY_ASSIGN(const bool kept, has_books());
        if (!kept) {
            TRY(
                session_.script("CREATE TABLE schema_migrations (name text PRIMARY KEY, checksum text NOT NULL, "
                                "applied_at timestamptz NOT NULL DEFAULT now())"));
        }
        TRY(run(migration.up, "INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)",
                {std::string(migration.name), checksum_of(migration)}));
        return true;
    }

    result<bool> take_back(const migration& migration) override {
        TRY(run(migration.down, "DELETE FROM schema_migrations WHERE name = $1", {std::string(migration.name)}));
        return true;
    }

    result<void> let_serve(const std::string& role) override { return grant_rows(session_, role); }

  private:
    result<bool> has_books() {
        TRY_ASSIGN(const text_rows found, session_.query("SELECT to_regclass('schema_migrations') IS NOT NULL"));
        return found[0][0] == "t";
    }

    /// `books` records or forgets the migration that `text` is of.
    result<void> run(std::string_view text, const char* books, std::initializer_list<std::string> parameters) {
        // What an earlier migration has set for its session is not meant for this one.
        TRY(session_.script("RESET ALL"));
        if (read_header(text).no_transaction) {
            TRY(run_one_by_one(text));
            TRY(session_.query(books, parameters));
            return {};
        }
        TRY(session_.script("BEGIN"));
        TRY(session_.script(text));
        if (!session_.in_transaction())
            return error(errc::internal, "the migration ends the transaction that it runs in");
        TRY(session_.query(books, parameters));
        return session_.script("COMMIT");
    }

    /// What ran before a failure stays, and nothing is recorded: all of it runs again the next time.
    result<void> run_one_by_one(std::string_view text) {
        for (const migration_statement& each : statements_of(text)) {
            TRY(session_.script(each.text, each.line));
        }
        if (session_.in_transaction()) return error(errc::internal, "the migration leaves a transaction open");
        return {};
    }

    postgres_session session_;
};

}  // namespace

result<std::unique_ptr<migration_database>> open_postgres_migrations(std::string_view url, migration_purpose purpose) {
    TRY_ASSIGN(postgres_session session, postgres_session::open(url));
    if (purpose == migration_purpose::changing) TRY(lock(session));
    return std::unique_ptr<migration_database>(std::make_unique<postgres_migrations>(std::move(session)));
}

}  // namespace tenon::db
