// Sessions: who a statement is for, and until when it may take.
#include <tenon/db/select.hpp>
#include <tenon/db/session.hpp>

#include "db/backend.hpp"

namespace tenon::db {

task<result<void>> backend::can_store(std::chrono::steady_clock::time_point) {
    co_return result<void>();
}

task<result<rows>> tenant_session::read(tenant_sql sql, values parameters) {
    statement asked(std::string(sql.text()), std::move(parameters), tenant_, deadline_);
    asked.caller = caller_.value;
    asked.is_read = true;
    return backend_->run(std::move(asked));
}

task<result<rows>> tenant_session::write(tenant_sql sql, values parameters) {
    statement asked(std::string(sql.text()), std::move(parameters), tenant_, deadline_);
    asked.caller = caller_.value;
    return backend_->run(std::move(asked));
}

namespace {

statement as_statement(const select_statement& select, tenant_id tenant, user_id caller,
                       std::chrono::steady_clock::time_point deadline) {
    statement out(select.text(), select.parameters(), tenant, deadline);
    out.caller = caller.value;
    out.is_read = true;
    out.is_search = select.is_search();
    out.is_page = select.is_page();
    out.page_bytes_max = select.page_bytes_max();
    return out;
}

}  // namespace

task<result<rows>> tenant_session::read(select_statement select) {
    return backend_->run(as_statement(select, tenant_, caller_, deadline_));
}

namespace {

// A free function over a copy: the session that `begin` was called on may be a temporary, gone when this starts.
task<result<tenant_transaction>> begun_by(task<result<std::unique_ptr<backend_transaction>>> opening,
                                          tenant_session session) {
    auto begun = co_await opening;
    if (!begun) co_return unexpected(std::move(begun).error());
    co_return tenant_transaction(std::move(*begun), session);
}

}  // namespace

task<result<tenant_transaction>> tenant_session::begin() {
    return begun_by(backend_->begin(tenant_, deadline_), *this);
}

tenant_transaction::tenant_transaction(std::unique_ptr<backend_transaction> open, tenant_session session)
    : open_(std::move(open)), session_(session) {}
tenant_transaction::tenant_transaction(tenant_transaction&&) noexcept = default;
tenant_transaction& tenant_transaction::operator=(tenant_transaction&&) noexcept = default;
tenant_transaction::~tenant_transaction() = default;

task<result<rows>> tenant_transaction::query(tenant_sql sql, values parameters) {
    statement asked(std::string(sql.text()), std::move(parameters), session_.tenant_, session_.deadline_);
    asked.caller = session_.caller_.value;
    return open_->run(std::move(asked));
}

task<result<rows>> tenant_transaction::query(select_statement select) {
    return open_->run(as_statement(select, session_.tenant_, session_.caller_, session_.deadline_));
}

void tenant_transaction::commit_with_next() {
    open_->commit_with_next();
}

bool tenant_transaction::is_committed() const {
    return open_->is_committed();
}

task<result<void>> tenant_transaction::commit() {
    return open_->commit();
}

task<result<rows>> system_session::read(std::string text, values parameters) {
    statement asked(std::move(text), std::move(parameters), row_scope::of_service(), deadline_);
    asked.is_read = true;
    return backend_->run(std::move(asked));
}

task<result<rows>> system_session::write(std::string text, values parameters) {
    return backend_->run(statement(std::move(text), std::move(parameters), row_scope::of_service(), deadline_));
}

task<result<std::unique_ptr<backend_transaction>>> system_session::begin() {
    return backend_->begin(row_scope::of_service(), deadline_);
}

}  // namespace tenon::db
