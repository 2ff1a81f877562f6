// The only way to the database for a product: a session bound to one tenant.
#pragma once

#include <chrono>
#include <memory>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/db/sql.hpp>
#include <tenon/db/value.hpp>

namespace tenon::db {

class backend;
class backend_transaction;
class select_statement;  // <tenon/db/select.hpp>
class tenant_transaction;
struct tenant_access;  // the runtime's own statements

/// Runs statements for exactly one tenant. Cheap to copy; not thread-safe; every statement ends by the deadline with
/// errc::deadline_exceeded. Statement errors: errc::conflict (unique or foreign key; kind "unique" or "reference"),
/// errc::unavailable (no connection, busy), errc::internal (anything else: a bug in the SQL).
class tenant_session {
  public:
    /// `caller`: who asks. Where much waits, callers take turns, and what one asks for never takes all connections.
    tenant_session(backend& database, tenant_id tenant, std::chrono::steady_clock::time_point deadline,
                   user_id caller = user_id())
        : backend_(&database), tenant_(tenant), caller_(caller), deadline_(deadline) {}

    tenant_id tenant() const { return tenant_; }

    /// One statement that changes nothing, its own transaction. `parameters` are $2, $3 …. It may run twice: it is
    /// asked again, on another connection, when its own breaks or hangs. What calls a function that changes something,
    /// or locks rows, is a `write`; as a read it is errc::internal on SQLite.
    task<result<rows>> read(tenant_sql statement, values parameters);
    /// A statement put together by `select_statement`, which always filters by the tenant.
    task<result<rows>> read(select_statement statement);
    /// One statement, its own transaction, that runs once at most. Whether it ran is unknown after errc::unavailable
    /// and errc::deadline_exceeded. Parameters as in `read`.
    task<result<rows>> write(tenant_sql statement, values parameters);
    /// Opens a transaction (SQLite: its first statement takes the single writer). Dropping it without `commit` rolls it
    /// back.
    task<result<tenant_transaction>> begin();

  private:
    friend class tenant_transaction;
    friend struct tenant_access;
    backend* backend_;
    tenant_id tenant_;
    user_id caller_;
    std::chrono::steady_clock::time_point deadline_;
};

/// An open transaction for one tenant. Move-only.
class tenant_transaction {
  public:
    tenant_transaction(std::unique_ptr<backend_transaction> open, tenant_session session);
    tenant_transaction(tenant_transaction&&) noexcept;
    tenant_transaction& operator=(tenant_transaction&&) noexcept;
    ~tenant_transaction();

    tenant_id tenant() const { return session_.tenant(); }
    /// Reads and writes alike: nothing in a transaction is asked again. `parameters` are $2, $3 ….
    task<result<rows>> query(tenant_sql statement, values parameters);
    task<result<rows>> query(select_statement statement);
    /// Says that the next statement is the last, so that it may be committed in the trip that brings it: its answer is
    /// the outcome of both. `commit` is still called behind it, and anything else is errc::internal. Only for a
    /// statement whose answer, unless an error, never makes the caller want it undone.
    void commit_with_next();
    task<result<void>> commit();
    /// True once nothing can be undone any more: the last statement has brought its commit along.
    bool is_committed() const;

  private:
    friend struct tenant_access;
    std::unique_ptr<backend_transaction> open_;
    tenant_session session_;
};

}  // namespace tenon::db
