// What stands in the way of a deletion, counted and said as far as the caller may see it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <tenon/records/deletion.hpp>

#include "records/reach.hpp"

namespace tenon::records {

/// The rows of a kind that a deletion takes: the text of a list of ids, of which $2 is the record.
using taken_ids = std::function<std::string(kind_number)>;

/// One statement over everything that refers by `restrict` to what a deletion takes and does not go itself; empty when
/// nothing can. $2 is the record, $3 the caller. Rows: kind, how many, and how many the caller has created; each number
/// is at most one more than are told. `before` comes before the statement: `WITH …`.
std::string blocking_rows(const graph& all, const std::vector<kind_number>& reached, const taken_ids& taken,
                          deletion how, std::string_view before = {});

/// errc::conflict unless `found`, the answer to `blocking_rows`, has nothing.
result<void> check_nothing_blocks(const record& what, const db::rows& found, access::viewer who);

/// "Something still refers to this project."
error blocked_by_something(const record& what);

}  // namespace tenon::records
