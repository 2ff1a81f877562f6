// {{plural_title}} over HTTP: read the request, do the operation, write the answer.
#include "api/{{snake}}_handlers.hpp"

#include <utility>

#include "api/{{snake}}_json.hpp"
#include "operations/{{snake}}_operations.hpp"
#include "storage/{{snake}}_repository.hpp"

#include <tenon/http/etag.hpp>
#include <tenon/service/kept_answer.hpp>
#include <tenon/service/lists.hpp>

namespace {{service.space}}::api {

namespace {

using tenon::result;
using tenon::task;
using tenon::http::response;
using tenon::service::tenant_call;

response shown(const domain::{{type}}& value) {
    return tenon::http::ok(to_json(value)).with("ETag", tenon::http::etag(value.version));
}

response made(const domain::{{type}}& value) {
    const std::string path = "{{route}}/" + value.id.to_string();
    return tenon::http::created(path, to_json(value)).with("ETag", tenon::http::etag(value.version));
}

}  // namespace

task<result<response>> list_{{plural_snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(auto request, tenon::service::read_list_request(call, storage::{{space}}::shape));
    const auto who = call.context();
    CO_TRY_ASSIGN(const auto page, co_await operations::list_{{plural_snake}}(who, std::move(request)));
    co_return tenon::service::page_response(page, [](auto& out, const auto& item) { write(out, item); });
}

task<result<response>> create_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(auto input, read_new_{{snake}}(call.request()));
    const auto who = call.context();
    tenon::service::kept_answer<domain::{{type}}> answer(call, made);
    CO_TRY_ASSIGN(const auto created, co_await operations::create_{{snake}}(who, std::move(input), &answer));
    co_return std::move(answer).of(created);
}

task<result<response>> get_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(const auto id, call.path_id<domain::{{type}}>("id"));
    const auto who = call.context();
    CO_TRY_ASSIGN(const auto found, co_await operations::get_{{snake}}(who, id));
    CO_TRY(who.check_version(found.version));
    if (tenon::http::not_modified(call.request(), found.version)) co_return tenon::http::unchanged(found.version);
    co_return shown(found);
}

task<result<response>> update_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(const auto id, call.path_id<domain::{{type}}>("id"));
    CO_TRY_ASSIGN(auto changes, read_{{snake}}_changes(call.request()));
    const auto who = call.context();
    CO_TRY_ASSIGN(const auto updated, co_await operations::update_{{snake}}(who, id, std::move(changes)));
    co_return shown(updated);
}

task<result<response>> delete_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(const auto id, call.path_id<domain::{{type}}>("id"));
    const auto who = call.context();
    CO_TRY(co_await operations::delete_{{snake}}(who, id));
    co_return tenon::http::no_content();
}
{{#soft_delete}}

task<result<response>> restore_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(const auto id, call.path_id<domain::{{type}}>("id"));
    const auto who = call.context();
    tenon::service::kept_answer<domain::{{type}}> answer(call, shown);
    CO_TRY_ASSIGN(const auto restored, co_await operations::restore_{{snake}}(who, id, &answer));
    co_return std::move(answer).of(restored);
}
{{/soft_delete}}
{{#has_purge}}

task<result<response>> purge_{{snake}}(tenant_call& call) {
    CO_TRY_ASSIGN(const auto id, call.path_id<domain::{{type}}>("id"));
    const auto who = call.context();
    tenon::service::kept_answer<tenon::operation::nothing> answer(call, tenon::service::no_content_for);
    CO_TRY_ASSIGN(const auto done, co_await operations::purge_{{snake}}(who, id, &answer));
    co_return std::move(answer).of(done);
}
{{/has_purge}}

}  // namespace {{service.space}}::api
