// Users, tenants, memberships, sessions, tokens, limits, cache and kept answers, as the runtime's SQL expects them.
#include "generator/migrate/built_in_tables.hpp"

#include <utility>

namespace tenon::gen {

schema_column plain_column(std::string name, sql_type type, bool nullable) {
    schema_column out;
    out.name = std::move(name);
    out.type = type;
    out.nullable = nullable;
    return out;
}

namespace {

schema_column version_column() {
    schema_column out = plain_column("version", sql_type::integer);
    out.initial = default_value{default_kind::integer, 1, 0, "", {}};
    return out;
}

schema_column tenant_column(const tenant_model& tenant, bool nullable = false) {
    schema_column out = plain_column(tenant.column, sql_type::uuid, nullable);
    out.field = tenant_mark;
    return out;
}

/// A tenant's transactions see its own rows only; those of the runtime that have no tenant see all.
void secure(schema_table& table, const std::string& tenant_column) {
    table.row_security = true;
    table.policies = {{"rows", false, "true"}, {"own_tenant_or_none", true, own_tenant_or_none_rule(tenant_column)}};
}

schema_foreign_key key_to(const std::string& table, const std::string& column, const std::string& target,
                          on_delete_rule rule) {
    schema_foreign_key out;
    out.name = table + "_" + column + "_fkey";
    out.columns = {column};
    out.table = target;
    out.target_columns = {"id"};
    out.on_delete = rule;
    return out;
}

schema_index index_of(const std::string& table, std::vector<std::string> columns, bool unique = false) {
    schema_index out;
    out.name = table;
    for (const std::string& column : columns) out.name += "_" + column;
    out.name += unique ? "_key" : "_idx";
    out.columns = std::move(columns);
    out.unique = unique;
    return out;
}

schema_table users() {
    schema_table out;
    out.name = "users";
    out.columns = {plain_column("id", sql_type::uuid),
                   plain_column("email", sql_type::text),
                   plain_column("name", sql_type::text),
                   plain_column("password_hash", sql_type::text),
                   plain_column("created_at", sql_type::instant),
                   plain_column("updated_at", sql_type::instant),
                   version_column(),
                   plain_column("deleted_at", sql_type::instant, true)};
    out.primary_key = {"id"};
    out.indexes = {index_of(out.name, {"email"}, true)};
    return out;
}

schema_table tenants(const tenant_model& tenant) {
    schema_table out;
    out.name = tenant.table;
    out.entity = tenant_mark;
    out.columns = {plain_column("id", sql_type::uuid), plain_column("name", sql_type::text),
                   plain_column("created_at", sql_type::instant), plain_column("updated_at", sql_type::instant),
                   version_column()};
    out.primary_key = {"id"};
    secure(out, "id");
    return out;
}

schema_table memberships(const tenant_model& tenant) {
    schema_table out;
    out.name = "memberships";
    out.tenant_column = tenant.column;
    out.columns = {tenant_column(tenant), plain_column("user_id", sql_type::uuid), plain_column("role", sql_type::text),
                   plain_column("created_at", sql_type::instant)};
    out.primary_key = {tenant.column, "user_id"};
    out.foreign_keys = {key_to(out.name, tenant.column, tenant.table, on_delete_rule::cascade),
                        key_to(out.name, "user_id", "users", on_delete_rule::cascade)};
    out.indexes = {index_of(out.name, {"user_id"})};
    secure(out, tenant.column);
    return out;
}

/// One row a login: the family that its refresh tokens belong to.
schema_table auth_sessions(const tenant_model& tenant) {
    schema_table out;
    out.name = "auth_sessions";
    out.columns = {plain_column("id", sql_type::uuid),
                   plain_column("user_id", sql_type::uuid),
                   tenant_column(tenant, true),
                   plain_column("created_at", sql_type::instant),
                   plain_column("last_used_at", sql_type::instant),
                   plain_column("revoked_at", sql_type::instant, true),
                   plain_column("expires_at", sql_type::instant)};
    out.primary_key = {"id"};
    out.foreign_keys = {key_to(out.name, "user_id", "users", on_delete_rule::cascade),
                        key_to(out.name, tenant.column, tenant.table, on_delete_rule::cascade)};
    out.indexes = {index_of(out.name, {"user_id"}), index_of(out.name, {tenant.column, "user_id"})};
    secure(out, tenant.column);
    return out;
}

schema_table refresh_tokens() {
    schema_table out;
    out.name = "refresh_tokens";
    out.columns = {plain_column("token_hash", sql_type::text),
                   plain_column("session_id", sql_type::uuid),
                   plain_column("parent_hash", sql_type::text, true),
                   plain_column("successor_hash", sql_type::text, true),
                   plain_column("successor_sealed", sql_type::text, true),
                   plain_column("used_at", sql_type::instant, true),
                   plain_column("expires_at", sql_type::instant),
                   plain_column("created_at", sql_type::instant)};
    out.primary_key = {"token_hash"};
    out.foreign_keys = {key_to(out.name, "session_id", "auth_sessions", on_delete_rule::cascade)};
    out.indexes = {index_of(out.name, {"session_id"})};
    return out;
}

/// Rows of the limits carry a tenant, or the nil id when they belong to the whole service: hence no foreign key. They
/// are forgotten once their time has passed.
schema_table limit_table(const tenant_model& tenant, std::string name, std::vector<schema_column> rest) {
    schema_table out;
    out.name = std::move(name);
    out.tenant_column = tenant.column;
    out.row_security = true;
    out.policies = {{"rows", false, "true"}, {"own_tenant", true, own_tenant_rule(tenant.column)}};
    out.columns = {tenant_column(tenant), plain_column("name", sql_type::text)};
    for (schema_column& column : rest) out.columns.push_back(std::move(column));
    out.primary_key = {tenant.column, "name"};
    return out;
}

schema_table limit_counters(const tenant_model& tenant) {
    return limit_table(tenant, "limit_counters",
                       {plain_column("amount", sql_type::integer), plain_column("since", sql_type::integer),
                        plain_column("asked_at", sql_type::integer), plain_column("forget_at", sql_type::integer)});
}

schema_table limit_leases(const tenant_model& tenant) {
    schema_table out = limit_table(
        tenant, "limit_leases", {plain_column("lease", sql_type::text), plain_column("expires_at", sql_type::integer)});
    out.primary_key.push_back("lease");
    return out;
}

schema_table limit_locks(const tenant_model& tenant) {
    return limit_table(tenant, "limit_locks",
                       {plain_column("fence", sql_type::integer), plain_column("owner", sql_type::text),
                        plain_column("expires_at", sql_type::integer)});
}

schema_table cache_entries(const tenant_model& tenant) {
    return limit_table(tenant, "cache_entries",
                       {plain_column("value", sql_type::text, true), plain_column("generation", sql_type::integer),
                        plain_column("expires_at", sql_type::integer), plain_column("forget_at", sql_type::integer)});
}

/// Answers kept under the Idempotency-Key of requests: `scope` is whose they are.
schema_table kept_answers(std::string name, schema_column scope) {
    schema_table out;
    out.name = std::move(name);
    out.primary_key = {scope.name, "key_hash"};
    out.columns = {std::move(scope),
                   plain_column("key_hash", sql_type::text),
                   plain_column("fingerprint", sql_type::text),
                   plain_column("attempt", sql_type::uuid),
                   plain_column("answer", sql_type::text, true),
                   plain_column("locked_until", sql_type::instant),
                   plain_column("expires_at", sql_type::instant),
                   plain_column("created_at", sql_type::instant)};
    return out;
}

schema_table idempotency_keys(const tenant_model& tenant) {
    schema_table out = kept_answers("idempotency_keys", tenant_column(tenant));
    out.tenant_column = tenant.column;
    out.foreign_keys = {key_to(out.name, tenant.column, tenant.table, on_delete_rule::cascade)};
    out.indexes = {index_of(out.name, {tenant.column, "expires_at"})};
    out.row_security = true;
    out.policies = {{"rows", false, "true"}, {"own_tenant", true, own_tenant_rule(tenant.column)}};
    return out;
}

/// Of requests outside of any tenant; those of nobody have a user of zeros, so there is nothing to refer to.
schema_table user_idempotency_keys() {
    schema_table out = kept_answers("user_idempotency_keys", plain_column("user_id", sql_type::uuid));
    out.indexes = {index_of(out.name, {"expires_at"})};
    return out;
}

}  // namespace

std::vector<schema_table> built_in_tables(const tenant_model& tenant) {
    return {users(),
            tenants(tenant),
            memberships(tenant),
            auth_sessions(tenant),
            refresh_tokens(),
            limit_counters(tenant),
            limit_leases(tenant),
            limit_locks(tenant),
            cache_entries(tenant),
            idempotency_keys(tenant),
            user_idempotency_keys()};
}

}  // namespace tenon::gen
