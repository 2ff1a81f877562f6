// Records in trees: none is its own ancestor.
#pragma once

#include <string_view>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/db/session.hpp>

namespace tenon::records {

/// Until `open` ends, nobody else moves records in trees of this tenant. Called before rows are locked, so that two
/// moves wait for one another instead of each for the other's row. Calling it again does nothing.
task<result<void>> wait_for_moves(db::tenant_transaction& open);

/// Adds an error under `pointer` when `id` is `parent` or one of its ancestors. `column` of `table` names the parent;
/// `singular` is the record's name for people. Waits for moves.
task<result<void>> check_ancestors(db::tenant_transaction& open, std::string_view table, std::string_view column,
                                   std::string_view singular, uuid id, uuid parent, std::string_view pointer,
                                   field_errors& errors);

}  // namespace tenon::records
