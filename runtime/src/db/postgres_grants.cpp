// Grants, found out by looking at each table: no migration can forget them, and none has to know the role's name.
#include "db/postgres_grants.hpp"

namespace tenon::db {
namespace {

/// One line of SQL for each thing that differs. $1 is the role. CASE, because the planner may turn conditions round.
constexpr const char* differences =
    "WITH mine AS (SELECT c.oid, c.oid::regclass::text AS name, c.relkind, c.relname = 'schema_migrations' AS books "
    "FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S') "
    "AND pg_has_role(c.relowner, 'USAGE')), "
    "differing AS (SELECT CASE "
    "WHEN relkind = 'S' THEN CASE WHEN NOT has_sequence_privilege($1::name, oid, 'USAGE') "
    "THEN 'GRANT USAGE ON SEQUENCE %s TO %I' END "
    "WHEN books THEN CASE WHEN NOT has_table_privilege($1::name, oid, 'SELECT') THEN 'GRANT SELECT ON %s TO %I' END "
    "WHEN NOT (has_table_privilege($1::name, oid, 'SELECT') AND has_table_privilege($1::name, oid, 'INSERT') "
    "AND has_table_privilege($1::name, oid, 'UPDATE') AND has_table_privilege($1::name, oid, 'DELETE')) "
    "THEN 'GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I' END AS line, name FROM mine "
    "UNION ALL SELECT CASE WHEN relkind = 'S' THEN NULL "
    "WHEN books AND has_table_privilege($1::name, oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER') "
    "THEN 'REVOKE INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER ON %s FROM %I' "
    "WHEN has_table_privilege($1::name, oid, 'TRUNCATE, REFERENCES, TRIGGER') "
    "THEN 'REVOKE TRUNCATE, REFERENCES, TRIGGER ON %s FROM %I' END, name FROM mine) "
    "SELECT format(line, name, $1::name) FROM differing WHERE line IS NOT NULL "
    "UNION ALL SELECT format('GRANT USAGE ON SCHEMA %I TO %I', current_schema(), $1::name) "
    "WHERE NOT has_schema_privilege($1::name, current_schema()::text, 'USAGE')";

}  // namespace

result<std::string> role_of(std::string_view url) {
    TRY_ASSIGN(postgres_session session, postgres_session::open(url));
    TRY_ASSIGN(const text_rows got, session.query("SELECT current_user"));
    return got[0][0];
}

result<void> grant_rows(postgres_session& owner, const std::string& role) {
    // Names that `regclass` writes without a schema mean what they mean here, whatever a migration has set.
    TRY(owner.script("RESET ALL"));
    TRY_ASSIGN(const text_rows same, owner.query("SELECT current_user = $1::name", {role}));
    if (same[0][0] == "t") return {};
    TRY_ASSIGN(const text_rows wanted, owner.query(differences, {role}));
    for (const auto& line : wanted) TRY(owner.script(line[0]));
    return {};
}

}  // namespace tenon::db
