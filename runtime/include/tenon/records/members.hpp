// Checks, inside a transaction, that an id in a request body names something that this tenant can see.
#pragma once

#include <string_view>

#include <tenon/core/task.hpp>
#include <tenon/db/session.hpp>

namespace tenon::records {

/// Adds "names nothing in this <tenant>" under `pointer` when `user` is not a member of the transaction's tenant.
task<result<void>> check_member(db::tenant_transaction& open, user_id user, std::string_view pointer,
                                field_errors& errors);

}  // namespace tenon::records
