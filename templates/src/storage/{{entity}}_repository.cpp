// {{plural_title}} in the database: the statements, and rows to values.
#include "storage/{{snake}}_repository.hpp"

#include <utility>

{{#target_files}}
#include "storage/{{.}}.hpp"
{{/target_files}}

#include <tenon/db/record.hpp>
#include <tenon/db/sql.hpp>
#include <tenon/records/deletion.hpp>
{{#has_user_references}}
#include <tenon/records/members.hpp>
{{/has_user_references}}
{{#has_tree}}
#include <tenon/records/trees.hpp>
{{/has_tree}}
{{#is_target}}
#include <tenon/records/visible.hpp>
{{/is_target}}

namespace {{service.space}}::storage::{{space}} {

namespace {

using tenon::db::tenant_text;

constexpr char columns[] = R"sql(
    {{select_list}})sql";

constexpr tenant_text find_sql("SELECT ", columns, R"sql(
FROM "{{table}}"
WHERE "{{tenant.column}}" = $1 AND "id" = $2{{live}})sql");

constexpr tenant_text find_locked_sql("SELECT ", columns, R"sql(
FROM "{{table}}"
WHERE "{{tenant.column}}" = $1 AND "id" = $2{{live}}
FOR UPDATE)sql");

constexpr tenant_text insert_sql(R"sql(
INSERT INTO "{{table}}" ("{{tenant.column}}",
    {{insert_columns}})
VALUES ($1, {{insert_parameters}})
RETURNING )sql",
    columns);

constexpr tenant_text update_sql(R"sql(
UPDATE "{{table}}"
SET {{update_assignments}}
WHERE "{{tenant.column}}" = $1 AND "id" = $2 AND "version" = $3{{live}}
RETURNING )sql",
    columns);

{{#soft_delete}}
constexpr tenant_text find_deleted_sql("SELECT ", columns, R"sql(
FROM "{{table}}"
WHERE "{{tenant.column}}" = $1 AND "id" = $2 AND "deleted_at" IS NOT NULL
FOR UPDATE)sql");

{{/soft_delete}}
{{#is_target}}
constexpr tenant_text exists_sql(R"sql(
SELECT "created_by"
FROM "{{table}}"
WHERE "{{tenant.column}}" = $1 AND "id" = $2{{live}}
FOR KEY SHARE)sql");

{{/is_target}}
{{#has_filters}}
constexpr tenon::paging::column filters[] = {
    {{#filters}}
    {{initializer}},
    {{/filters}}
};
{{/has_filters}}
constexpr tenon::paging::column sorts[] = {
    {{#sorts}}
    {{initializer}},
    {{/sorts}}
};
{{#has_search}}
constexpr std::string_view searched[] = {{search_initializer}};
{{/has_search}}

domain::{{type}} from_row(tenon::db::record_reader& row) {
    domain::{{type}} out;
    row.read(0, out.id);
    {{#fields}}
    {{read_call}}
    {{/fields}}
    row.read({{created_by_index}}, out.created_by);
    row.read({{created_at_index}}, out.created_at);
    row.read({{updated_at_index}}, out.updated_at);
    row.read({{version_index}}, out.version);
    {{#soft_delete}}
    row.read({{deleted_at_index}}, out.deleted_at);
    {{/soft_delete}}
    return out;
}

/// The same for what is not there, what is in another {{tenant.lower_title}} and what the caller may not see.
tenon::error not_found() {
    return tenon::error(tenon::errc::not_found, "There is nothing under this id.");
}

/// Notes what cannot be read, for callers who replace or delete it.
tenon::result<domain::{{type}}> only_row(const tenon::db::rows& found, tenon::db::unreadable& broken) {
    if (found.empty()) return not_found();
    const auto row = found[0];
    tenon::db::record_reader reader(row, broken);
    auto out = from_row(reader);
    broken.report("{{table}}", columns, row);
    return out;
}

tenon::result<domain::{{type}}> only_row(const tenon::db::rows& found) {
    tenon::db::unreadable broken;
    auto out = only_row(found, broken);
    TRY(broken.check("{{lower_title}}", columns));
    return out;
}

/// As the rules of deletion know it.
tenon::records::record record_of(tenon::id<domain::{{type}}> id) {
    return tenon::records::record(record_graph, {{kind}}, id.value);
}

tenon::error changed_meanwhile() {
    return tenon::error(tenon::errc::precondition_failed, "The {{lower_title}} has been changed in the meantime.");
}

}  // namespace

const tenon::paging::list_shape shape{
    .select_list = columns,
    .table = "{{table}}",
    .tenant_column = "{{tenant.column}}",
    {{#has_filters}}
    .filters = filters,
    {{/has_filters}}
    {{#has_search}}
    .search = searched,
    {{/has_search}}
    .sorts = sorts,
    {{#soft_delete}}
    .soft_delete = true,
    {{/soft_delete}}
    .row_bytes_max = {{row_bytes_max}},
    {{#only_goes_along}}
    .goes_along = true,
    {{/only_goes_along}}
};

tenon::task<tenon::result<tenon::paging::page<domain::{{type}}>>> list(tenon::db::tenant_session database,
    const tenon::paging::list_request& request,
    const tenon::paging::cursor_codec& cursors) {
    auto statement = request.statement(shape);
    CO_TRY_ASSIGN(auto found, co_await database.read(std::move(statement)));
    co_return tenon::paging::make_page<domain::{{type}}>(found, request, cursors, from_row);
}

tenon::task<tenon::result<domain::{{type}}>> find(tenon::db::tenant_session database,
    tenon::id<domain::{{type}}> id, std::optional<tenon::user_id> creator) {
    auto args = tenon::db::args(id);
    CO_TRY_ASSIGN(auto found, co_await database.read(find_sql, std::move(args)));
    auto out = only_row(found);
    if (creator && out && out->created_by != *creator) co_return not_found();
    co_return out;
}

tenon::task<tenon::result<domain::{{type}}>> find(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id) {
    auto args = tenon::db::args(id);
    CO_TRY_ASSIGN(auto found, co_await open.query(find_sql, std::move(args)));
    co_return only_row(found);
}

tenon::task<tenon::result<domain::{{type}}>> find_locked(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id) {
    auto args = tenon::db::args(id);
    CO_TRY_ASSIGN(auto found, co_await open.query(find_locked_sql, std::move(args)));
    co_return only_row(found);
}

tenon::task<tenon::result<domain::{{type}}>> find_locked(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id, tenon::db::unreadable& broken) {
    auto args = tenon::db::args(id);
    CO_TRY_ASSIGN(auto found, co_await open.query(find_locked_sql, std::move(args)));
    co_return only_row(found, broken);
}

tenon::result<void> check_repaired(tenon::db::unreadable broken, const domain::{{snake}}_changes& changes) {
    if (broken.empty()) return {};
    {{#changeable_fields}}
    if (changes.{{cpp_member}}.present()) broken.replaced({{column}});
    {{/changeable_fields}}
    {{^changeable_fields}}
    static_cast<void>(changes);
    {{/changeable_fields}}
    broken.replaced({{updated_at_index}});
    return broken.check("{{lower_title}}", columns);
}

tenon::task<tenon::result<domain::{{type}}>> insert(tenon::db::tenant_transaction& open, tenon::user_id creator,
    const domain::new_{{snake}}& input) {
    const auto now = tenon::instant::now();
    const auto id = tenon::id<domain::{{type}}>::generate();
    auto args = tenon::db::args(
        id,
    {{#fields}}
        {{args_of_input}},
    {{/fields}}
        creator, now);
    CO_TRY_ASSIGN(auto made, co_await open.query(insert_sql, std::move(args)));
    tenon::db::unreadable broken;
    auto stored = only_row(made, broken);
    if (broken.empty()) co_return stored;
    CO_TRY(broken.fail_write(open, columns));
    domain::{{type}} sent;
    sent.id = id;
    {{#fields}}
    sent.{{cpp_member}} = input.{{cpp_member}};
    {{/fields}}
    sent.created_by = creator;
    sent.created_at = sent.updated_at = now;
    co_return sent;
}

tenon::task<tenon::result<domain::{{type}}>> update(tenon::db::tenant_transaction& open,
    const domain::{{type}}& changed) {
    const auto now = tenon::instant::now();
    auto args = tenon::db::args(
        changed.id, changed.version,
    {{#changeable_fields}}
        {{args_of_changed}},
    {{/changeable_fields}}
        now);
    CO_TRY_ASSIGN(auto written, co_await open.query(update_sql, std::move(args)));
    if (written.empty()) co_return changed_meanwhile();
    tenon::db::unreadable broken;
    auto stored = only_row(written, broken);
    if (broken.empty()) co_return stored;
    CO_TRY(broken.fail_write(open, columns));
    domain::{{type}} sent = changed;
    sent.updated_at = now;
    ++sent.version;
    co_return sent;
}

tenon::task<tenon::result<void>> remove(tenon::db::tenant_transaction& open, tenon::id<domain::{{type}}> id,
    std::int64_t version, tenon::access::viewer who) {
    return tenon::records::{{#soft_delete}}put_into_bin{{/soft_delete}}{{^soft_delete}}erase{{/soft_delete}}(open, record_of(id), version, who);
}
{{#soft_delete}}

tenon::task<tenon::result<domain::{{type}}>> find_deleted(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id) {
    auto args = tenon::db::args(id);
    CO_TRY_ASSIGN(auto found, co_await open.query(find_deleted_sql, std::move(args)));
    co_return only_row(found);
}

tenon::task<tenon::result<domain::{{type}}>> restore(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id, tenon::access::viewer who) {
    const auto what = record_of(id);
    CO_TRY(co_await tenon::records::restore(open, what, who));
    co_return co_await find(open, id);
}
{{#has_purge}}

tenon::task<tenon::result<domain::{{type}}>> find_deleted(tenon::db::tenant_transaction& open,
    tenon::id<domain::{{type}}> id, tenon::db::unreadable& broken) {
    auto args = tenon::db::args(id);
    CO_TRY_ASSIGN(auto found, co_await open.query(find_deleted_sql, std::move(args)));
    co_return only_row(found, broken);
}

tenon::task<tenon::result<void>> purge(tenon::db::tenant_transaction& open, tenon::id<domain::{{type}}> id,
    tenon::access::viewer who) {
    return tenon::records::purge(open, record_of(id), who);
}
{{/has_purge}}
{{/soft_delete}}
{{#has_references}}

tenon::task<tenon::result<void>> check_references(tenon::db::tenant_transaction& open,
    const domain::new_{{snake}}& input, [[maybe_unused]] const tenon::access::viewer* who,
    [[maybe_unused]] const domain::new_{{snake}}* sent) {
    tenon::field_errors errors;
    {{#reference_fields}}
    {{#optional}}
    if (input.{{member}}) {
        CO_TRY(co_await {{check_function}}(open, *input.{{member}}, "/{{member}}", errors{{#viewer}},
            {{viewer}}{{/viewer}}));
    }
    {{/optional}}
    {{^optional}}
    CO_TRY(co_await {{check_function}}(open, input.{{member}}, "/{{member}}", errors{{#viewer}},
        {{viewer}}{{/viewer}}));
    {{/optional}}
    {{/reference_fields}}
    if (!errors.empty()) co_return tenon::error(std::move(errors));
    co_return tenon::result<void>();
}

tenon::task<tenon::result<void>> check_references([[maybe_unused]] tenon::db::tenant_transaction& open,
    [[maybe_unused]] const domain::{{snake}}_changes& input, [[maybe_unused]] const domain::{{type}}* current,
    [[maybe_unused]] const tenon::access::viewer* who, [[maybe_unused]] const domain::{{snake}}_changes* sent) {
    tenon::field_errors errors;
    {{#changeable_reference_fields}}
    {{#optional}}
    if (input.{{member}}.changes(current ? &current->{{member}} : nullptr) && input.{{member}}.value()) {
        const auto {{member}} = *input.{{member}}.value();
    {{/optional}}
    {{^optional}}
    if (input.{{member}}.changes(current ? &current->{{member}} : nullptr)) {
        const auto {{member}} = input.{{member}}.value();
    {{/optional}}
        CO_TRY(co_await {{check_function}}(open, {{member}}, "/{{member}}", errors{{#viewer}},
            {{viewer}}{{/viewer}}));
        {{#tree}}
        if (current != nullptr) {
            CO_TRY(co_await tenon::records::check_ancestors(open, "{{table}}", "{{member}}", "{{lower_title}}",
                current->id.value, {{member}}.value, "/{{member}}", errors));
        }
        {{/tree}}
    }
    {{/changeable_reference_fields}}
    if (!errors.empty()) co_return tenon::error(std::move(errors));
    co_return tenon::result<void>();
}
{{/has_references}}
{{#is_target}}

tenon::task<tenon::result<void>> check_exists(tenon::db::tenant_transaction& open, tenon::id<domain::{{type}}> id,
    std::string_view pointer, tenon::field_errors& errors, const tenon::access::viewer* who) {
    auto args = tenon::db::args(id);
    CO_TRY_ASSIGN(auto found, co_await open.query(exists_sql, std::move(args)));
    const bool there = !found.empty() && (who == nullptr || tenon::records::may_see(*who, {{read_number}}, found[0], 0));
    if (!there) errors.add(pointer, "names no {{lower_title}} of this {{tenant.lower_title}}");
    co_return tenon::result<void>();
}
{{/is_target}}

}  // namespace {{service.space}}::storage::{{space}}
