// Grants, found out by looking at each table: no migration can forget them, and none has to know the role's name.
#include "postgres/grants.hpp"

namespace tenon::db {
namespace {

/// One line of SQL for each thing that differs. $1 is the role. Of a table with row-level security it gets the commands
/// that a policy lets it give at all. CASE, because the planner may turn conditions round.
constexpr const char* differences =
    "WITH mine AS (SELECT c.oid, c.oid::regclass::text AS name, c.relkind, "
    "CASE WHEN c.relname = 'schema_migrations' THEN ARRAY['SELECT'] ELSE ARRAY(SELECT command FROM (VALUES "
    "('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) AS rows (command, letter) "
    "WHERE NOT c.relrowsecurity OR EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive "
    "AND p.polcmd IN ('*', letter::\"char\") AND EXISTS (SELECT FROM unnest(p.polroles) AS listed (role) "
    "WHERE CASE WHEN role = 0 THEN true ELSE pg_has_role($1::name, role, 'USAGE') END))) END AS wanted "
    "FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'S') "
    "AND pg_has_role(c.relowner, 'USAGE')), "
    "differing AS (SELECT 'GRANT USAGE ON SEQUENCE %s TO %I' AS line, name FROM mine "
    "WHERE CASE WHEN relkind = 'S' THEN NOT has_sequence_privilege($1::name, oid, 'USAGE') END "
    "UNION ALL SELECT 'GRANT ' || string_agg(each, ', ') || ' ON %s TO %I', name FROM mine, unnest(wanted) AS each "
    "WHERE relkind <> 'S' AND NOT has_table_privilege($1::name, oid, each) GROUP BY name "
    "UNION ALL SELECT 'REVOKE ' || string_agg(each, ', ') || ' ON %s FROM %I', name FROM mine, unnest(ARRAY['SELECT', "
    "'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) AS each "
    "WHERE relkind <> 'S' AND each <> ALL (wanted) AND has_table_privilege($1::name, oid, each) GROUP BY name) "
    "SELECT format(line, name, $1::name) FROM differing "
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
