// A database on somebody's PostgreSQL, made and dropped by the owner's role.
#include <algorithm>
#include <mutex>

#include <tenon/core/uuid.hpp>

#include "postgres/session.hpp"
#include "test_database.hpp"

namespace tenon::testing {
namespace {

/// `url` with the name of another database.
std::string with_database(const std::string& url, const std::string& name) {
    const std::size_t authority = url.find("://") + 3;
    const std::size_t path = std::min(url.find_first_of("/?", authority), url.size());
    const std::size_t options = std::min(url.find('?', path), url.size());
    return url.substr(0, path) + "/" + name + url.substr(options);
}

constexpr const char* own_databases =
    "SELECT datname FROM pg_database WHERE starts_with(datname, $1) AND pg_has_role(datdba, 'USAGE')";
// Held as long as the database is wanted: what nobody holds was left by a process that was killed.
constexpr const char* try_claim = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))";
constexpr const char* release_claim = "SELECT pg_advisory_unlock(hashtextextended($1, 0))";

/// Drops what tests that were killed have left behind.
void sweep(db::postgres_session& owner, const std::string& prefix) {
    for (const auto& found : need(owner.query(own_databases, {prefix}))) {
        const std::string& name = found[0];
        if (need(owner.query(try_claim, {name}))[0][0] != "t") continue;
        need(owner.script("DROP DATABASE IF EXISTS \"" + name + "\""));
        need(owner.query(release_claim, {name}));
    }
}

constexpr const char* describe =
    "SELECT line FROM ("
    "SELECT format('%s.%s %s %s %s', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), "
    "a.attnotnull, pg_get_expr(d.adbin, d.adrelid)) AS line FROM pg_attribute a "
    "JOIN pg_class t ON t.oid = a.attrelid AND t.relkind = 'r' "
    "LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
    "WHERE t.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped "
    "UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace "
    "UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' "
    "UNION ALL SELECT format('%s %s %s %s %s %s %s', tablename, policyname, permissive, roles, cmd, qual, with_check) "
    "FROM pg_policies WHERE schemaname = 'public' "
    "UNION ALL SELECT format('%s secured: %s, forced: %s', oid::regclass, relrowsecurity, relforcerowsecurity) "
    "FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    ") all_lines ORDER BY line";
constexpr const char* tables =
    "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
    "AND relname <> 'schema_migrations'";

class postgres_database final : public test_database {
  public:
    postgres_database(const std::string& url, const std::string& migration_url, const std::string& like = "")
        : given_url_(url),
          given_migration_url_(migration_url),
          owner_(need(db::postgres_session::open(migration_url))) {
        const std::string prefix = need(owner_.query("SELECT current_database()"))[0][0] + "_test_";
        static std::once_flag swept;
        std::call_once(swept, [&] { sweep(owner_, prefix); });
        name_ = prefix + uuid::generate().to_string();
        need(owner_.query(try_claim, {name_}));
        need(owner_.script("CREATE DATABASE \"" + name_ + "\"" + (like.empty() ? "" : " TEMPLATE \"" + like + "\"")));
    }
    // A database that somebody is connected to stays; the next run sweeps it away.
    ~postgres_database() override { (void)owner_.script("DROP DATABASE IF EXISTS \"" + name_ + "\""); }

    std::string url() const override { return with_database(given_url_, name_); }
    std::string migration_url() const override { return with_database(given_migration_url_, name_); }
    std::span<const db::migration> migrations_of(const app::product& product) const override {
        return product.postgres_migrations;
    }

    void disable_row_security() override {
        auto session = need(db::postgres_session::open(migration_url()));
        for (const auto& table : need(session.query(tables)))
            need(session.script("ALTER TABLE \"" + table[0] + "\" DISABLE ROW LEVEL SECURITY"));
    }

    std::unique_ptr<test_database> copy() const override {
        return std::make_unique<postgres_database>(given_url_, given_migration_url_, name_);
    }

    std::string shape() const override {
        auto session = need(db::postgres_session::open(migration_url()));
        std::string out;
        for (const auto& line : need(session.query(describe))) out += line[0] + "\n";
        return out;
    }

    /// Row-level security holds for the owner, too, until it says otherwise: for a moment, in a transaction that is not
    /// committed.
    std::map<std::string, std::int64_t> rows() const override {
        auto session = need(db::postgres_session::open(migration_url()));
        std::map<std::string, std::int64_t> out;
        need(session.script("BEGIN"));
        for (const auto& table : need(session.query(tables))) {
            const std::string name = "\"" + table[0] + "\"";
            need(session.script("ALTER TABLE " + name + " NO FORCE ROW LEVEL SECURITY"));
            out[table[0]] = std::stoll(need(session.query(("SELECT count(*) FROM " + name).c_str()))[0][0]);
        }
        need(session.script("ROLLBACK"));
        return out;
    }

  private:
    std::string given_url_;
    std::string given_migration_url_;
    mutable db::postgres_session owner_;
    std::string name_;
};

}  // namespace

std::unique_ptr<test_database> make_postgres_database(const std::string& url, const std::string& migration_url) {
    return std::make_unique<postgres_database>(url, migration_url);
}

}  // namespace tenon::testing
