// {{plural_title}} in the database: the statements, and rows to values.
#include "storage/{{snake}}_repository.hpp"

#include <array>
#include <utility>
{{#has_targets}}

{{/has_targets}}
{{#target_files}}
#include "storage/{{.}}.hpp"
{{/target_files}}

#include <tenon/db/record.hpp>
#include <tenon/db/sql.hpp>
{{#has_user_references}}
#include <tenon/tenancy/references.hpp>
{{/has_user_references}}

namespace {{service.space}}::storage::{{space}} {

namespace {

using tenon::db::tenant_sql;

constexpr tenant_sql find_sql = R"sql(
SELECT {{select_list}}
FROM "{{table}}"
WHERE "{{tenant.column}}" = $1 AND "id" = $2{{live}})sql";

constexpr tenant_sql find_locked_sql = R"sql(
SELECT {{select_list}}
FROM "{{table}}"
WHERE "{{tenant.column}}" = $1 AND "id" = $2{{live}}
FOR UPDATE)sql";

constexpr tenant_sql insert_sql = R"sql(
INSERT INTO "{{table}}" ("{{tenant.column}}", {{insert_columns}})
VALUES ($1, {{insert_parameters}})
RETURNING {{select_list}})sql";

constexpr tenant_sql update_sql = R"sql(
UPDATE "{{table}}"
SET {{update_assignments}}
WHERE "{{tenant.column}}" = $1 AND "id" = $2 AND "version" = $3{{live}}
RETURNING {{select_list}})sql";

{{#has_restricting}}
constexpr tenant_sql referenced_sql = R"sql(
SELECT 1
WHERE {{#restricting}}EXISTS (SELECT 1 FROM "{{table}}" WHERE "{{tenant.column}}" = $1 AND "{{column}}" = $2{{live}}){{^last}} OR {{/last}}{{/restricting}})sql";

{{/has_restricting}}
{{#soft_delete}}
constexpr tenant_sql remove_sql = R"sql(
UPDATE "{{table}}"
SET "deleted_at" = $4, "updated_at" = $4, "version" = "version" + 1
WHERE "{{tenant.column}}" = $1 AND "id" = $2 AND "version" = $3{{live}})sql";

constexpr tenant_sql find_deleted_sql = R"sql(
SELECT {{select_list}}
FROM "{{table}}"
WHERE "{{tenant.column}}" = $1 AND "id" = $2 AND "deleted_at" IS NOT NULL
FOR UPDATE)sql";

constexpr tenant_sql restore_sql = R"sql(
UPDATE "{{table}}"
SET "deleted_at" = NULL, "updated_at" = $3, "version" = "version" + 1
WHERE "{{tenant.column}}" = $1 AND "id" = $2 AND "deleted_at" IS NOT NULL
RETURNING {{select_list}})sql";
{{/soft_delete}}
{{^soft_delete}}
constexpr tenant_sql remove_sql = R"sql(
DELETE FROM "{{table}}"
WHERE "{{tenant.column}}" = $1 AND "id" = $2 AND "version" = $3)sql";
{{/soft_delete}}
{{#is_target}}

constexpr tenant_sql exists_sql = R"sql(
SELECT 1
FROM "{{table}}"
WHERE "{{tenant.column}}" = $1 AND "id" = $2{{live}}
FOR KEY SHARE)sql";
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

/// Notes what cannot be read, for callers who replace or delete it.
tenon::result<domain::{{type}}> only_row(const tenon::db::rows& found, tenon::db::unreadable& broken) {
    if (found.empty()) return tenon::error(tenon::errc::not_found, "There is no such {{lower_title}}.");
    const auto row = found[0];
    tenon::db::record_reader reader(row, broken);
    auto out = from_row(reader);
    broken.report("{{table}}", shape.select_list, row);
    return out;
}

tenon::result<domain::{{type}}> only_row(const tenon::db::rows& found) {
    tenon::db::unreadable broken;
    auto out = only_row(found, broken);
    TRY(broken.check("{{lower_title}}", shape.select_list));
    return out;
}

tenon::error changed_meanwhile() {
    return tenon::error(tenon::errc::precondition_failed, "The {{lower_title}} has been changed in the meantime.");
}

}  // namespace

const tenon::paging::list_shape shape{
    R"sql({{select_list}})sql",
    "{{table}}",
    "{{tenant.column}}",
    {{#has_filters}}filters{{/has_filters}}{{^has_filters}}{}{{/has_filters}},
    {{#has_search}}searched{{/has_search}}{{^has_search}}{}{{/has_search}},
    sorts,
    {{#soft_delete}}true{{/soft_delete}}{{^soft_delete}}false{{/soft_delete}},
    {{row_bytes_max}},  // bytes of a row, at most
};

tenon::task<tenon::result<tenon::paging::page<domain::{{type}}>>> list(tenon::db::tenant_session database,
    const tenon::paging::list_request& request,
    const tenon::paging::cursor_codec& cursors) {
    auto statement = request.statement(shape);
    CO_TRY_ASSIGN(auto found, co_await database.query(std::move(statement)));
    co_return tenon::paging::make_page<domain::{{type}}>(found, request, cursors, from_row);
}

tenon::task<tenon::result<domain::{{type}}>> find(tenon::db::tenant_session database, tenon::id<domain::{{type}}> id) {
    auto args = tenon::db::args(id);
    CO_TRY_ASSIGN(auto found, co_await database.query(find_sql, std::move(args)));
    co_return only_row(found);
}

tenon::task<tenon::result<domain::{{type}}>> find(tenon::db::tenant_transaction& open, tenon::id<domain::{{type}}> id) {
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
    return broken.check("{{lower_title}}", shape.select_list);
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
    CO_TRY(broken.fail_write(open, shape.select_list));
    domain::{{type}} sent;
    sent.id = id;
    {{#fields}}
    sent.{{cpp_member}} = input.{{cpp_member}};
    {{/fields}}
    sent.created_by = creator;
    sent.created_at = sent.updated_at = now;
    co_return sent;
}

tenon::task<tenon::result<domain::{{type}}>> update(tenon::db::tenant_transaction& open, const domain::{{type}}& changed) {
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
    CO_TRY(broken.fail_write(open, shape.select_list));
    domain::{{type}} sent = changed;
    sent.updated_at = now;
    ++sent.version;
    co_return sent;
}

tenon::task<tenon::result<void>> remove(tenon::db::tenant_transaction& open, tenon::id<domain::{{type}}> id,
    std::int64_t version) {
    {{#has_restricting}}
    auto wanted = tenon::db::args(id);
    CO_TRY_ASSIGN(auto referring, co_await open.query(referenced_sql, std::move(wanted)));
    if (!referring.empty()) {
        co_return tenon::error(tenon::errc::conflict, "Something still refers to this {{lower_title}}.", "reference");
    }
    {{/has_restricting}}
    auto args = tenon::db::args(id, version{{#soft_delete}}, tenon::instant::now(){{/soft_delete}});
    CO_TRY_ASSIGN(auto written, co_await open.query(remove_sql, std::move(args)));
    if (written.affected() == 0) co_return changed_meanwhile();
    co_return tenon::result<void>();
}
{{#soft_delete}}

tenon::task<tenon::result<domain::{{type}}>> find_deleted(tenon::db::tenant_transaction& open, tenon::id<domain::{{type}}> id) {
    auto args = tenon::db::args(id);
    CO_TRY_ASSIGN(auto found, co_await open.query(find_deleted_sql, std::move(args)));
    co_return only_row(found);
}

tenon::task<tenon::result<domain::{{type}}>> restore(tenon::db::tenant_transaction& open, tenon::id<domain::{{type}}> id) {
    auto args = tenon::db::args(id, tenon::instant::now());
    CO_TRY_ASSIGN(auto written, co_await open.query(restore_sql, std::move(args)));
    co_return only_row(written);
}
{{/soft_delete}}
{{#has_references}}

tenon::task<tenon::result<void>> check_references(tenon::db::tenant_transaction& open,
    const domain::new_{{snake}}& input) {
    tenon::field_errors errors;
    {{#reference_fields}}
    {{#optional}}
    if (input.{{cpp_member}}) CO_TRY(co_await {{check_function}}(open, *input.{{cpp_member}}, "/{{member}}", errors));
    {{/optional}}
    {{^optional}}
    CO_TRY(co_await {{check_function}}(open, input.{{cpp_member}}, "/{{member}}", errors));
    {{/optional}}
    {{/reference_fields}}
    if (!errors.empty()) co_return tenon::error(std::move(errors));
    co_return tenon::result<void>();
}

tenon::task<tenon::result<void>> check_references(tenon::db::tenant_transaction& open,
    const domain::{{snake}}_changes& input) {
    tenon::field_errors errors;
    {{#changeable_reference_fields}}
    {{#optional}}
    if (input.{{cpp_member}}.present() && input.{{cpp_member}}.value()) {
        CO_TRY(co_await {{check_function}}(open, *input.{{cpp_member}}.value(), "/{{member}}", errors));
    }
    {{/optional}}
    {{^optional}}
    if (input.{{cpp_member}}.present()) {
        CO_TRY(co_await {{check_function}}(open, input.{{cpp_member}}.value(), "/{{member}}", errors));
    }
    {{/optional}}
    {{/changeable_reference_fields}}
    {{^changeable_reference_fields}}
    static_cast<void>(open), static_cast<void>(input);
    {{/changeable_reference_fields}}
    if (!errors.empty()) co_return tenon::error(std::move(errors));
    co_return tenon::result<void>();
}
{{/has_references}}
{{#is_target}}

tenon::task<tenon::result<void>> check_exists(tenon::db::tenant_transaction& open, tenon::id<domain::{{type}}> id,
    std::string_view pointer, tenon::field_errors& errors) {
    auto args = tenon::db::args(id);
    CO_TRY_ASSIGN(auto found, co_await open.query(exists_sql, std::move(args)));
    if (found.empty()) errors.add(pointer, "names no {{lower_title}} of this {{tenant.lower_title}}");
    co_return tenon::result<void>();
}
{{/is_target}}

}  // namespace {{service.space}}::storage::{{space}}
