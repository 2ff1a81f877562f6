// Deleting records with all that follows from it for those that refer to them, and bringing them back.
//
// The rules are in docs/deletion.md. Each function runs inside the caller's transaction and leaves it to be rolled back
// when it fails. Errors: errc::conflict with kind "reference" and a text that names what stands in the way, as far as
// `who` may see it.
#pragma once

#include <cstdint>

#include <tenon/access/viewer.hpp>
#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/db/session.hpp>
#include <tenon/records/graph.hpp>

namespace tenon::records {

/// One record: a row of `all.kinds[kind]`.
struct record {
    const graph& all;
    kind_number kind;
    uuid id;

    record(const graph& a, kind_number k, uuid i) : all(a), kind(k), id(i) {}
};

/// Puts a live record into the bin, and locks it: nobody refers to it anew before the transaction ends.
/// errc::precondition_failed when its version has changed.
task<result<void>> put_into_bin(db::tenant_transaction& open, record what, std::int64_t version, access::viewer who);

/// Takes a record out of the bin, and what went there with it. errc::not_found when it is not there; errc::conflict
/// also when a unique value has been taken since.
task<result<void>> restore(db::tenant_transaction& open, record what, access::viewer who);

/// Deletes a live record for good. errc::precondition_failed when its version has changed.
task<result<void>> erase(db::tenant_transaction& open, record what, std::int64_t version, access::viewer who);

/// Deletes a record of the bin for good. errc::not_found when it is not there.
task<result<void>> purge(db::tenant_transaction& open, record what, access::viewer who);

}  // namespace tenon::records
