// The operations on {{plural_lower_title}}: read the request, ask the repository, write the answer.
#include "api/{{snake}}_handlers.hpp"

#include <utility>

#include "access/permissions.hpp"
#include "api/{{snake}}_json.hpp"
#include "hooks/{{snake}}_hooks.hpp"
#include "storage/{{snake}}_repository.hpp"

#include <tenon/core/check.hpp>
#include <tenon/http/etag.hpp>
{{#has_tree}}
#include <tenon/records/trees.hpp>
{{/has_tree}}
#include <tenon/service/services.hpp>

namespace {{service.space}}::api {

namespace {

namespace {{space}} = storage::{{space}};
using tenon::result;
using tenon::task;
using tenon::http::response;
using tenon::service::tenant_call;

response made(const domain::{{type}}& value) {
    const std::string path = "{{route}}/" + value.id.to_string();
    return tenon::http::created(path, to_json(value)).with("ETag", tenon::http::etag(value.version));
}

/// Deleting{{#has_purge}}, purging{{/has_purge}} and bringing back ask the same of the caller.
result<void> may_remove(const tenant_call& call, const domain::{{type}}& current) {
    {{#hides_rows}}
    TRY(call.require_visible(access::permission::{{read_permission}}, current.created_by));
    {{/hides_rows}}
    {{#own_remove}}
    TRY(call.require_own(current.created_by));
    {{/own_remove}}
    return tenon::http::check_preconditions(call.request(), current.version);
}

}  // namespace

task<result<response>> list_{{plural_snake}}(tenant_call& call) {
    const auto& cursors = call.services().cursors();
    CO_TRY_ASSIGN(auto request, tenon::paging::parse_list_request(call.request(), {{space}}::shape, cursors));
    {{#own_read}}
    if (call.only_own()) request.created_by = call.user();
    {{/own_read}}
    {{#soft_delete}}
    if (request.deleted_only) {
        CO_TRY_ASSIGN(const bool own, call.require_or_own(access::permission::{{delete_permission}}));
        if (own) request.created_by = call.user();
    }
    {{/soft_delete}}
    CO_TRY_ASSIGN(auto page, co_await {{space}}::list(call.database(), request, cursors));
    tenon::json::writer out;
    out.begin_object();
    out.key("items");
    out.begin_array();
    for (const auto& item : page.items) write(out, item);
    out.end_array();
    if (!page.unreadable.empty()) out.member("unreadable", page.unreadable);
    page.next_cursor.empty() ? (out.key("next_cursor"), out.null()) : out.member("next_cursor", page.next_cursor);
    out.end_object();
    co_return tenon::http::ok(std::move(out).take());
}

task<result<response>> create_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(auto input, read_new_{{snake}}(call.request()));
    auto database = call.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    {{#has_references}}
    const auto sent = input;
    {{/has_references}}
    CO_TRY(co_await hooks::of_{{plural_snake}}().before_create(call, open, input));
    CO_TRY(tenon::check::validated(input));
    {{#has_references}}
    const auto who = call.viewer();
    CO_TRY(co_await {{space}}::check_references(open, input, &who, &sent));
    {{/has_references}}
    if (!hooks::of_{{plural_snake}}().act_after_create()) call.commit_with_next(open);
    CO_TRY_ASSIGN(auto created, co_await {{space}}::insert(open, call.user(), input));
    CO_TRY(co_await hooks::of_{{plural_snake}}().after_create(call, open, created));
    co_return co_await call.commit(open, made(created));
}

task<result<response>> get_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(auto id, call.path_id<domain::{{type}}>("id"));
    CO_TRY_ASSIGN(auto found, co_await {{space}}::find(call.database(), id));
    {{#own_read}}
    CO_TRY(call.require_visible(access::permission::{{read_permission}}, found.created_by));
    {{/own_read}}
    CO_TRY(tenon::http::check_preconditions(call.request(), found.version));
    if (tenon::http::not_modified(call.request(), found.version)) {
        co_return response(304, "").with("ETag", tenon::http::etag(found.version));
    }
    co_return tenon::http::ok(to_json(found)).with("ETag", tenon::http::etag(found.version));
}

task<result<response>> update_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(auto id, call.path_id<domain::{{type}}>("id"));
    CO_TRY_ASSIGN(auto changes, read_{{snake}}_changes(call.request()));
    auto database = call.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    {{#tree_fields}}
    if (changes.{{member}}.present()) CO_TRY(co_await tenon::records::wait_for_moves(open));
    {{/tree_fields}}
    tenon::db::unreadable broken;
    CO_TRY_ASSIGN(const auto current, co_await {{space}}::find_locked(open, id, broken));
    {{#hides_rows}}
    CO_TRY(call.require_visible(access::permission::{{read_permission}}, current.created_by));
    {{/hides_rows}}
    {{#own_update}}
    CO_TRY(call.require_own(current.created_by));
    {{/own_update}}
    CO_TRY(tenon::http::check_preconditions(call.request(), current.version));
    CO_TRY({{space}}::check_repaired(broken, changes));
    {{#has_references}}
    const auto sent = changes;
    {{/has_references}}
    CO_TRY(co_await hooks::of_{{plural_snake}}().before_update(call, open, current, changes));
    if (domain::changes_nothing(changes)) {
        auto unchanged = tenon::http::ok(to_json(current)).with("ETag", tenon::http::etag(current.version));
        CO_TRY(co_await open.commit());
        co_return unchanged;
    }
    CO_TRY(tenon::check::validated(changes));
    {{#has_references}}
    const auto who = call.viewer();
    CO_TRY(co_await {{space}}::check_references(open, changes, &current, &who, &sent));
    {{/has_references}}
    domain::{{type}} changed = current;
    changes.apply_to(changed);
    if (!hooks::of_{{plural_snake}}().act_around_update()) open.commit_with_next();
    CO_TRY_ASSIGN(auto updated, co_await {{space}}::update(open, changed));
    CO_TRY(co_await hooks::of_{{plural_snake}}().after_update(call, open, current, updated));
    auto answer = tenon::http::ok(to_json(updated)).with("ETag", tenon::http::etag(updated.version));
    CO_TRY(co_await open.commit());
    co_return answer;
}

task<result<response>> delete_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(auto id, call.path_id<domain::{{type}}>("id"));
    auto database = call.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    tenon::db::unreadable broken;
    CO_TRY_ASSIGN(const auto current, co_await {{space}}::find_locked(open, id, broken));
    CO_TRY(may_remove(call, current));
    CO_TRY(co_await hooks::of_{{plural_snake}}().before_delete(call, open, current));
    const auto who = call.viewer();
    CO_TRY(co_await {{space}}::remove(open, id, current.version, who));
    CO_TRY(co_await hooks::of_{{plural_snake}}().after_delete(call, open, current));
    CO_TRY(co_await open.commit());
    co_return tenon::http::no_content();
}
{{#soft_delete}}

task<result<response>> restore_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(auto id, call.path_id<domain::{{type}}>("id"));
    auto database = call.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    CO_TRY_ASSIGN(const auto current, co_await {{space}}::find_deleted(open, id));
    CO_TRY(may_remove(call, current));
    const auto who = call.viewer();
    CO_TRY_ASSIGN(auto restored, co_await {{space}}::restore(open, id, who));
    auto answer = tenon::http::ok(to_json(restored)).with("ETag", tenon::http::etag(restored.version));
    co_return co_await call.commit(open, std::move(answer));
}
{{/soft_delete}}
{{#has_purge}}

task<result<response>> purge_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(auto id, call.path_id<domain::{{type}}>("id"));
    auto database = call.database();
    CO_TRY_ASSIGN(auto open, co_await database.begin());
    tenon::db::unreadable broken;
    CO_TRY_ASSIGN(const auto current, co_await {{space}}::find_deleted(open, id, broken));
    CO_TRY(may_remove(call, current));
    const auto who = call.viewer();
    CO_TRY(co_await {{space}}::purge(open, id, who));
    co_return co_await call.commit(open, tenon::http::no_content());
}
{{/has_purge}}

}  // namespace {{service.space}}::api
