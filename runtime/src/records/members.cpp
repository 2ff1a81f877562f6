// References to users from a tenant's own rows.
#include <tenon/records/members.hpp>

#include "db/backend.hpp"
#include "db/tenant_access.hpp"

namespace tenon::records {

task<result<void>> check_member(db::tenant_transaction& open, user_id user, std::string_view pointer,
                                field_errors& errors) {
    const std::string where(pointer);  // the caller's text may be a temporary
    auto parameters = db::args(user);
    CO_TRY_ASSIGN(const db::rows found, co_await db::tenant_access::query(
                                            open, "SELECT 1 FROM memberships WHERE {tenant_id} = $1 AND user_id = $2",
                                            std::move(parameters)));
    if (found.empty())
        errors.add(where, "names nothing in this " + std::string(db::tenant_access::names(open).singular));
    co_return result<void>();
}

}  // namespace tenon::records
