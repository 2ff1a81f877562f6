// Users, tenants, memberships, sessions, tokens, limits, cache and kept answers, as the runtime's SQL expects them.
#include "generator/migrate/built_in_tables.hpp"

#include <utility>

#include "generator/migrate/sql_text.hpp"

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

constexpr const char* every_command = "";

/// Permits rows to one class of sessions for one command. What no policy permits is refused: a session that has not
/// said whom it works for gets nothing.
void allow(schema_table& table, std::string whose, const char* command, std::string rule, std::string reads = {}) {
    schema_policy out;
    out.name = std::move(whose);
    if (*command != '\0') out.name += std::string("_") + command;
    out.rule = std::move(rule);
    out.command = command;
    out.reads = std::move(reads);
    table.row_security = true;
    table.policies.push_back(std::move(out));
}

/// For migrations, and for what the service never does, such as deleting an account or a tenant: the role that owns the
/// tables may, once it has said that it works for the service.
void allow_owner(schema_table& table) {
    allow(table, "owner", every_command, service_rule());
    table.policies.back().owner = true;
}

/// The row has a membership that `own_rule` holds for.
std::string is_member(const std::string& column, const std::string& own_rule) {
    return "EXISTS (SELECT FROM \"memberships\" WHERE " + quoted_name(column) + " = \"id\" AND " + own_rule + ")";
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

schema_table users(const tenant_model& tenant) {
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
    for (const char* command : {"select", "insert", "update"}) allow(out, "own_user", command, own_user_rule("id"));
    allow(out, "own_tenant", "select", is_member("user_id", own_tenant_rule(tenant.column)), "memberships");
    allow(out, "service", "select", service_rule());
    allow_owner(out);
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
    for (const char* command : {"select", "insert", "update"}) allow(out, "own_tenant", command, own_tenant_rule("id"));
    allow(out, "own_user", "select", is_member(tenant.column, own_user_rule("user_id")), "memberships");
    allow(out, "service", "select", service_rule());
    allow_owner(out);
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
    allow(out, "own_tenant", every_command, own_tenant_rule(tenant.column));
    // A role of another tenant must not be taken for the one here, whatever a statement forgets.
    allow(out, "own_user", "select", own_user_outside_rule("user_id"));
    allow_owner(out);
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
    allow(out, "own_user", every_command, own_user_rule("user_id"));
    // A tenant ends the sessions of members that it removes.
    for (const char* command : {"select", "update"}) allow(out, "own_tenant", command, own_tenant_rule(tenant.column));
    allow(out, "service", "select", service_rule());
    allow_owner(out);
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
    const std::string own_session = "EXISTS (SELECT FROM \"auth_sessions\" WHERE \"id\" = \"session_id\" AND ";
    allow(out, "own_user", every_command, own_session + own_user_rule("user_id") + ")", "auth_sessions");
    allow(out, "service", "select", service_rule());
    allow_owner(out);
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
    allow(out, "own_user", every_command, own_user_rule("user_id"));
    allow(out, "service", every_command, service_rule());
    return out;
}

}  // namespace

std::vector<schema_table> built_in_tables(const tenant_model& tenant) {
    return {users(tenant),         tenants(tenant),          memberships(tenant),    auth_sessions(tenant),
            refresh_tokens(),      limit_counters(tenant),   limit_leases(tenant),   limit_locks(tenant),
            cache_entries(tenant), idempotency_keys(tenant), user_idempotency_keys()};
}

}  // namespace tenon::gen
