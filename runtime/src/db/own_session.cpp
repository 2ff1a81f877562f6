// The runtime's own statements: names filled in, tenant bound.
#include "db/own_session.hpp"

#include <algorithm>

namespace tenon::db {
namespace {

void append_quoted(std::string& out, std::string_view name) {
    out += '"';
    for (char c : name) out.append(c == '"' ? "\"\"" : std::string_view(&c, 1));
    out += '"';
}

task<result<own_transaction>> begun(backend& database, std::chrono::steady_clock::time_point deadline, row_scope whose,
                                    user_id caller) {
    auto open = co_await database.begin(whose, deadline);
    if (!open) co_return unexpected(std::move(open).error());
    co_return own_transaction(std::move(*open), database, whose, deadline, caller);
}

statement by_caller(statement asked, user_id caller) {
    if (caller != user_id()) asked.caller = caller.value;
    return asked;
}

statement without_tenant(statement asked) {
    asked.tenant.reset();
    return asked;
}

statement as_read(statement asked) {
    asked.is_read = true;
    return asked;
}

task<result<void>> committed(std::unique_ptr<backend_transaction> open) {
    result<void> out = co_await open->commit();
    co_return out;
}

}  // namespace

std::string with_names(std::string_view text, const tenant_names& names) {
    constexpr std::string_view table = "{tenants}";
    constexpr std::string_view column = "{tenant_id}";
    std::string out;
    out.reserve(text.size() + 32);
    while (!text.empty()) {
        const std::size_t brace = std::min(text.find('{'), text.size());
        out.append(text.substr(0, brace));
        text.remove_prefix(brace);
        if (text.starts_with(table)) {
            append_quoted(out, names.table);
            text.remove_prefix(table.size());
        } else if (text.starts_with(column)) {
            append_quoted(out, names.column);
            text.remove_prefix(column.size());
        } else if (!text.empty()) {
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out;
}

task<result<rows>> own_transaction::query(std::string_view text, values parameters) {
    statement asked(with_names(text, backend_->tenants()), std::move(parameters), whose_, deadline_);
    return open_->run(by_caller(without_tenant(std::move(asked)), caller_));
}
task<result<rows>> own_transaction::query_in_tenant(std::string_view text, values parameters) {
    statement asked(with_names(text, backend_->tenants()), std::move(parameters), whose_, deadline_);
    return open_->run(by_caller(std::move(asked), caller_));
}

task<result<void>> own_transaction::commit() {
    return committed(std::move(open_));
}

statement own_session::made(std::string_view text, values parameters) const {
    statement out(with_names(text, backend_->tenants()), std::move(parameters), whose_, deadline_);
    return by_caller(std::move(out), caller_);
}

task<result<rows>> own_session::read(std::string_view text, values parameters) {
    return backend_->run(as_read(without_tenant(made(text, std::move(parameters)))));
}
task<result<rows>> own_session::read_in_tenant(std::string_view text, values parameters) {
    return backend_->run(as_read(made(text, std::move(parameters))));
}
task<result<rows>> own_session::write(std::string_view text, values parameters) {
    return backend_->run(without_tenant(made(text, std::move(parameters))));
}
task<result<rows>> own_session::write_in_tenant(std::string_view text, values parameters) {
    return backend_->run(made(text, std::move(parameters)));
}

task<result<own_transaction>> own_session::begin() {
    return begun(*backend_, deadline_, whose_, caller_);
}

}  // namespace tenon::db
