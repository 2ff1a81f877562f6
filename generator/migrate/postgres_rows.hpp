// Statements that touch rows in PostgreSQL: tenant by tenant, as row-level security wants it.
#pragma once

#include <string>

#include "generator/migrate/changes.hpp"

namespace tenon::gen::postgres {

/// Where the rows of a table are, and how they may be walked.
struct row_walk {
    std::string tenant_table;  ///< The table of the tenants.
    bool commit_each = false;  ///< Each tenant's rows in a transaction of their own; only outside of one.
};

/// `UPDATE table SET assignment WHERE condition`, for every row of every tenant.
std::string update_rows(const schema_table& table, const std::string& assignment, const std::string& condition,
                        const row_walk& how);

/// The list in `column` with `to` wherever it has `from`.
std::string with_item(const std::string& column, const std::string& from, const std::string& to);

/// Fails when a row's list has `item`, naming both.
std::string look_for_item(const schema_table& table, const std::string& column, const std::string& item,
                          const row_walk& how);

/// Fails with the index's name when rows of one tenant, softly deleted or not, share its values.
std::string look_for_duplicates(const schema_table& table, const schema_index& index, const row_walk& how);

/// Fails with the key's name when a row refers to nothing. PostgreSQL's own validation overlooks rows that row-level
/// security hides from the owner.
std::string look_for_dangling(const schema_table& table, const schema_foreign_key& key, const row_walk& how);

}  // namespace tenon::gen::postgres
