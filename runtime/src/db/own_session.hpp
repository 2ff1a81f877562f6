// Statements of the runtime itself, over tables whose names depend on the product's word for its tenant.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "db/backend.hpp"

namespace tenon::db {

/// Replaces `{tenants}` by the tenant table and `{tenant_id}` by the tenant column, both quoted.
std::string with_names(std::string_view text, const tenant_names& names);

/// An open transaction of the runtime. Rolled back when dropped without commit; committed, its connection is free for
/// others, and nothing may be asked any more. Move-only.
class own_transaction {
  public:
    own_transaction(std::unique_ptr<backend_transaction> open, backend& database, const row_scope& whose,
                    std::chrono::steady_clock::time_point deadline, user_id caller)
        : open_(std::move(open)), backend_(&database), whose_(whose), deadline_(deadline), caller_(caller) {}

    task<result<rows>> query(std::string_view text, values parameters);
    task<result<rows>> query_in_tenant(std::string_view text, values parameters);
    task<result<void>> commit();

  private:
    std::unique_ptr<backend_transaction> open_;
    backend* backend_;
    row_scope whose_;
    std::chrono::steady_clock::time_point deadline_;
    user_id caller_;
};

/// For tables of the runtime, some of which belong to no tenant: the parameters begin at $1. `…_in_tenant` (requires a
/// tenant): $1 is that tenant and the parameters begin at $2, as in a tenant_session. For reads and writes see
/// statement::is_read.
class own_session {
  public:
    /// `caller`: the user who asks, where `whose` must not name them because it would show their own rows as well.
    /// Without either it is nobody, with whom all of the tenant's background work takes turns.
    own_session(backend& database, std::chrono::steady_clock::time_point deadline, const row_scope& whose,
                user_id caller = user_id())
        : backend_(&database), whose_(whose), deadline_(deadline), caller_(caller) {}

    task<result<rows>> read(std::string_view text, values parameters);
    task<result<rows>> read_in_tenant(std::string_view text, values parameters);
    task<result<rows>> write(std::string_view text, values parameters);
    task<result<rows>> write_in_tenant(std::string_view text, values parameters);
    task<result<own_transaction>> begin();

  private:
    statement made(std::string_view text, values parameters) const;

    backend* backend_;
    row_scope whose_;
    std::chrono::steady_clock::time_point deadline_;
    user_id caller_;
};

}  // namespace tenon::db
