// Asks PostgreSQL's catalogue about the role and the tables.
#include "app/isolation_check.hpp"

#include "feature/feature.hpp"

namespace tenon::app {
namespace {

/// The first thing that is wrong. $1 is the tenant column, $2 the table of tenants, $3 those without the column. A role
/// that may become another one (SET ROLE) counts as that one. A session that sets none of app.tenant, app.user and
/// app.scope must get no rows: either a restrictive policy for all commands asks for one of them, or every permissive
/// one does. Databases whose migrations are from before there were classes of policies keep what they had then (see
/// docs/migrations.md).
constexpr std::string_view first_problem =
    "WITH former AS (SELECT p.polrelid AS oid FROM pg_catalog.pg_policy p WHERE p.polname = 'own_tenant_or_none'), "
    "tenant_tables AS (SELECT c.oid, c.oid::regclass::text AS name, c.relowner, "
    "c.relrowsecurity AND c.relforcerowsecurity AS secured FROM pg_catalog.pg_class c "
    "WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace AND (c.relname = $2 "
    "OR (c.relname = ANY (string_to_array($3, ',')) AND NOT EXISTS (SELECT FROM former)) "
    "OR EXISTS "
    "(SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname = $1 AND NOT a.attisdropped))), "
    "policies AS (SELECT p.polrelid, p.polpermissive, p.polcmd, bool_and(side.rule ~ 'current_setting\\(''app[.]' "
    "AND (side.rule !~ 'IS NULL' OR p.polname = 'own_tenant_or_none')) AS asks "
    "FROM pg_catalog.pg_policy p, LATERAL (VALUES "
    "(pg_get_expr(p.polqual, p.polrelid)), (pg_get_expr(p.polwithcheck, p.polrelid))) AS side (rule) "
    "WHERE side.rule IS NOT NULL GROUP BY p.oid, p.polrelid, p.polpermissive, p.polcmd), "
    "problems AS (SELECT 1 AS place, 'the role ' || current_user || ' is a superuser, or may become one' AS text "
    "WHERE EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolsuper AND pg_has_role(oid, 'MEMBER')) "
    "UNION ALL SELECT 2, 'the role ' || current_user || ' has BYPASSRLS, or may become a role that has it' "
    "WHERE EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolbypassrls AND pg_has_role(oid, 'MEMBER')) "
    "UNION ALL SELECT 3, 'the role ' || current_user || ' owns the table ' || min(name) || ', or may become its owner' "
    "FROM tenant_tables WHERE pg_has_role(relowner, 'MEMBER') HAVING count(*) > 0 "
    "UNION ALL SELECT 4, 'row-level security is not enabled and forced on ' || min(name) "
    "FROM tenant_tables WHERE NOT secured HAVING count(*) > 0 "
    "UNION ALL SELECT 5, 'a policy of ' || min(name) || ' asks neither for app.tenant nor app.user nor app.scope' "
    "FROM tenant_tables t WHERE NOT EXISTS (SELECT FROM policies p WHERE p.polrelid = t.oid AND NOT p.polpermissive "
    "AND p.polcmd = '*' AND p.asks) AND EXISTS (SELECT FROM policies p WHERE p.polrelid = t.oid AND p.polpermissive "
    "AND NOT p.asks) HAVING count(*) > 0) "
    "SELECT text FROM problems ORDER BY place LIMIT 1";

/// Rows of these are told apart by who asks for them alone.
std::string tables_without_tenants() {
    std::string out;
    for (const feature::declaration& each : feature::all_features()) {
        for (const feature::table& table : each.tables) {
            const bool has_tenants = feature::has_column(table, feature::tenant_column);
            if (!has_tenants && table.name != feature::tenants_table)
                out += (out.empty() ? "" : ",") + std::string(table.name);
        }
    }
    return out;
}

}  // namespace

task<result<std::string>> isolation_check::problem(std::chrono::steady_clock::time_point deadline) {
    if (database_.dialect() != "postgres") co_return std::string();
    if (auto known = recent()) co_return std::move(*known);
    static const std::string without_tenants = tables_without_tenants();
    auto names = db::args(std::string(product_.tenant.column), std::string(product_.tenant.table), without_tenants);
    db::statement ask(std::string(first_problem), std::move(names), db::row_scope::of_service(), deadline);
    ask.is_read = true;
    CO_TRY_ASSIGN(const db::rows got, co_await database_.run(std::move(ask)));
    std::string out;
    if (!got.empty()) out = "Tenants are not kept apart by the database: " + got[0].get<std::string>(0) + ".";
    remember(out);
    co_return out;
}

std::optional<std::string> isolation_check::recent() {
    const std::lock_guard lock(mutex_);
    const std::chrono::seconds good_for(found_.empty() ? 30 : 1);
    const bool fresh = known_ && std::chrono::steady_clock::now() - asked_ < good_for;
    return fresh ? std::optional(found_) : std::nullopt;
}

void isolation_check::remember(const std::string& found) {
    const std::lock_guard lock(mutex_);
    found_ = found;
    asked_ = std::chrono::steady_clock::now();
    known_ = true;
}

}  // namespace tenon::app
