// Pieces of the statements over records. $1 is the tenant, and {tenant_id} its column; other names come from the graph.
#pragma once

#include <string>
#include <string_view>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/db/session.hpp>
#include <tenon/records/graph.hpp>

#include "db/tenant_access.hpp"

namespace tenon::records {

std::string quoted(std::string_view name);

inline constexpr std::string_view is_live = R"("deleted_at" IS NULL)";
inline constexpr std::string_view is_in_bin = R"("deleted_at" IS NOT NULL)";
inline constexpr std::string_view of_tenant = "{tenant_id} = $1";

/// " AND " before `condition`, unless there is none.
std::string and_also(std::string_view condition);

/// `UPDATE "table" SET changes, "updated_at" = now, "version" = "version" + 1 WHERE {tenant_id} = $1 AND …`. Sees that
/// who has read the row before does not take it for unchanged.
std::string change(const kind& of, std::string_view changes, std::string_view now, std::string_view where);

/// `SELECT "id" FROM "table" WHERE {tenant_id} = $1 AND …`
std::string ids_where(const kind& of, std::string_view where);

/// `lock` where rows can be locked; SQLite has one writer, who locks all.
std::string_view locking(const db::tenant_transaction& open, std::string_view lock);

/// Lets PostgreSQL plan the statements that follow for any tenant, until `open` ends. Of a tenant that is newer than
/// its statistics it would expect one row, and join all that there are with each other; and it would compile, for
/// seconds, what it takes for a long recursion.
task<result<void>> plan_for_any_tenant(db::tenant_transaction& open);

}  // namespace tenon::records
