// Looking things up in a schema, and the texts that belong to it.
#include "generator/migrate/schema.hpp"

#include <algorithm>

#include "generator/migrate/sql_text.hpp"
#include "generator/resolve/naming_forms.hpp"
#include "generator/support/naming.hpp"
#include "generator/types/entity_columns.hpp"

namespace tenon::gen {

const schema_table* find_table(const schema& all, const std::string& name) {
    const auto at = std::find_if(all.tables.begin(), all.tables.end(), [&](const auto& t) { return t.name == name; });
    return at == all.tables.end() ? nullptr : &*at;
}

const schema_column* find_column(const schema_table& table, std::string_view name) {
    const auto at =
        std::find_if(table.columns.begin(), table.columns.end(), [&](const auto& c) { return c.name == name; });
    return at == table.columns.end() ? nullptr : &*at;
}

const schema_check* find_check(const schema_table& table, const std::string& column) {
    const auto at =
        std::find_if(table.checks.begin(), table.checks.end(), [&](const auto& c) { return c.column == column; });
    return at == table.checks.end() ? nullptr : &*at;
}

std::optional<bool> has_own_bin(const schema_table& table) {
    if (find_column(table, bin_column) == nullptr) return false;
    if (find_column(table, along_column) == nullptr) return true;
    return table.own_bin;
}

namespace {

constexpr const char* current_tenant = "(SELECT nullif(current_setting('app.tenant', true), '')::uuid)";
constexpr const char* current_user = "(SELECT nullif(current_setting('app.user', true), '')::uuid)";

}  // namespace

std::string own_tenant_rule(const std::string& tenant_column) {
    return quoted_name(tenant_column) + " = " + current_tenant;
}

std::string own_user_rule(const std::string& user_column) {
    return quoted_name(user_column) + " = " + current_user;
}

std::string own_user_outside_rule(const std::string& user_column) {
    return own_user_rule(user_column) + " AND (SELECT coalesce(current_setting('app.tenant', true), '') = '')";
}

std::string service_rule() {
    return "(SELECT current_setting('app.scope', true)) = 'service'";
}

std::string short_name(const std::string& wanted) {
    return unique_names().take_short(wanted, longest_name);
}

bool same_default(const std::optional<default_value>& a, const std::optional<default_value>& b) {
    if (!a || !b) return a.has_value() == b.has_value();
    return a->kind == b->kind && a->integer == b->integer && a->number == b->number && a->text == b->text;
}

}  // namespace tenon::gen
