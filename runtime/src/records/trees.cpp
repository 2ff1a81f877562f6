// Ancestors are followed to the root, also through the bin; a circle from before ends the walk as well.
#include <tenon/records/trees.hpp>

#include <string>
#include <utility>

#include "records/sql.hpp"

namespace tenon::records {

task<result<void>> wait_for_moves(db::tenant_transaction& open) {
    // The weakest lock that excludes itself: others go on referring to the tenant.
    db::values none;
    CO_TRY(co_await db::tenant_access::query(open, "SELECT 1 FROM {tenants} WHERE id = $1 FOR NO KEY UPDATE",
                                             std::move(none)));
    co_return result<void>();
}

task<result<void>> check_ancestors(db::tenant_transaction& open, std::string_view table, std::string_view column,
                                   std::string_view singular, uuid id, uuid parent, std::string_view pointer,
                                   field_errors& errors) {
    const std::string where(pointer);  // the caller's texts may be temporaries
    const std::string what(singular);
    const std::string up = quoted(column);
    const std::string rows = quoted(table);
    const std::string text = "WITH RECURSIVE above(id, up) AS (SELECT \"id\", " + up + " FROM " + rows + " WHERE " +
                             std::string(of_tenant) + " AND \"id\" = $2 UNION SELECT r.\"id\", r." + up + " FROM " +
                             rows + " AS r JOIN above ON r.\"id\" = above.up WHERE r." + std::string(of_tenant) +
                             ") SELECT 1 FROM above WHERE above.id = $3";
    CO_TRY(co_await wait_for_moves(open));
    auto parameters = db::args(parent, id);
    CO_TRY_ASSIGN(const db::rows found, co_await db::tenant_access::query(open, text, std::move(parameters)));
    if (!found.empty()) errors.add(where, "would make this " + what + " its own ancestor");
    co_return result<void>();
}

}  // namespace tenon::records
