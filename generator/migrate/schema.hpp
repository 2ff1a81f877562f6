// The relational schema of a product, the same for every database: what the migrations lead to. Kept with each
// migration (see history.hpp), so that the next one starts from it and names once derived stay.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "generator/read/spec_product.hpp"
#include "generator/types/field_type.hpp"
#include "generator/types/type_kinds.hpp"

namespace tenon::gen {

/// `field` of the column that ties a row to its tenant, and `entity` of the table of tenants.
inline constexpr const char* tenant_mark = "(tenant)";

struct schema_column {
    std::string name;
    /// The spec's field that it belongs to ("due", "budget.amount", "budget.currency"), by which it is known when its
    /// name changes; empty for the columns that every table has.
    std::string field;
    sql_type type = sql_type::text;
    bool nullable = false;
    int precision = 0, scale = 0;  ///< decimal
    /// What a plain SQL insert gets, and rows that exist when the column is added. Its place is not kept.
    std::optional<default_value> initial;
    /// Text that the program holds to a form: "email" or "url". Empty as well in records of before it was kept.
    std::string format = {};
    std::string items;  ///< Lists (kept as json): the type of their items, as the spec spells it.
    /// Lists of an enum: what their items may be. The database does not hold them to it, but rows have to follow.
    std::vector<std::string> item_values;
    std::vector<std::pair<std::string, std::string>> item_values_were;  ///< Like schema_check::was; not kept.
    std::string was;                                                    ///< `field` before a rename; not kept.
    source_range at;                                                    ///< The field in the spec; not kept.
};

/// A rule on one column that a later version may widen: one of `values`, or (when empty) at most `max_length` code
/// points. No value passes always.
struct schema_check {
    std::string name;
    std::string column;
    std::vector<std::string> values;
    std::int64_t max_length = 0;
    /// Values with what they were called before; not kept.
    std::vector<std::pair<std::string, std::string>> was;
};

struct schema_foreign_key {
    std::string name;
    std::vector<std::string> columns;  ///< The tenant's first, when the target belongs to a tenant; else one.
    std::string table;
    std::vector<std::string> target_columns;
    on_delete_rule on_delete = on_delete_rule::restrict_;  ///< set_null clears the last column only.
};

struct schema_index {
    std::string name;
    std::vector<std::string> columns;
    bool unique = false;
    bool live_only = false;  ///< Only rows whose deleted_at is null.
    bool bin_only = false;   ///< Only rows whose deleted_at is not null.
};

/// A policy of row-level security (PostgreSQL), kept as what it says, so that a change of it is seen.
struct schema_policy {
    std::string name;
    bool restrictive = false;
    std::string rule;          ///< The condition on rows that are seen and on rows that are written.
    std::string command = {};  ///< "select", "insert", "update" or "delete"; empty: all of them.
    std::string reads = {};    ///< The other table that the rule looks into; empty: none.
    bool owner = false;        ///< For the role that owns the table, and no other.
};

struct schema_table {
    std::string name;
    std::string entity;         ///< The spec's name for it; empty: one of the built-in tables.
    std::string tenant_column;  ///< Empty: the rows belong to no tenant.
    bool row_security = false;  ///< PostgreSQL shows and takes only rows that the policies let pass.
    std::vector<schema_policy> policies;
    std::vector<schema_column> columns;
    std::vector<std::string> primary_key;
    std::string primary_key_name;  ///< PostgreSQL's, for its index. SQLite's has none.
    std::vector<schema_foreign_key> foreign_keys;
    std::vector<schema_check> checks;
    std::vector<schema_index> indexes;
    /// Of a table with deleted_with: whether its rows can also be deleted into the bin by themselves, which the columns
    /// do not tell. Nothing elsewhere, and in records of before it was kept.
    std::optional<bool> own_bin = {};
    std::string was;  ///< `entity` before a rename; not kept.
    source_range at;  ///< The entity in the spec; not kept.
};

struct schema {
    std::vector<schema_table> tables;
};

const schema_table* find_table(const schema& all, const std::string& name);
const schema_column* find_column(const schema_table& table, std::string_view name);
const schema_check* find_check(const schema_table& table, const std::string& column);
/// Whether rows of the table can be deleted into the bin by themselves. Nothing: there is no saying.
std::optional<bool> has_own_bin(const schema_table& table);

/// The condition under which a session sees a row: its tenant is the one in app.tenant, which is set for one
/// transaction at a time ('' is what stays behind when it ends). PostgreSQL evaluates the sub-select once a statement.
std::string own_tenant_rule(const std::string& tenant_column);

/// The same for the user in app.user, in whichever tenant.
std::string own_user_rule(const std::string& user_column);

/// The same where the session is in no tenant: in one, what the user is elsewhere is nobody's business.
std::string own_user_outside_rule(const std::string& user_column);

/// The condition under which the session has said that it does the service's own work: app.scope is 'service'.
std::string service_rule();

/// `wanted`, cut to what PostgreSQL takes as a name, with a hash behind it when it had to be cut.
std::string short_name(const std::string& wanted);

bool same_default(const std::optional<default_value>& a, const std::optional<default_value>& b);

}  // namespace tenon::gen
