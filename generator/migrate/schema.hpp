// The relational schema of a product, the same for every database: what the migrations lead to. Kept with the project
// as .tenon/schema.json, so that the next migration starts from it and names once derived stay.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "generator/read/field_type.hpp"
#include "generator/read/spec_product.hpp"

namespace tenon::gen {

enum class sql_type { uuid, text, integer, real, boolean, instant, date, decimal, json };

struct schema_column {
    std::string name;
    sql_type type = sql_type::text;
    bool nullable = false;
    int precision = 0, scale = 0;  ///< decimal
    /// What a plain SQL insert gets, and rows that exist when the column is added. Its place is not kept.
    std::optional<default_value> initial;
};

/// A rule on one column that a later version may widen: one of `values`, or (when empty) at most `max_length` code
/// points. No value passes always.
struct schema_check {
    std::string name;
    std::string column;
    std::vector<std::string> values;
    std::int64_t max_length = 0;
};

struct schema_foreign_key {
    std::string name;
    std::vector<std::string> columns;  ///< The tenant's first, when the target belongs to a tenant; else one.
    std::string table;
    std::vector<std::string> target_columns;
    on_delete_rule on_delete = on_delete_rule::restrict_;  ///< set_null clears the last column only.
    /// The column came to a table that was already there. SQLite then ties it to the target's id alone, and looks
    /// after the tenant in a trigger: it cannot add a key over two columns.
    bool added_later = false;
};

struct schema_index {
    std::string name;
    std::vector<std::string> columns;
    bool unique = false;
    bool live_only = false;  ///< Only rows whose deleted_at is null.
};

struct schema_table {
    std::string name;
    std::string tenant_column;  ///< Empty: the rows belong to no tenant.
    bool row_security = false;  ///< PostgreSQL shows and takes only rows of the session's tenant.
    std::vector<schema_column> columns;
    std::vector<std::string> primary_key;
    std::vector<schema_foreign_key> foreign_keys;
    std::vector<schema_check> checks;
    std::vector<schema_index> indexes;
    source_range at;  ///< The entity in the spec; not kept.
};

struct schema {
    std::vector<schema_table> tables;
};

const schema_table* find_table(const schema& all, const std::string& name);
const schema_column* find_column(const schema_table& table, const std::string& name);
const schema_check* find_check(const schema_table& table, const std::string& column);

bool same_default(const std::optional<default_value>& a, const std::optional<default_value>& b);

}  // namespace tenon::gen
