// What a database must offer to the sessions. SQLite today; made so that PostgreSQL can pipeline a request's
// statements.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tenon/core/error.hpp>
#include <tenon/core/task.hpp>
#include <tenon/core/tenant_names.hpp>
#include <tenon/core/uuid.hpp>
#include <tenon/db/sql.hpp>
#include <tenon/db/value.hpp>

namespace tenon::db {

/// Deadlines and waits are measured on it.
using clock = std::chrono::steady_clock;

/// Whose rows a statement may see and write. PostgreSQL's row-level security gets it as app.tenant, app.user and
/// app.scope, and permits the rows that one of them has a right to; a session that sets none of them gets no rows.
/// Every scope names somebody. SQLite has no row-level security: there only the statements' own conditions count.
class row_scope {
  public:
    row_scope(tenant_id t) : tenant_(t) {}
    /// A user at work in a tenant, or in none: the tenant's rows, and the user's own; which tenants they are a member
    /// of is seen in none.
    row_scope(std::optional<tenant_id> t, user_id u) : tenant_(t), user_(u) {}
    static row_scope of_user(user_id u) { return row_scope(std::nullopt, u); }
    /// What the runtime does for itself: finding an account by its address, sweeping.
    static row_scope of_service() { return row_scope(); }
    /// The service's rows as well.
    row_scope and_service() const {
        row_scope out = *this;
        out.service_ = true;
        return out;
    }

    const std::optional<tenant_id>& tenant() const { return tenant_; }
    const std::optional<user_id>& user() const { return user_; }
    bool service() const { return service_; }

  private:
    row_scope() : service_(true) {}

    std::optional<tenant_id> tenant_;
    std::optional<user_id> user_;
    bool service_ = false;
};

/// One statement on its way to the database. `text` uses $n. With a tenant, `parameters` begin at $2 and the backend
/// binds the tenant as $1; without, at $1. Its scope counts where it is its own transaction; a statement in an open
/// transaction has that one's scope.
struct statement {
    std::string text;
    values parameters;
    row_scope whose;
    std::optional<tenant_id> tenant;  ///< Bound as $1: that of `whose`, or none.
    std::chrono::steady_clock::time_point deadline;
    /// Who asks: at first the user of `whose`. Where much waits, callers take turns, and lists of one never take all
    /// that reads; a transaction's first statement says whose it is, and those of one caller never hold all
    /// connections. Nil: nobody; strangers and the service take turns as one.
    uuid caller;
    /// The caller's word that it changes nothing. A read may run twice: it is asked again, on another connection, when
    /// its own breaks or hangs. A write runs once at most. Counts outside of open transactions, which repeat nothing.
    bool is_read = false;
    bool is_search = false;  ///< Has to look into every row.
    bool is_page = false;    ///< Answered with the first rows only when all would take too many bytes (open_options).
    std::size_t page_bytes_max = 0;  ///< What a page's rows take at most; 0: nobody knows.

    statement(std::string t, values p, const row_scope& w, std::chrono::steady_clock::time_point d)
        : text(std::move(t)),
          parameters(std::move(p)),
          whose(w),
          tenant(w.tenant()),
          deadline(d),
          caller(w.user() ? w.user()->value : uuid()) {}
};

/// An open transaction on a connection of its own. Rolled back when destroyed without commit.
class backend_transaction {
  public:
    virtual ~backend_transaction() = default;
    virtual task<result<rows>> run(statement s) = 0;
    /// See tenant_transaction.
    virtual void commit_with_next() = 0;
    virtual task<result<void>> commit() = 0;
    /// See tenant_transaction.
    virtual bool is_committed() const = 0;
};

/// What a statement or a transaction has waited for: a connection that others had. "reader", "writer", "transaction".
using wait_report = std::function<void(std::string_view connection, std::chrono::nanoseconds time)>;

/// Thread-safe: called from every loop.
class backend {
  public:
    virtual ~backend() = default;
    /// One statement in its own (implicit) transaction.
    virtual task<result<rows>> run(statement s) = 0;
    virtual task<result<std::unique_ptr<backend_transaction>>> begin(
        row_scope whose, std::chrono::steady_clock::time_point deadline) = 0;
    virtual std::string_view dialect() const = 0;  ///< "sqlite" or "postgres"
    /// errc::unavailable while changes are known to fail for want of space, or by a disk that fails. Tries a change
    /// when the last one failed, once a second at most. A backend that wraps another one hands it on.
    virtual task<result<void>> can_store(std::chrono::steady_clock::time_point deadline);
    /// Called, from any thread, for each wait that has ended; what found a free connection is not told. Set once,
    /// before the first request. A backend that wraps another one hands it on.
    virtual void report_waits(wait_report) {}
    /// Resolves when no statement is under way any more; new ones are refused with errc::unavailable.
    virtual task<void> drain() = 0;

    /// The product's word for its tenant, for the runtime's own statements inside tenant transactions. Set once, while
    /// the service is put together (by tenants::directory), before the first request.
    /// A backend that wraps another one hands it on.
    virtual void name_tenants(const tenant_names& names) { tenants_ = names; }
    const tenant_names& tenants() const { return tenants_; }

  private:
    tenant_names tenants_;
};

/// For what the service does for itself. Generated code never sees one.
class system_session {
  public:
    system_session(backend& database, std::chrono::steady_clock::time_point deadline)
        : backend_(&database), deadline_(deadline) {}
    /// See statement::is_read.
    task<result<rows>> read(std::string text, values parameters);
    task<result<rows>> write(std::string text, values parameters);
    task<result<std::unique_ptr<backend_transaction>>> begin();
    std::chrono::steady_clock::time_point deadline() const { return deadline_; }

  private:
    backend* backend_;
    std::chrono::steady_clock::time_point deadline_;
};

/// What is asked of a database when it is opened; connections, loops and pooler are for PostgreSQL alone.
struct open_options {
    std::size_t connections = 24;  ///< Of all loops together, each of which gets its share, and 5 at least.
    std::size_t loops = 1;
    std::chrono::milliseconds list_time{3'000};  ///< For one list, from when the database begins with it.
    std::size_t page_bytes = 1024 * 1024;  ///< Of a list's page, as the database gives them; one row comes anyway.
    bool pooler = false;  ///< Transactions come to different connections of the server: nothing is prepared.
};

}  // namespace tenon::db
