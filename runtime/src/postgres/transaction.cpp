// Statements of an explicit transaction, and its end.
#include "postgres/transaction.hpp"

#include "db/parameter_columns.hpp"
#include "db/unique_error.hpp"
#include "postgres/values.hpp"

namespace tenon::db {

result<postgres_unit_ptr> make_postgres_unit(statement& s) {
    auto out = std::make_shared<postgres_unit>(std::move(s.text), s.deadline);
    if (s.tenant) out->values.add(s.tenant->to_string());
    for (const value& each : s.parameters) {
        auto added = add_parameter(out->values, each);
        if (added) continue;
        const std::string_view column = column_of_parameter(out->text, out->values.size() + 1);
        if (!column.empty()) added.error().fields.push_back({"/" + std::string(column), "must not hold U+0000"});
        return std::move(added).error();
    }
    return out;
}

/// A read of its own, outside of any transaction; null when it cannot be asked any more.
postgres_unit_ptr submit_read(postgres_engine& engine, statement& what) {
    auto unit = make_postgres_unit(what);
    if (!unit || engine.is_closed()) return nullptr;
    (*unit)->kind = postgres_kind::read;
    engine.submit(*unit);
    return *unit;
}

task<void> name_taken_columns(postgres_engine_ptr engine, postgres_unit_ptr failed, error& taken,
                              std::string_view tenant_column) {
    statement lookup(
        "SELECT a.attname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
        "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) "
        "WHERE n.nspname = $1 AND c.relname = $2 ORDER BY array_position(i.indkey::int2[], a.attnum)",
        args(failed->violated.schema, failed->violated.name), row_scope::of_service(), failed->deadline);
    const postgres_unit_ptr asked = submit_read(*engine, lookup);
    if (!asked) co_return;
    postgres_answer answer(asked);
    const result<rows> found = co_await answer;
    for (std::size_t i = 0; found && i < found->size(); ++i)
        taken.fields.push_back(field_error{"/" + (*found)[i].get<std::string>(0), "is already taken"});
    describe_taken(taken, tenant_column);
}

/// Of the columns that any index of the table holds, the one that was given the longest value; the server does not
/// always say which index it was.
task<void> name_long_column(postgres_engine_ptr engine, postgres_unit_ptr failed, error& refused) {
    field_errors errors;
    statement lookup(
        "SELECT DISTINCT a.attname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
        "JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) "
        "WHERE i.indrelid = to_regclass($1) AND $2::text IN ('', c.relname::text)",
        args("\"" + std::string(written_table(failed->text)) + "\"", failed->violated.name), row_scope::of_service(),
        failed->deadline);
    const postgres_unit_ptr asked = submit_read(*engine, lookup);
    if (!asked) co_return;
    postgres_answer answer(asked);
    const result<rows> found = co_await answer;
    std::size_t longest = 0;
    std::string pointer;
    const std::vector<const char*>& given = failed->values.pointers();
    for (std::size_t i = 0; found && i < given.size(); ++i) {
        const std::string_view column = column_of_parameter(failed->text, i + 1);
        const auto is_it = [&](std::size_t row) { return (*found)[row].get<std::string>(0) == column; };
        bool indexed = false;
        for (std::size_t row = 0; row < found->size(); ++row) indexed = indexed || is_it(row);
        const std::size_t length = indexed && given[i] ? std::string_view(given[i]).size() : 0;
        if (length <= longest) continue;
        longest = length;
        pointer = "/" + std::string(column);
    }
    errors.add(pointer, "is too long to be sorted by or to be unique");
    refused = error(std::move(errors));
}

postgres_transaction::~postgres_transaction() {
    // Closed, the engine has closed the connection, and the server rolled back.
    if (!engine_->is_closed()) engine_->transactions().end(lease_);
}

task<result<rows>> postgres_transaction::run(statement s) {
    if (failed_) co_return error(errc::internal, "a statement after one that failed, in the same transaction");
    if (committed_) co_return error(errc::internal, "a statement after the one that was to be the last");
    if (engine_->is_closed()) co_return shutting_down();
    failed_ = true;  // until it is known to have gone well
    CO_TRY_ASSIGN(const postgres_unit_ptr unit, make_postgres_unit(s));
    unit->caller = s.caller;
    if (s.is_page) unit->page = {engine_->page_bytes(), s.page_bytes_max};
    // The only statement of a transaction is free to share the commit of others.
    auto running = carry_out(unit, next_commits_ && !postgres_pool::has_begun(*lease_));
    result<rows> out = co_await running;
    failed_ = !out;
    co_return out;
}

task<result<rows>> postgres_transaction::run_alone(statement s) {
    next_commits_ = true;
    CO_TRY_ASSIGN(const postgres_unit_ptr unit, make_postgres_unit(s));
    unit->caller = s.caller;
    result<rows> out = co_await carry_out(unit, false);
    co_return out;
}

task<result<rows>> postgres_transaction::carry_out(postgres_unit_ptr unit, bool in_company) {
    in_company ? submit_in_company(unit) : submit_here(unit);
    postgres_answer answer(unit);
    result<rows> out = co_await answer;
    if (unit->asked.alone && !engine_->is_closed()) {
        auto again = std::make_shared<postgres_unit>(std::move(unit->text), unit->deadline);
        again->values = std::move(unit->values);
        again->page = unit->page;
        again->caller = unit->caller;
        out = co_await carry_out(again, false);
        co_return out;
    }
    committed_ = out && next_commits_;
    if (committed_ && !in_company && !engine_->is_closed()) engine_->transactions().committed(lease_);
    if (!out && out.error().kind == "unique") co_await name_taken_columns(engine_, unit, out.error(), tenant_column_);
    if (!out && out.error().kind == "too_long") co_await name_long_column(engine_, unit, out.error());
    co_return out;
}

void postgres_transaction::submit_in_company(const postgres_unit_ptr& unit) {
    unit->whose = lease_->whose;
    unit->kind = postgres_kind::shared;
    engine_->submit(unit);
}

void postgres_transaction::submit_here(const postgres_unit_ptr& unit) {
    unit->kind = next_commits_ ? postgres_kind::last : postgres_kind::step;
    engine_->transactions().run(lease_, unit);
}

task<result<void>> postgres_transaction::commit() {
    if (failed_) co_return error(errc::internal, "a commit after a statement that failed");
    if (committed_) co_return result<void>();
    failed_ = true;  // nothing may follow
    if (!postgres_pool::has_begun(*lease_)) co_return result<void>();
    if (engine_->is_closed()) co_return shutting_down();
    auto unit = std::make_shared<postgres_unit>("COMMIT", lease_->deadline);
    unit->kind = postgres_kind::commit;
    engine_->transactions().run(lease_, unit);
    postgres_answer answer(unit);
    const result<rows> out = co_await answer;
    if (!out) co_return error(out.error());
    engine_->transactions().committed(lease_);
    co_return result<void>();
}

}  // namespace tenon::db
