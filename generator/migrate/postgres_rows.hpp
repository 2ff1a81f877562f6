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

/// What `look_for_dangling` says.
std::string rows_refer_to_nothing(const schema_foreign_key& key);

/// Fails when a row's list has `item`, naming both.
std::string look_for_item(const schema_table& table, const std::string& column, const std::string& item,
                          const row_walk& how);

/// Fails with `message` when a row of the table, which is called `source`, meets the condition; a GROUP BY may follow.
std::string look_for_rows(const schema_table& table, const std::string& condition, const std::string& message,
                          const row_walk& how);

/// Fails with the key's name when a row refers to nothing. PostgreSQL's own validation overlooks rows that row-level
/// security hides from the owner.
std::string look_for_dangling(const schema_table& table, const schema_foreign_key& key, const row_walk& how);

}  // namespace tenon::gen::postgres
