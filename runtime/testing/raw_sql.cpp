// A blocking connection in the role that serves.
#include <tenon/testing/raw_sql.hpp>

#include <stdexcept>

#include "postgres/session.hpp"
#include "test_database.hpp"

namespace tenon::testing {
namespace {

constexpr const char* all_tables =
    "SELECT c.oid::regclass, quote_ident(CASE WHEN c.relname = $2::name THEN 'id' ELSE $1::name END), "
    "EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND (p.polname = 'own_tenant_or_none' "
    "OR pg_get_expr(p.polqual, p.polrelid) ~ 'app[.](user|scope)')) FROM pg_class c "
    "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND (c.relname = $2::name OR EXISTS "
    "(SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = $1::name AND NOT a.attisdropped)) ORDER BY 1";
/// Of a table ($1) to tables that have the tenant's column ($2).
constexpr const char* all_references =
    "SELECT quote_ident(k.conname), quote_ident(own.attname), k.confrelid::regclass, "
    "EXISTS (SELECT FROM pg_attribute s JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attname = $2::name "
    "WHERE s.attrelid = k.conrelid AND s.attname = $2::name AND s.attnum = ANY (k.conkey) AND t.attnum = ANY "
    "(k.confkey)) "
    "FROM pg_constraint k JOIN pg_attribute own ON own.attrelid = k.conrelid "
    "AND own.attnum = k.conkey[array_length(k.conkey, 1)] "
    "WHERE k.contype = 'f' AND k.conrelid = $1::regclass AND EXISTS (SELECT FROM pg_attribute a "
    "WHERE a.attrelid = k.confrelid AND a.attname = $2::name AND NOT a.attisdropped)";
constexpr const char* loose_indexes =
    "SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
    "AND a.attnum = i.indkey[0] WHERE i.indisunique AND i.indrelid = $1::regclass AND a.attname <> $2::name";

/// The SQLSTATE that a message of a session ends with: "… (23505)".
std::string state_of(const error& failed) {
    const std::string& text = failed.message;
    if (!text.ends_with(')') || text.size() < 7) return "ERROR " + text;
    return "ERROR " + text.substr(text.size() - 6, 5);
}

}  // namespace

struct raw_sql::impl {
    impl(const service& running, const tenant_names& tenants)
        : session(need(db::postgres_session::open(running.database_url()))),
          column(tenants.column),
          table(tenants.table) {}

    db::postgres_session session;
    std::string column;
    std::string table;
};

raw_sql::raw_sql(const service& running) : impl_(std::make_unique<impl>(running, running.tenant_words())) {}
raw_sql::~raw_sql() = default;

std::string raw_sql::ask(const std::string& statement) {
    const auto got = impl_->session.query(statement.c_str());
    if (!got) return state_of(got.error());
    return got->empty() || (*got)[0].empty() ? "" : (*got)[0][0];
}

std::string raw_sql::ask_as(const std::string& tenant, const std::string& statement) {
    need(impl_->session.script("BEGIN"));
    need(impl_->session.query("SELECT set_config('app.tenant', $1, true)", {tenant}));
    const std::string out = ask(statement);
    need(impl_->session.script("ROLLBACK"));
    return out;
}

std::string raw_sql::touched_as(const std::string& tenant, const std::string& statement) {
    return ask_as(tenant, "WITH touched AS (" + statement + " RETURNING 1) SELECT count(*) FROM touched");
}

std::vector<tenant_table> raw_sql::tenant_tables() {
    std::vector<tenant_table> out;
    for (const auto& found : need(impl_->session.query(all_tables, {impl_->column, impl_->table}))) {
        tenant_table table;
        table.name = found[0];
        table.tenant = found[1];
        table.open_without_tenant = found[2] == "t";
        for (const auto& key : need(impl_->session.query(all_references, {table.name, impl_->column}))) {
            tenant_reference reference;
            reference.name = key[0];
            reference.column = key[1];
            reference.target = key[2];
            reference.with_tenant = key[3] == "t";
            table.references.push_back(std::move(reference));
        }
        for (const auto& index : need(impl_->session.query(loose_indexes, {table.name, impl_->column})))
            table.unique_without_tenant.push_back(index[0]);
        out.push_back(std::move(table));
    }
    return out;
}

}  // namespace tenon::testing
